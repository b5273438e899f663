package restapi

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

// parameters are the names of a path's parameters.
func parameters(path string) []string {
	var names []string
	for _, segment := range apiroutes.Segments(path) {
		if match := parameterPattern.FindStringSubmatch(segment); match != nil {
			names = append(names, match[1])
		}
	}
	return names
}

// checkPaths checks each path, and then that paths do not contradict one another.
func (c *checker) checkPaths() {
	parameterAt := map[string]string{} // by the path before it: the first path that has a parameter there
	var checked []string
	for _, resource := range c.api.Resources {
		if resource == nil {
			continue
		}
		path := apiroutes.Normalized(resource.Path)
		if slices.Contains(checked, path) {
			continue
		}
		checked = append(checked, path)
		if err := checkPath(path); err != nil {
			c.reportf("path %s: %w", resource.Path, err)
			continue
		}
		before := ""
		for _, segment := range apiroutes.Segments(path) {
			if strings.HasPrefix(segment, "{") {
				other, taken := parameterAt[before]
				if taken && !strings.HasPrefix(other+"/", before+"/"+segment+"/") {
					c.reportf("paths %s and %s have different parameters at the same position, but API Gateway "+
						"allows only one: use one name", other, path)
				}
				if !taken {
					parameterAt[before] = path
				}
			}
			before += "/" + segment
		}
	}
}

// checkPath returns an error if API Gateway refuses a path.
func checkPath(path string) error {
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
	names := parameters(path)
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			return fmt.Errorf("it has parameter %s twice: rename one", name)
		}
	}
	return nil
}
