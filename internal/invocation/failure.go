package invocation

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Run is a local run of a function.
type Run struct {
	Handler  string // as the user has named it, or the only one
	Function string // its name in its context
	Named    bool   // whether the user has named it
}

// Failure returns the error of a run that ended with an error document, and says what to do if that is known. It wraps
// failed if the function ran.
func (r Run) Failure(document []byte, failed error) error {
	function := r.Handler
	if !r.Named {
		function = r.Function // the user has not chosen the name of the only handler
	}
	var kind struct{ ErrorType, ErrorMessage string }
	// A function's own document may be of any form.
	_ = json.Unmarshal(document, &kind)
	module, name, python := cutLast(function, ".")
	python = python && module != "index"
	switch {
	case kind.ErrorType == "Runtime.HandlerNotFound" && python:
		return fmt.Errorf("invoke %s: the Python module %s has no function %s: correct the module or -function",
			function, module, name)
	case kind.ErrorType == "Runtime.HandlerNotFound" && r.Named:
		return fmt.Errorf("invoke %s: the application has no function of this name: "+
			"choose one of those above with -function", function)
	case kind.ErrorType == "Runtime.HandlerNotFound":
		return errors.New("invoke: there are several functions: name one of those above with -function")
	case kind.ErrorType == "Runtime.ImportModuleError" && python:
		if _, missing, ok := strings.Cut(kind.ErrorMessage, "No module named '"); ok {
			missing, _, _ = strings.Cut(missing, "'")
			return fmt.Errorf("invoke %s: %w: the package has no Python module %s: SPARTA_PYTHON_DIR adds modules of "+
				"your own, and SPARTA_REQUIREMENTS packages", function, failed, missing)
		}
	case kind.ErrorType == "Sandbox.Timedout":
		return fmt.Errorf("invoke %s: %w: allow more time, for example with -timeout=2m", function, failed)
	}
	return fmt.Errorf("invoke %s: %w", function, failed)
}

// cutLast is strings.Cut around the last separator.
func cutLast(text, separator string) (before, after string, found bool) {
	at := strings.LastIndex(text, separator)
	if at < 0 {
		return text, "", false
	}
	return text[:at], text[at+len(separator):], true
}
