package sparta

import (
	"fmt"
	"slices"

	"github.com/go-sparta/sparta/internal/logicalid"
)

var logicalIDPattern = pattern(`^[A-Za-z0-9_]{1,255}$`)

// dependencyProblems checks what a function depends on without the template.
func dependencyProblems(function string, dependsOn []string) []error {
	var errs []error
	for i, name := range dependsOn {
		switch {
		case !logicalIDPattern().MatchString(name):
			errs = append(errs, fmt.Errorf("%q of DependsOn is invalid: use the logical ID of a resource, which has "+
				"only letters and digits, or the name of a function", name))
		case name == function || name == logicalid.Words(function)+"Function":
			errs = append(errs, fmt.Errorf("%q of DependsOn is the function itself: remove it", name))
		case slices.Contains(dependsOn[:i], name):
			errs = append(errs, fmt.Errorf("%q is listed twice in DependsOn: remove one", name))
		}
	}
	return errs
}
