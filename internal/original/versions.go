package original

import (
	"encoding/json"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/existing"
)

// republish gives the version of each function a logical ID that changes with the function and with nothing else.
// Decorators of Sparta render another one each time, or for each build ID, and Lambda does not publish a version of a
// function that has not changed.
func republish(template *cloudformation.Template, functions map[string]existing.Function) {
	for _, function := range functions {
		isVersion := func(_ string, resource *cloudformation.Resource) bool {
			return resource.Type == "AWS::Lambda::Version" &&
				refersTo(resource.Properties["FunctionName"], function.LogicalID)
		}
		rename(template, isVersion, func(old string) string {
			content, err := json.Marshal(template.Resources[function.LogicalID].Properties)
			if err != nil {
				return old // Marshal of the template reports it
			}
			return stable(function.LogicalID+"Version", string(content))
		})
	}
}

// refersTo reports whether a value is a reference to a resource, or to one of its attributes.
func refersTo(value any, id string) bool {
	reference, _ := value.(map[string]any)
	attribute, _ := reference["Fn::GetAtt"].([]any)
	return reference["Ref"] == id || len(attribute) > 0 && attribute[0] == id
}
