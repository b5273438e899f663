package eventsource

import (
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// resourceOf is the template's resource that a value refers to, or nil if it does not refer to exactly one resource of
// the template. It returns an error if the value is an ARN of another service, or refers to a resource of another type.
func resourceOf(
	template *cloudformation.Template, field string, value any, service, resourceType, what string,
) (*cloudformation.Resource, error) {
	words := show.Expression(value)
	if _, err := cloudformation.References(value); err != nil {
		return nil, fmt.Errorf("%s %s: %w", field, words, err)
	}
	if targets, _ := cloudformation.References(value); len(targets) > 0 {
		resource := template.Resources[targets[0]]
		if resource != nil && len(targets) == 1 && resource.Type != resourceType {
			return nil, fmt.Errorf("%s %s refers to a resource of type %s: use %s", field, words, resource.Type, what)
		}
		if len(targets) > 1 {
			resource = nil
		}
		return resource, nil
	}
	if parts := strings.SplitN(words, ":", 6); len(parts) < 6 || parts[0] != "arn" || parts[2] != service {
		return nil, fmt.Errorf("%s %s is not the ARN of %s: use arn:aws:%s:…, or refer to a resource of the stack",
			field, words, what, service)
	}
	return nil, nil
}

// isTrue reports whether a property of a resource is true.
func isTrue(value any) bool { return value == true || value == "true" }
