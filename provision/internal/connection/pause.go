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

// NextPause is how long to wait before asking again, given the pause before: a second at first and up to five,
// because CloudFormation throttles callers that ask all the time.
func NextPause(last time.Duration) time.Duration {
	return min(last+last/2+time.Second, 5*time.Second)
}
