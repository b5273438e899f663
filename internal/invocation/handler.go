package invocation

import "strings"

// Handler returns Lambda's Handler setting for a Go function, or for a function of a Python module such as app.handle:
// the name of a Go function has no dot.
func Handler(function string) string {
	if strings.Contains(function, ".") {
		return function
	}
	return "index." + function
}
