package edge

import "github.com/go-sparta/sparta/provision/internal/arn"

// object is a property that is an object. It replaces structs, which hooks may use, by their JSON.
func object(properties map[string]any, name string) map[string]any {
	if _, isMap := properties[name].(map[string]any); !isMap && properties[name] != nil {
		properties[name] = arn.Generic(properties[name])
	}
	found, _ := properties[name].(map[string]any)
	return found
}

// list is a property that is a list of objects.
func list(properties map[string]any, name string) []any {
	if _, isList := properties[name].([]any); !isList && properties[name] != nil {
		properties[name] = arn.Generic(properties[name])
	}
	found, _ := properties[name].([]any)
	return found
}
