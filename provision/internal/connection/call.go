package connection

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/sirupsen/logrus"
)

// Caller makes requests to AWS. The configuration's retryer repeats what is throttled or lost, so a request may
// have been carried out although it failed, and what it created may exist already when it is repeated.
type Caller struct {
	Log       *logrus.Logger
	Principal func(context.Context) string // who to name when AWS denies a request
}

// Call makes one request. The action is as in a policy: cloudformation:CreateChangeSet. Its error is Explain's,
// with the context's cause where that ended the request.
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

// IsRefused reports whether AWS rejected a request, so that certainly nothing was done.
func IsRefused(err error) bool {
	status := ErrorStatus(err)
	return status >= http.StatusBadRequest && status < http.StatusInternalServerError && !IsTransient(err)
}

// HasCode reports whether an error is AWS's of this code. Some have it with and without "Exception" at the end.
func HasCode(err error, code string) bool {
	return strings.TrimSuffix(ErrorCode(err), "Exception") == strings.TrimSuffix(code, "Exception")
}
