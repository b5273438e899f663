package eventsource

import "fmt"

// placed is one of several sources of a permission.
type placed interface {
	place() string // for errors
}

// at says which of a permission's sources an error is about.
func at(source any, err error) error {
	if source, ok := source.(placed); ok && err != nil {
		return fmt.Errorf("%s: %w", source.place(), err)
	}
	return err
}
