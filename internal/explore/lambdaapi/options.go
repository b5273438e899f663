package lambdaapi

import (
	"context"
	"net/http"
	"time"

	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// Options are those of New. Functions and Invoke are required.
type Options struct {
	Functions func() []Function // those of the service now, each with a name of its own
	Invoke    func(ctx context.Context, function string, request lambdaruntime.Request) (*sandbox.Result, error)

	// Event is as Invoke, for events that no client waits for; nil means Invoke. While it fails with
	// sandbox.ErrTooMany, it is called again.
	Event func(ctx context.Context, function string, request lambdaruntime.Request) (*sandbox.Result, error)

	// Region is the region in the functions' ARNs; empty means us-east-1.
	Region string
	// Failed reports an event that no client waits for and that the function has failed to process: the result of the
	// last try, or an error if there is none. Nil means that it is not reported.
	Failed func(function string, result *sandbox.Result, err error)
	// Patience is how long a client may pause while it sends a request or reads its answer; 0 means 30 s.
	Patience time.Duration
	// RetryPauses are the times before an event is sent to a function that has failed again; nil means 1 and 2 minutes.
	RetryPauses []time.Duration
}

// Error is an answer of Lambda's API. Options.Invoke may return one; other errors are Lambda's ServiceException,
// except those of package sandbox.
type Error struct {
	Status  int    // of HTTP
	Kind    string // the exception, for example ResourceNotFoundException
	Message string
	Reason  string // of a TooManyRequestsException
}

func (e *Error) Error() string { return e.Kind + ": " + e.Message }

// NotReady returns the error of an invocation before the function has been built.
func NotReady(function, state string) *Error {
	return &Error{
		Status: http.StatusConflict,
		Kind:   "ResourceConflictException",
		Message: "The operation cannot be performed at this time. The function is currently in the following state: " +
			state + " (" + function + ")",
	}
}
