package template

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/sparta"
)

// maxFunctionName is Lambda's limit, in characters.
const maxFunctionName = 64

var stackPattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{0,127}$`)

// CheckNames returns an error if a stack of this name, or a function in it, cannot have its name in AWS, or if the
// logical IDs of two functions are the same.
func CheckNames(stack string, functions []*sparta.LambdaAWSInfo) error {
	if !stackPattern.MatchString(stack) {
		const next = "use up to 128 letters, digits and hyphens, beginning with a letter, in SPARTA_STACK (-stack) " +
			"or the service's name (SPARTA_SERVICE for a plain application)"
		return fmt.Errorf("stack name %q is invalid: %s", stack, next)
	}
	var errs []error
	owners := map[string]string{} // of logical IDs: names of functions
	for _, info := range functions {
		if info == nil {
			continue // sparta.Validate reports it
		}
		id := logicalid.Words(info.Name())
		if other, taken := owners[id]; taken {
			errs = append(errs, fmt.Errorf(
				"functions %s and %s are both %s in the template: set SpartaOptions.Name of one",
				other, info.Name(), id))
			continue
		}
		owners[id] = info.Name()
		if name := FunctionName(stack, info.Name()); len(name) > maxFunctionName {
			errs = append(errs, fmt.Errorf("function %s: its name in AWS, %s, has %d characters, over Lambda's %d: "+
				"shorten the stack's name (SPARTA_STACK, or the service's: SPARTA_SERVICE for a plain application) or "+
				"the function's (SPARTA_FUNCTION for a plain application, otherwise SpartaOptions.Name)",
				info.Name(), name, len(name), maxFunctionName))
		}
	}
	return errors.Join(errs...)
}

// FunctionName is the name of a service's function in AWS.
func FunctionName(stack, name string) string { return stack + "-" + name }

// FunctionLogicalID is the logical ID of a service's function in its stack.
func FunctionLogicalID(name string) string { return logicalid.Words(name) + "Function" }

// dependency is the logical ID of what DependsOn names.
func dependency(all []*sparta.LambdaAWSInfo, name string) string {
	for _, info := range all {
		if info.Name() == name {
			return FunctionLogicalID(name)
		}
	}
	return name
}
