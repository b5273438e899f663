package mapping

import (
	"github.com/go-sparta/sparta/provision/internal/arn"
)

// reader is a kind of source that Lambda reads with the rights of the function's role. Each has a file.
type reader struct {
	arn.Kind
	allows     []string                            // settings, besides those that every kind has
	check      func(c connection) error            // returns an error for settings that Lambda would refuse; may be nil
	statements func(c connection) []map[string]any // what the function's role has to allow
}
