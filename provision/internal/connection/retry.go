//lint:file-ignore SA1019 hooks get a session of the SDK v1, as they always have

package connection

import (
	"errors"
	"strings"
	"syscall"
	"time"

	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/client"
	"github.com/aws/aws-sdk-go/aws/ec2metadata"
	"github.com/aws/aws-sdk-go/aws/request"
)

// retryer repeats what was throttled, failed at AWS or was lost on the way, with
// growing delays, and gives up in time for the error itself to be the outcome
// rather than the end of the context.
type retryer struct {
	client.DefaultRetryer
	hangs int // how many times a request that hung is repeated
}

// NewRetryer's keeps at a request that is throttled for about a minute.
func NewRetryer() retryer {
	return retryer{
		DefaultRetryer: client.DefaultRetryer{
			NumMaxRetries:    8,
			MinRetryDelay:    100 * time.Millisecond,
			MaxRetryDelay:    10 * time.Second,
			MinThrottleDelay: 500 * time.Millisecond,
			MaxThrottleDelay: 20 * time.Second,
		},
		hangs: 1,
	}
}

// ShouldRetry implements request.Retryer.
func (r retryer) ShouldRetry(req *request.Request) bool {
	if req.ClientInfo.ServiceName == ec2metadata.ServiceName {
		return false // most machines are not EC2's
	}
	if req.Context().Err() != nil || !r.DefaultRetryer.ShouldRetry(req) && !isReset(req.Error) {
		return false
	}
	var hung *hungError
	if errors.As(causes(req.Error), &hung) && req.RetryCount >= r.hangs {
		return false
	}
	if isExpired(req.Error) && (req.RetryCount > 0 || !canRenew(req)) {
		return false
	}
	deadline, ok := req.Context().Deadline()
	return !ok || time.Until(deadline) > r.longestDelay(req)
}

// RetryRules implements request.Retryer. A server that asks for more patience
// than the longest delay gets that one.
func (r retryer) RetryRules(req *request.Request) time.Duration {
	return min(hurried(req.Context(), r.DefaultRetryer.RetryRules(req)), r.longestDelay(req))
}

// longestDelay is what the SDK's jitter may make of the next delay.
func (r retryer) longestDelay(req *request.Request) time.Duration {
	least, most := r.MinRetryDelay, r.MaxRetryDelay
	if req.IsErrorThrottle() {
		least, most = r.MinThrottleDelay, r.MaxThrottleDelay
	}
	return hurried(req.Context(), min(2*least<<min(req.RetryCount, 16), most))
}

// isExpired reports whether AWS refused credentials because they have expired.
func isExpired(err error) bool {
	switch ErrorCode(err) {
	case "ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired":
		return true
	}
	return false
}

// canRenew reports whether the request's credentials may be other ones when they are asked for again. Those of the
// environment and of files stay what they are.
func canRenew(req *request.Request) bool {
	if req.Config.Credentials == nil {
		return false
	}
	value, err := req.Config.Credentials.GetWithContext(req.Context())
	if err != nil {
		return false
	}
	for _, fixed := range []string{"Env", "Shared", "Static"} {
		if strings.HasPrefix(value.ProviderName, fixed) {
			return false
		}
	}
	return true
}

// isReset tells of connections that were reset while the response was awaited,
// which the SDK takes for something that cannot be repeated.
func isReset(err error) bool {
	return errors.Is(causes(err), syscall.ECONNRESET) || errors.Is(causes(err), syscall.EPIPE)
}

// causes lets errors.Is and errors.As see what an SDK's error holds.
func causes(err error) error {
	var inner awserr.Error
	if err == nil || !errors.As(err, &inner) || inner.OrigErr() == nil {
		return err
	}
	return errors.Join(err, causes(inner.OrigErr()))
}
