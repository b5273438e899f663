package invocation

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Failure returns the error of a local run that ended with an error document, and says what to do if that is known.
// It wraps failed if the function ran. Named says whether the user has named the function.
func Failure(function string, named bool, document []byte, failed error) error {
	var kind struct{ ErrorType string }
	// A function's own document may be of any form.
	_ = json.Unmarshal(document, &kind)
	switch {
	case kind.ErrorType == "Runtime.HandlerNotFound" && named:
		return fmt.Errorf("invoke %s: the application has no function of this name: "+
			"choose one of those above with -function", function)
	case kind.ErrorType == "Runtime.HandlerNotFound":
		return errors.New("invoke: there are several functions: name one of those above with -function")
	case kind.ErrorType == "Sandbox.Timedout":
		return fmt.Errorf("invoke %s: %w: allow more time, for example with -timeout=2m", function, failed)
	}
	return fmt.Errorf("invoke %s: %w", function, failed)
}
