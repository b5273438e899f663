package apipart

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/sparta"
)

// Checker collects the problems of an API.
type Checker struct {
	API       *sparta.API
	Functions []string // names of the service's functions
	errs      []error
}

// Err returns the problems, with a line for each, or nil.
func (c *Checker) Err() error { return errors.Join(c.errs...) }

// Report adds a problem, unless it is nil.
func (c *Checker) Report(err error) {
	if err != nil {
		c.errs = append(c.errs, fmt.Errorf("API %s: %w", cmp.Or(c.API.Name, "without a name"), err))
	}
}

// Reportf adds a problem.
func (c *Checker) Reportf(format string, values ...any) { c.Report(fmt.Errorf(format, values...)) }

// OneOf reports a value that is not one of those allowed. The first one is the default.
func (c *Checker) OneOf(where, field, value string, allowed ...string) {
	if value != "" && !slices.Contains(allowed, value) {
		c.Reportf("%s%s %q is unknown: use one of %s", where, field, value, strings.Join(allowed, ", "))
	}
}

// Between reports a number that is out of range. 0 means the default.
func (c *Checker) Between(where, field string, value, least, most int64) {
	if value != 0 && (value < least || value > most) {
		c.Reportf("%s%s %d is out of range: use %d to %d", where, field, value, least, most)
	}
}

// AtMost reports a list that is longer than API Gateway allows.
func (c *Checker) AtMost(where, what string, length, most int) {
	if length > most {
		c.Reportf("%sit has %d %s, but API Gateway allows %d: remove some", where, length, what, most)
	}
}

// Refuse reports the settings that are given, and why they must not be.
func (c *Checker) Refuse(where, why string, given map[string]bool) {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if given[name] {
			c.Reportf("%s%s %s: clear it", where, name, why)
		}
	}
}

// CheckName checks the API's name.
func (c *Checker) CheckName() {
	if strings.TrimSpace(c.API.Name) == "" {
		c.Reportf("Name is missing: name the API")
	}
}

// CheckFunction checks the name of the function that something invokes.
func (c *Checker) CheckFunction(where, name string) {
	switch {
	case name == "" && len(c.Functions) != 1:
		c.Reportf("%sit has no function, and the service has %d: name one of %s", where, len(c.Functions),
			strings.Join(c.Functions, ", "))
	case name != "" && !slices.Contains(c.Functions, name):
		c.Reportf("%sit invokes function %q, which the service does not have: use one of %s", where, name,
			strings.Join(c.Functions, ", "))
	}
}

// CheckThrottling checks a limit of requests.
func (c *Checker) CheckThrottling(where string, rate float64, burst int64) {
	if rate < 0 {
		c.Reportf("%sThrottlingRateLimit %v is negative: use a number of requests per second, or 0 for the default",
			where, rate)
	}
	if burst < 0 {
		c.Reportf("%sThrottlingBurstLimit %d is negative: use a number of concurrent requests, or 0 for the default",
			where, burst)
	}
}
