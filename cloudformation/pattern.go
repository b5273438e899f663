package cloudformation

import (
	"regexp"
	"sync"
)

// pattern compiles a regular expression when it is first needed: every library of an application with hooks holds this
// package, and none of them renders a template.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
