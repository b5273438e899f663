package connection

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"syscall"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
)

const (
	// With these delays, maxAttempts repeats a throttled request for about a minute.
	maxAttempts       = 9
	minDelay          = 100 * time.Millisecond
	maxDelay          = 10 * time.Second
	minThrottledDelay = 500 * time.Millisecond
	maxThrottledDelay = 20 * time.Second
	// maxIdleAttempts is how often a request is sent that runs into its idle timeout.
	maxIdleAttempts = 2
)

// retryer repeats what was throttled, failed at AWS or was lost on the way, with growing delays. It gives up
// before the context ends, so that the request's own error is returned and not the context's.
type retryer struct {
	aws.RetryerV2
}

// newRetryers makes the retryers of a run's clients. AWS_MAX_ATTEMPTS and the profile's max_attempts override
// maxAttempts.
func newRetryers(mode aws.RetryMode) func() aws.Retryer {
	return func() aws.Retryer {
		r := &retryer{}
		set := func(standard *retry.StandardOptions) {
			standard.MaxAttempts = maxAttempts
			standard.RateLimiter = ratelimit.None
			standard.Backoff = r
			standard.Retryables = retryables
		}
		if mode == aws.RetryModeAdaptive {
			r.RetryerV2 = retry.NewAdaptiveMode(func(adaptive *retry.AdaptiveModeOptions) {
				adaptive.StandardOptions = append(adaptive.StandardOptions, set)
			})
		} else {
			r.RetryerV2 = retry.NewStandard(set)
		}
		return r
	}
}

// errNotRepeated says that a request is not repeated although it could be.
var errNotRepeated = errors.New("the request is not repeated")

// GetRetryToken implements aws.Retryer: it is called before each repetition.
func (r *retryer) GetRetryToken(ctx context.Context, err error) (func(error) error, error) {
	attempts := attemptsOf(ctx)
	if idle := (*idleTimeoutError)(nil); errors.As(err, &idle) && attempts >= maxIdleAttempts {
		return nil, errNotRepeated
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= longestDelay(attempts, err) {
		return nil, errNotRepeated
	}
	return r.RetryerV2.GetRetryToken(ctx, err)
}

// BackoffDelay implements retry.BackoffDelayer.
func (r *retryer) BackoffDelay(attempt int, err error) (time.Duration, error) {
	longest := longestDelay(attempt, err)
	return longest/2 + rand.N(longest/2), nil
}

// longestDelay is the longest delay after so many attempts.
func longestDelay(attempts int, err error) time.Duration {
	shortest, longest := minDelay, maxDelay
	if IsThrottled(err) {
		shortest, longest = minThrottledDelay, maxThrottledDelay
	}
	return min(2*shortest<<min(max(attempts-1, 0), 16), longest)
}

// retryables decide which errors are worth another attempt.
var retryables = []retry.IsErrorRetryable{
	retry.NoRetryCanceledError{},
	retry.IsErrorRetryableFunc(func(err error) aws.Ternary {
		status := ErrorStatus(err)
		switch {
		case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded),
			status == http.StatusNotImplemented:
			return aws.FalseTernary
		case IsThrottled(err), status >= http.StatusInternalServerError:
			return aws.TrueTernary
		case isCut(err) && !IsDenied(err): // whatever the answer was to say
			return aws.TrueTernary
		case status >= http.StatusBadRequest:
			return aws.FalseTernary
		case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF):
			return aws.TrueTernary
		}
		return aws.UnknownTernary
	}),
	retry.RetryableError{},
	retry.RetryableConnectionError{},
}

// IsTransient reports whether another attempt may succeed after an error.
func IsTransient(err error) bool {
	return retry.IsErrorRetryables(retryables).IsErrorRetryable(err) == aws.TrueTernary
}

// isCut reports whether an answer was incomplete.
func isCut(err error) bool {
	unread := (*smithy.DeserializationError)(nil)
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &unread)
}

// throttledOnly repeats only what was throttled, and so certainly not done.
type throttledOnly struct{ aws.RetryerV2 }

// OnlyThrottled is the retryer, for requests that must not be carried out twice.
func OnlyThrottled(every aws.Retryer) aws.Retryer {
	if all, ok := every.(aws.RetryerV2); ok {
		return throttledOnly{all}
	}
	return aws.NopRetryer{}
}

// IsErrorRetryable implements aws.Retryer.
func (t throttledOnly) IsErrorRetryable(err error) bool {
	return IsThrottled(err) && t.RetryerV2.IsErrorRetryable(err)
}
