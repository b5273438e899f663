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

// attemptsKey is that of the number of attempts at a request, in its context.
type attemptsKey struct{}

// attemptsAt is how many attempts were made at the request that the context is of.
func attemptsAt(ctx context.Context) int {
	if attempts, ok := ctx.Value(attemptsKey{}).(*int); ok {
		return *attempts
	}
	return 0
}

// instruments adds to requests what a run wants of each: a name in the user agent, a bound to silence, and a log.
func instruments(log *logrus.Logger) []func(*middleware.Stack) error {
	begin := middleware.InitializeMiddlewareFunc("Sparta.Begin", func(
		ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
	) (middleware.InitializeOutput, middleware.Metadata, error) {
		ctx = context.WithValue(withPatience(ctx, awsmiddleware.GetOperationName(ctx)), attemptsKey{}, new(int))
		return next.HandleInitialize(ctx, in)
	})
	attempt := middleware.FinalizeMiddlewareFunc("Sparta.Attempt", func(
		ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
	) (middleware.FinalizeOutput, middleware.Metadata, error) {
		if attempts, ok := ctx.Value(attemptsKey{}).(*int); ok {
			*attempts++
		}
		began := time.Now()
		out, metadata, err := next.HandleFinalize(ctx, in)
		logAttempt(ctx, log, in.Request, metadata, time.Since(began), err)
		return out, metadata, err
	})
	return []func(*middleware.Stack) error{
		awsmiddleware.AddUserAgentKeyValue("sparta", strings.Trim(moduleversion.Current(), "()")),
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

// logAttempt logs an attempt at a request at level debug, and at level info that the first one failed in a way that
// another may not: what takes long must not be silent. Bodies, headers and queries hold secrets: they are left out at
// every level.
func logAttempt(ctx context.Context, log *logrus.Logger, sent any, metadata middleware.Metadata, took time.Duration, err error) {
	operation, service := awsmiddleware.GetOperationName(ctx), strings.ToLower(awsmiddleware.GetServiceID(ctx))
	if err != nil && attemptsAt(ctx) == 1 && isRetryable(err) {
		why := ErrorCode(err)
		if why == "" {
			why = "no answer"
		}
		log.WithFields(logrus.Fields{"service": service, "reason": why}).Infof("AWS request %s failed, trying again", operation)
	}
	if !log.IsLevelEnabled(logrus.DebugLevel) {
		return
	}
	fields := logrus.Fields{"service": service, "duration": took.Round(time.Millisecond).String()}
	if request, ok := sent.(*smithyhttp.Request); ok {
		fields["method"] = request.Method
	}
	if response, ok := awsmiddleware.GetRawResponse(metadata).(*smithyhttp.Response); ok && response != nil {
		fields["status"] = response.StatusCode
	} else if status := ErrorStatus(err); status != 0 {
		fields["status"] = status
	}
	if id, ok := awsmiddleware.GetRequestIDMetadata(metadata); ok && id != "" {
		fields["requestId"] = id
	} else if id := requestID(err); id != "" {
		fields["requestId"] = id
	}
	if attempts := attemptsAt(ctx); attempts > 1 {
		fields["retry"] = attempts - 1
	}
	if failure := smithy.APIError(nil); errors.As(err, &failure) { // its message may quote parameters
		fields["code"] = failure.ErrorCode()
	} else if err != nil {
		fields["code"] = "RequestError"
	}
	log.WithFields(fields).Debug("AWS request " + operation)
}
