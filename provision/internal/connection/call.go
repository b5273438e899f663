//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package connection

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/request"
	"github.com/sirupsen/logrus"
)

// Caller makes requests to AWS. The session's retryer repeats what is throttled
// or lost, so a request may have been carried out although it failed, and what it
// made may be there already when it is carried out again.
type Caller struct {
	Log       *logrus.Logger
	Principal func(context.Context) string // who to name when AWS denies a request
}

// Call makes one request. The action is as in a policy:
// cloudformation:CreateChangeSet. Its error is explain's, with the context's
// cause where that ended the request.
func (c Caller) Call(ctx context.Context, action string, send func(context.Context) error) error {
	err := send(ctx)
	if err == nil {
		return nil
	}
	principal := ""
	if IsDenied(err) && c.Principal != nil {
		principal = c.Principal(ctx)
	}
	explained := Explain(err, action, principal)
	if cause := context.Cause(ctx); cause != nil && !errors.Is(explained, cause) {
		return fmt.Errorf("%w: %w", cause, explained)
	}
	return explained
}

// IsTransient tells the errors that may be gone the next time.
func IsTransient(err error) bool {
	var failure awserr.Error
	if !errors.As(err, &failure) {
		return false
	}
	switch failure.Code() {
	case request.ErrCodeSerialization, request.ErrCodeRead: // of an answer that was cut, whatever it was to say
		return !IsDenied(err)
	}
	var answer awserr.RequestFailure
	if errors.As(err, &answer) && answer.StatusCode() >= http.StatusBadRequest {
		status := answer.StatusCode()
		return status == http.StatusTooManyRequests || status >= http.StatusInternalServerError || request.IsErrorThrottle(failure)
	}
	return request.IsErrorThrottle(failure) || request.IsErrorRetryable(failure) || isReset(err)
}

// IsRefused tells an error that says for sure that nothing was done.
func IsRefused(err error) bool {
	var answer awserr.RequestFailure
	return errors.As(err, &answer) && answer.StatusCode() >= 400 && answer.StatusCode() < 500 && !IsTransient(err)
}

// HasCode tells whether an error is AWS's of this code.
func HasCode(err error, code string) bool {
	var failure awserr.Error
	return errors.As(err, &failure) && failure.Code() == code
}
