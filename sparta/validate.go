package sparta

import (
	"errors"
	"fmt"
)

// maxServiceName is the length limit of a stack's name, in characters. A service's stack has the service's
// name.
const maxServiceName = 128

// isServiceName reports whether a stack can have the name: a letter, then letters, digits and hyphens. It runs
// at every start of a library, and compiling a regular expression would take longer than everything else in
// Validate.
func isServiceName(name string) bool {
	for i, c := range []byte(name) {
		letter := c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
		if !letter && (i == 0 || c != '-' && (c < '0' || c > '9')) {
			return false
		}
	}
	return name != "" && len(name) <= maxServiceName
}

// Validate returns an error, with a line for each problem, if a service is invalid. The functions of custom resources
// belong to it.
func Validate(serviceName string, lambdaAWSInfos []*LambdaAWSInfo) error {
	var errs []error
	if !isServiceName(serviceName) {
		errs = append(errs, fmt.Errorf("service name %q is invalid: "+
			"use up to 128 letters, digits and hyphens, beginning with a letter", serviceName))
	}
	if len(lambdaAWSInfos) == 0 {
		errs = append(errs, errors.New("service has no functions: give it at least one LambdaAWSInfo"))
	}
	lambdaAWSInfos = WithCustomResources(lambdaAWSInfos)
	first := map[string]int{} // position of the first function with each name
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

// collision returns the error of a name that is used twice, or of two names that are the same in Python.
func collision(a, b *LambdaAWSInfo, positionA, positionB int) error {
	const advice = "set Options.SpartaOptions.Name of one"
	if a.originalName() == b.originalName() {
		return fmt.Errorf("functions %d and %d are both named %s: %s", positionA, positionB, a.originalName(), advice)
	}
	return fmt.Errorf("functions %d and %d, named %q and %q, are both %s in Python: %s",
		positionA, positionB, a.originalName(), b.originalName(), a.Name(), advice)
}
