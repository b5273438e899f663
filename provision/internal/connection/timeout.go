package connection

import (
	"context"
	"fmt"
	"time"
)

// timeoutError is why a context ended that had waited for AWS long enough.
type timeoutError time.Duration

func (e timeoutError) Error() string {
	return fmt.Sprintf("not done within %s (-wait allows for more)", time.Duration(e))
}

// WithTimeout bounds a phase of a deployment.
func WithTimeout(ctx context.Context, wait time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, wait, timeoutError(wait))
}

// Requests that have to be made although the run is over may take as long as the run had left, within these bounds.
// The longer one is enough to repeat a request that ran into its idle timeout.
const (
	minDetached = 10 * time.Second
	maxDetached = maxIdleAttempts*defaultIdleTimeout + 30*time.Second
)

// Detach returns a context for requests that a cancelled run still makes.
func Detach(ctx context.Context) (context.Context, context.CancelFunc) {
	timeout := maxDetached
	if deadline, ok := ctx.Deadline(); ok {
		timeout = min(max(time.Until(deadline), minDetached), maxDetached)
	}
	return context.WithTimeoutCause(context.WithoutCancel(ctx), timeout, timeoutError(timeout.Round(time.Second)))
}
