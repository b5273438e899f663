package delivery

import (
	"fmt"

	"github.com/go-sparta/sparta/internal/expression"
)

// Optional returns an error if a value is given that is neither text nor an intrinsic. What says what to use.
func Optional(field string, value any, what string) error {
	if value == nil {
		return nil
	}
	return Required(field, value, what)
}

// Required returns an error if a value is neither text nor an intrinsic. What says what to use.
func Required(field string, value any, what string) error {
	if expression.Is(value) {
		return nil
	}
	return fmt.Errorf("%s of type %T is invalid: use %s, or a CloudFormation intrinsic", field, value, what)
}

// AtMost returns an error if a text is too long.
func AtMost(field, text string, limit int) error {
	if len(text) <= limit {
		return nil
	}
	return fmt.Errorf("%s has %d characters: use at most %d", field, len(text), limit)
}
