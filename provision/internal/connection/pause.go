package connection

import (
	"context"
	"time"
)

// hurryKey is that of a context's hurry.
type hurryKey struct{}

// WithHurry divides all pauses between requests, and between attempts at one, by a number. It is for tests against a
// stand-in for AWS, which does in no time what AWS takes minutes for.
func WithHurry(ctx context.Context, by int) context.Context {
	return context.WithValue(ctx, hurryKey{}, by)
}

// hurried is how long a pause really is.
func hurried(ctx context.Context, d time.Duration) time.Duration {
	if by, ok := ctx.Value(hurryKey{}).(int); ok && by > 0 {
		return d / time.Duration(by)
	}
	return d
}

// Sleep waits, or returns early when the context ends.
func Sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(hurried(ctx, d))
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
