// Package testchange has what may happen to a file of a site after it was read, for tests.
package testchange

import "os"

// Change is what happens to a file.
type Change struct {
	Before string // its content
	Make   func(path string) error
	Fails  bool // it can no longer be published
}

// All returns the changes by their names.
func All() map[string]Change {
	return map[string]Change{
		"an unchanged file":        {Before: "text", Make: func(string) error { return nil }},
		"an empty file":            {Make: func(string) error { return nil }},
		"a file that grows":        {Before: "text", Make: write("text, more"), Fails: true},
		"a file that shrinks":      {Before: "text", Make: write("t"), Fails: true},
		"a file that is rewritten": {Before: "text", Make: write("txet"), Fails: true},
		"a file that vanishes":     {Before: "text", Make: os.Remove, Fails: true},
	}
}

func write(text string) func(path string) error {
	return func(path string) error { return os.WriteFile(path, []byte(text), 0o600) }
}
