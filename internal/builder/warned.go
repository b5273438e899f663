package builder

import "context"

type warnedKey struct{}

// Warned returns a context for builds in a program that a target has started: the target has already warned about
// variables that are not settings.
func Warned(ctx context.Context) context.Context { return context.WithValue(ctx, warnedKey{}, true) }

func isWarned(ctx context.Context) bool { return ctx.Value(warnedKey{}) != nil }
