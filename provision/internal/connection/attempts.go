package connection

import "context"

// attemptsKey is the context key of the number of attempts at a request.
type attemptsKey struct{}

// withAttempts is the context of a request whose attempts are counted.
func withAttempts(ctx context.Context) context.Context {
	return context.WithValue(ctx, attemptsKey{}, new(int))
}

// countAttempt adds an attempt at the request of a context.
func countAttempt(ctx context.Context) {
	if attempts, ok := ctx.Value(attemptsKey{}).(*int); ok {
		*attempts++
	}
}

// attemptsOf is how many attempts were made at the request of a context.
func attemptsOf(ctx context.Context) int {
	if attempts, ok := ctx.Value(attemptsKey{}).(*int); ok {
		return *attempts
	}
	return 0
}
