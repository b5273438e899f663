package invocation

import (
	"fmt"
	"slices"
	"strings"
)

// Function returns the position of a function in names. If there is only one, its name may be omitted. Errors
// mention flag, which sets the name.
func Function(names []string, name, flag string) (int, error) {
	if name == "" && len(names) == 1 {
		return 0, nil
	}
	if i := slices.Index(names, name); i >= 0 {
		return i, nil
	}
	if name == "" {
		return 0, fmt.Errorf("there are several functions: choose one with %s: %s", flag, strings.Join(names, ", "))
	}
	return 0, fmt.Errorf("no function %q: choose one of %s", name, strings.Join(names, ", "))
}
