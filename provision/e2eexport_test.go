package provision

import (
	"context"
	"time"
)

// WithPatience has requests of the context count as hung after d, which is a minute and more otherwise.
func WithPatience(ctx context.Context, d time.Duration) context.Context {
	return context.WithValue(ctx, patienceKey{}, d)
}
