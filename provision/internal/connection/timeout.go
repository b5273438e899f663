package connection

import (
	"context"
	"fmt"
	"time"
)

// overdue is why a context ended that waited for AWS long enough.
type overdue time.Duration

func (o overdue) Error() string {
	return fmt.Sprintf("not done within %s (-wait allows for more)", time.Duration(o))
}

// WithTimeout bounds a phase of a deployment.
func WithTimeout(ctx context.Context, wait time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, wait, overdue(wait))
}

// How long requests may take that have to be made although the run is over: as long as it may have gone on, within
// these bounds. The longer is enough to repeat a request that hung.
const (
	leastPatience = 10 * time.Second
	mostPatience  = hungAttempts*defaultPatience + 30*time.Second
)

// Detach is for requests that a cancelled run still makes.
func Detach(ctx context.Context) (context.Context, context.CancelFunc) {
	patience := mostPatience
	if deadline, ok := ctx.Deadline(); ok {
		patience = min(max(time.Until(deadline), leastPatience), mostPatience)
	}
	return context.WithTimeoutCause(context.WithoutCancel(ctx), patience, overdue(patience.Round(time.Second)))
}
