package connection

import (
	"context"
	"time"
)

// Sleep waits, or returns early when the context ends.
func Sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// Pause is how long to wait before asking again, given the pause before: a
// second at first, up to five, as CloudFormation throttles who asks all the time.
func Pause(last time.Duration) time.Duration {
	return min(last+last/2+time.Second, 5*time.Second)
}
