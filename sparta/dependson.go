package sparta

import (
	"fmt"
	"slices"
)

var logicalIDPattern = pattern(`^[A-Za-z0-9_]{1,255}$`)

// dependencyProblems checks DependsOn without the template.
func (info *LambdaAWSInfo) dependencyProblems() []error {
	var errs []error
	for i, name := range info.DependsOn {
		switch {
		case !logicalIDPattern().MatchString(name):
			errs = append(errs, fmt.Errorf("%q of DependsOn is invalid: use the logical ID of a resource, which has only "+
				"letters and digits, or the name of a function", name))
		case name == info.Name() || name == logicalID(info.Name())+"Function":
			errs = append(errs, fmt.Errorf("%q of DependsOn is the function itself: remove it", name))
		case slices.Contains(info.DependsOn[:i], name):
			errs = append(errs, fmt.Errorf("%q is twice in DependsOn: remove one", name))
		}
	}
	return errs
}
