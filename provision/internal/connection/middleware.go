package connection

import (
	"context"
	"errors"
	"strings"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/moduleversion"
)

// requestMiddleware adds to every request a name in the user agent, an idle timeout, a log of its attempts, and a check
// that its answer is AWS's.
func requestMiddleware(log *logrus.Logger) []func(*middleware.Stack) error {
	begin := middleware.InitializeMiddlewareFunc("Sparta.Begin", func(
		ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
	) (middleware.InitializeOutput, middleware.Metadata, error) {
		ctx = withAttempts(withIdleTimeout(ctx, awsmiddleware.GetOperationName(ctx)))
		return next.HandleInitialize(ctx, in)
	})
	attempt := middleware.FinalizeMiddlewareFunc("Sparta.Attempt", func(
		ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
	) (middleware.FinalizeOutput, middleware.Metadata, error) {
		countAttempt(ctx)
		began := time.Now()
		out, metadata, err := next.HandleFinalize(ctx, in)
		attempt := attempt{request: in.Request, metadata: metadata, duration: time.Since(began), err: err}
		attempt.log(ctx, log)
		return out, metadata, err
	})
	return []func(*middleware.Stack) error{
		awsmiddleware.AddUserAgentKeyValue("sparta", strings.Trim(moduleversion.Current(), "()")),
		refusePages,
		func(stack *middleware.Stack) error {
			if _, ok := stack.Finalize.Get("Retry"); !ok {
				return nil
			}
			if err := stack.Initialize.Add(begin, middleware.After); err != nil {
				return err
			}
			return stack.Finalize.Insert(attempt, "Retry", middleware.After)
		},
	}
}

// attempt is one attempt at a request.
type attempt struct {
	request  any
	metadata middleware.Metadata
	duration time.Duration
	err      error
}

// log logs the attempt at level debug, and at level info that the first one failed and is repeated: what takes
// long must not be silent. Bodies, headers and queries hold secrets: they are left out at every level.
func (a attempt) log(ctx context.Context, log *logrus.Logger) {
	operation, service := awsmiddleware.GetOperationName(ctx), strings.ToLower(awsmiddleware.GetServiceID(ctx))
	if a.err != nil && attemptsOf(ctx) == 1 && IsTransient(a.err) {
		reason := ErrorCode(a.err)
		if reason == "" {
			reason = "no answer"
		}
		log.WithFields(logrus.Fields{"service": service, "reason": reason}).
			Infof("AWS request %s failed, trying again", operation)
	}
	if !log.IsLevelEnabled(logrus.DebugLevel) {
		return
	}
	fields := logrus.Fields{"service": service, "duration": a.duration.Round(time.Millisecond).String()}
	if request, ok := a.request.(*smithyhttp.Request); ok {
		fields["method"] = request.Method
	}
	if response, ok := awsmiddleware.GetRawResponse(a.metadata).(*smithyhttp.Response); ok && response != nil {
		fields["status"] = response.StatusCode
	} else if status := ErrorStatus(a.err); status != 0 {
		fields["status"] = status
	}
	if id, ok := awsmiddleware.GetRequestIDMetadata(a.metadata); ok && id != "" {
		fields["requestId"] = id
	} else if id := requestID(a.err); id != "" {
		fields["requestId"] = id
	}
	if attempts := attemptsOf(ctx); attempts > 1 {
		fields["retry"] = attempts - 1
	}
	if failure := smithy.APIError(nil); errors.As(a.err, &failure) { // its message may quote parameters
		fields["code"] = failure.ErrorCode()
	} else if a.err != nil {
		fields["code"] = "RequestError"
	}
	log.WithFields(fields).Debug("AWS request " + operation)
}
