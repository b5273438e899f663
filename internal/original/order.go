package original

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
)

// order sorts what Sparta renders in the random order of Go's maps, so that a template without changes is the same.
func order(template *cloudformation.Template) {
	for _, resource := range template.Resources {
		slices.Sort(resource.DependsOn)
		if resource.Type != "AWS::ApiGateway::Method" {
			continue
		}
		sortResponses(resource.Properties["MethodResponses"])
		if integration, ok := resource.Properties["Integration"].(map[string]any); ok {
			sortResponses(integration["IntegrationResponses"])
		}
	}
}

func sortResponses(value any) {
	responses, _ := value.([]any)
	code := func(response any) string {
		fields, _ := response.(map[string]any)
		return fmt.Sprint(fields["StatusCode"])
	}
	slices.SortStableFunc(responses, func(a, b any) int { return cmp.Compare(code(a), code(b)) })
}
