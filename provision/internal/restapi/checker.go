package restapi

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/sparta"
)

// checker collects the problems of an API.
type checker struct {
	api       *sparta.API
	functions []string
	errs      []error
}

// report adds a problem, unless it is nil.
func (c *checker) report(err error) {
	if err != nil {
		c.errs = append(c.errs, fmt.Errorf("API %s: %w", cmp.Or(c.api.Name, "without a name"), err))
	}
}

func (c *checker) reportf(format string, values ...any) { c.report(fmt.Errorf(format, values...)) }

// oneOf reports a value that is not one of those allowed. The first one is the default.
func (c *checker) oneOf(where, field, value string, allowed ...string) {
	if value != "" && !slices.Contains(allowed, value) {
		c.reportf("%s%s %q is unknown: use one of %s", where, field, value, strings.Join(allowed, ", "))
	}
}

// checkFunction checks the name of the function that something invokes.
func (c *checker) checkFunction(where, name string) {
	switch {
	case name == "" && len(c.functions) != 1:
		c.reportf("%shas no function, and the service has %d: name one of %s", where, len(c.functions),
			strings.Join(c.functions, ", "))
	case name != "" && !slices.Contains(c.functions, name):
		c.reportf("%sinvokes function %q, which the service does not have: use one of %s", where, name,
			strings.Join(c.functions, ", "))
	}
}
