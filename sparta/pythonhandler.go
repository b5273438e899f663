package sparta

import "fmt"

// maxPythonHandler is the length limit of Lambda's handler setting.
const maxPythonHandler = 128

var pythonHandlerPattern = pattern(`^[A-Za-z_][A-Za-z0-9_]*([./][A-Za-z_][A-Za-z0-9_]*)*\.[A-Za-z_][A-Za-z0-9_]*$`)

func (o *LambdaFunctionOptions) validatePythonHandler() error {
	if o.Handler == "" || len(o.Handler) <= maxPythonHandler && pythonHandlerPattern().MatchString(o.Handler) {
		return nil
	}
	return fmt.Errorf("handler %q is invalid: use a Python module and one of its functions, for example app.handle, "+
		"in up to %d characters", o.Handler, maxPythonHandler)
}
