package sparta

import (
	"errors"
	"fmt"
	"slices"
)

// maxServiceName is the limit, in characters, of the name of a stack: a service is deployed as the stack of its name.
const maxServiceName = 128

// isServiceName tells a name that a stack can have: a letter, then letters,
// digits and hyphens. It is asked at every start of a library, where to compile
// a regular expression would take longer than all else that Validate does.
func isServiceName(name string) bool {
	for i, c := range []byte(name) {
		letter := c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
		if !letter && (i == 0 || c != '-' && (c < '0' || c > '9')) {
			return false
		}
	}
	return name != "" && len(name) <= maxServiceName
}

// Validate tells everything that is wrong with a service, one problem a line.
func Validate(serviceName string, lambdaAWSInfos []*LambdaAWSInfo) error {
	var errs []error
	if !isServiceName(serviceName) {
		errs = append(errs, fmt.Errorf("service name %q is invalid: use up to 128 letters, digits and hyphens, a letter first", serviceName))
	}
	if len(lambdaAWSInfos) == 0 {
		errs = append(errs, errors.New("service has no functions: give it at least one LambdaAWSInfo"))
	}
	first := map[string]int{} // position of each name's first owner
	for i, info := range lambdaAWSInfos {
		if info == nil {
			errs = append(errs, fmt.Errorf("function %d is nil: check the error of the call that made it", i+1))
			continue
		}
		for _, problem := range info.problems() {
			errs = append(errs, fmt.Errorf("function %d (%s): %w", i+1, info.originalName(), problem))
		}
		if owner, taken := first[info.Name()]; taken {
			errs = append(errs, collision(lambdaAWSInfos[owner], info, owner+1, i+1))
			continue
		}
		first[info.Name()] = i
	}
	return errors.Join(errs...)
}

// collision tells apart one name used twice from two names that end up the same.
func collision(a, b *LambdaAWSInfo, positionA, positionB int) error {
	const advice = "set Options.SpartaOptions.Name of one"
	if a.originalName() == b.originalName() {
		return fmt.Errorf("functions %d and %d are both named %s: %s", positionA, positionB, a.originalName(), advice)
	}
	return fmt.Errorf("functions %d and %d, named %q and %q, are both %s to Python: %s",
		positionA, positionB, a.originalName(), b.originalName(), a.Name(), advice)
}

// problems checks all that concerns one function alone.
func (info *LambdaAWSInfo) problems() []error {
	errs := []error{
		validateName(info.originalName()),
		validateHandler(info.handler),
		info.validateRole(),
	}
	errs = append(errs, info.Options.problems()...)
	return slices.DeleteFunc(errs, func(err error) bool { return err == nil })
}

func (info *LambdaAWSInfo) validateRole() error {
	switch {
	case info.RoleName != "" && info.RoleDefinition != nil:
		return fmt.Errorf("both RoleName %s and RoleDefinition are set: clear one", info.RoleName)
	case info.RoleName != "":
		return validateRoleName(info.RoleName)
	case info.RoleDefinition != nil:
		return info.RoleDefinition.validate()
	case info.roleErr != nil:
		return info.roleErr
	default:
		return errors.New("role is missing: set RoleName or RoleDefinition")
	}
}
