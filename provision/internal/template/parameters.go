package template

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
)

// Declare checks the names of the values given for a template's parameters. A parameter that the template refers to
// without declaring it is declared as a string that CloudFormation never shows.
func Declare(template *cloudformation.Template, values map[string]string) error {
	var unknown []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		_, declared := template.Parameters[name]
		switch {
		case declared:
		case template.Resources[name] == nil && template.RefersTo(name):
			template.Parameters[name] = cloudformation.Parameter{Type: "String", NoEcho: true}
		default:
			unknown = append(unknown, name)
		}
	}
	var errs []error
	for _, name := range unknown {
		errs = append(errs, fmt.Errorf("parameter %s is unknown: the template has %s", name, parameterNames(template)))
	}
	return errors.Join(errs...)
}

// MissingParameters are the parameters with neither a default nor one of the values. The stack may have values for
// them.
func MissingParameters(template *cloudformation.Template, values map[string]string) []string {
	var missing []string
	for _, name := range slices.Sorted(maps.Keys(template.Parameters)) {
		if _, given := values[name]; !given && template.Parameters[name].Default == nil {
			missing = append(missing, name)
		}
	}
	return missing
}

func parameterNames(template *cloudformation.Template) string {
	if len(template.Parameters) == 0 {
		return "no parameters"
	}
	return "these: " + strings.Join(slices.Sorted(maps.Keys(template.Parameters)), ", ")
}
