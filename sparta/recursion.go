package sparta

import "fmt"

func (o *LambdaFunctionOptions) validateRecursion() error {
	switch o.RecursiveLoop {
	case "", "Allow", "Terminate":
		return nil
	}
	return fmt.Errorf("recursive loop %q is unknown: use Allow or Terminate", o.RecursiveLoop)
}
