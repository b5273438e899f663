package sparta

import (
	"regexp"
	"sync"
)

// pattern compiles a regular expression on first use: a library that does not use it starts faster.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
