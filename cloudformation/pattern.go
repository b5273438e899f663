package cloudformation

import (
	"regexp"
	"sync"
)

// pattern compiles a regular expression on first use: this package is part of each library of an application
// with hooks, but no library renders a template.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
