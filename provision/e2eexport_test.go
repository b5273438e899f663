package provision

import (
	"context"
	"time"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// WithPatience has requests of the context count as hung after d, which is a minute and more otherwise.
func WithPatience(ctx context.Context, d time.Duration) context.Context {
	return context.WithValue(ctx, connection.PatienceKey{}, d)
}

// WithHurry divides the pauses between requests of the context, and between attempts at one.
func WithHurry(ctx context.Context, by int) context.Context { return connection.WithHurry(ctx, by) }
