package invocation

import (
	"encoding/json"
	"strings"
)

// Handler returns Lambda's Handler setting for a Go function, or for a function of a Python module such as app.handle:
// the name of a Go function has no dot.
func Handler(function string) string {
	if strings.Contains(function, ".") {
		return function
	}
	return "index." + function
}

// HandlerOf returns the Handler in the options of a function, which is a function of a Python module, or nothing.
func HandlerOf(functionOptions any) string {
	var options struct{ Handler string }
	if text, err := json.Marshal(functionOptions); err == nil {
		_ = json.Unmarshal(text, &options) // the deploy program reports what is not options
	}
	return options.Handler
}
