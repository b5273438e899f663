package original

import (
	"github.com/go-sparta/sparta/cloudformation"
)

// rename gives the only resource of a kind another logical ID, also where others refer to it.
func rename(
	template *cloudformation.Template, is func(string, *cloudformation.Resource) bool, name func(old string) string,
) {
	var found []string
	for id, resource := range template.Resources {
		if is(id, resource) {
			found = append(found, id)
		}
	}
	if len(found) != 1 {
		return
	}
	old, resource := found[0], template.Resources[found[0]]
	id := name(old)
	delete(template.Resources, old)
	template.Resources[id] = resource
	for _, other := range template.Resources {
		for i, dependency := range other.DependsOn {
			if dependency == old {
				other.DependsOn[i] = id
			}
		}
		refer(other.Properties, old, id)
	}
	for _, output := range template.Outputs {
		refer(output.Value, old, id)
	}
}

// refer replaces a logical ID in references to it.
func refer(value any, old, id string) {
	switch value := value.(type) {
	case map[string]any:
		if value["Ref"] == old {
			value["Ref"] = id
		}
		if attribute, ok := value["Fn::GetAtt"].([]any); ok && len(attribute) > 0 && attribute[0] == old {
			attribute[0] = id
		}
		for _, part := range value {
			refer(part, old, id)
		}
	case []any:
		for _, part := range value {
			refer(part, old, id)
		}
	}
}
