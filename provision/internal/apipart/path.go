package apipart

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
)

var (
	segmentPattern   = regexp.MustCompile(`^[A-Za-z0-9._:-]+$`)
	parameterPattern = regexp.MustCompile(`^\{([A-Za-z0-9._:-]+)(\+?)\}$`)
)

// Parameters returns the names of a path's parameters.
func Parameters(path string) []string {
	var names []string
	for _, segment := range apiroutes.Segments(path) {
		if match := parameterPattern.FindStringSubmatch(segment); match != nil {
			names = append(names, match[1])
		}
	}
	return names
}

// CheckPath returns an error if API Gateway refuses a path.
func CheckPath(path string) error {
	list := apiroutes.Segments(path)
	for i, segment := range list {
		parameter := parameterPattern.FindStringSubmatch(segment)
		switch {
		case segment == "":
			return fmt.Errorf("it has an empty part: remove the slash at its end, or one of two in a row")
		case strings.ContainsAny(segment, "{}") && parameter == nil:
			return fmt.Errorf("%q is not a parameter: use {name}, or {name+} for the rest of the path", segment)
		case parameter == nil && !segmentPattern.MatchString(segment):
			return fmt.Errorf("%q has characters that API Gateway refuses: use letters, digits and ._:-", segment)
		case parameter != nil && parameter[2] == "+" && i < len(list)-1:
			return fmt.Errorf("%s is not the last part, the only one that may have a +", segment)
		}
	}
	names := Parameters(path)
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			return fmt.Errorf("it has parameter %s twice: rename one", name)
		}
	}
	return nil
}
