package httpapi

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

func (c *checker) reportf(format string, values ...any) {
	name := cmp.Or(c.api.Name, "without a name")
	c.errs = append(c.errs, fmt.Errorf("API %s: %w", name, fmt.Errorf(format, values...)))
}

// oneOf reports a value that is not one of those allowed. The first one is the default.
func (c *checker) oneOf(where, field, value string, allowed ...string) {
	if value != "" && !slices.Contains(allowed, value) {
		c.reportf("%s%s %q is unknown: use one of %s", where, field, value, strings.Join(allowed, ", "))
	}
}

// between reports a number that is out of range. 0 means the default.
func (c *checker) between(where, field string, value, least, most int64) {
	if value != 0 && (value < least || value > most) {
		c.reportf("%s%s %d is out of range: use %d to %d", where, field, value, least, most)
	}
}

// atMost reports a list that is longer than API Gateway allows.
func (c *checker) atMost(where, what string, length, most int) {
	if length > most {
		c.reportf("%sit has %d %s, but API Gateway allows %d: remove some", where, length, what, most)
	}
}

// function checks the name of the function that something invokes.
func (c *checker) function(where, name string) {
	switch {
	case name == "" && len(c.functions) != 1:
		c.reportf("%sit has no function, and the service has %d: name one of %s", where, len(c.functions),
			strings.Join(c.functions, ", "))
	case name != "" && !slices.Contains(c.functions, name):
		c.reportf("%sit invokes function %q, which the service does not have: use one of %s", where, name,
			strings.Join(c.functions, ", "))
	}
}

func (c *checker) throttling(where string, rate float64, burst int64) {
	if rate < 0 {
		c.reportf("%sThrottlingRateLimit %v is negative: use a number of requests per second, or 0 for the default",
			where, rate)
	}
	if burst < 0 {
		c.reportf("%sThrottlingBurstLimit %d is negative: use a number of concurrent requests, or 0 for the default",
			where, burst)
	}
}
