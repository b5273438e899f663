package original

import (
	"iter"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
)

// mentions reports whether a value contains a reference to a resource, or to one of its attributes.
func mentions(value any, id string) bool {
	switch value := value.(type) {
	case map[string]any:
		if refersTo(value, id) {
			return true
		}
		for _, part := range value {
			if mentions(part, id) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(value, func(part any) bool { return mentions(part, id) })
	}
	return false
}

// ofType returns the resources of a type with their logical IDs, in the order of these.
func ofType(template *cloudformation.Template, resourceType string) iter.Seq2[string, map[string]any] {
	return func(yield func(string, map[string]any) bool) {
		for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
			resource := template.Resources[id]
			if resource != nil && resource.Type == resourceType && !yield(id, resource.Properties) {
				return
			}
		}
	}
}

// list returns the elements of a list, or a value that is none as the only element.
func list(value any) []any {
	switch value := value.(type) {
	case nil:
		return nil
	case []any:
		return value
	}
	return []any{value}
}

// texts returns the elements of a list that are text.
func texts(value any) []string {
	var found []string
	for _, one := range list(value) {
		if text, ok := one.(string); ok {
			found = append(found, text)
		}
	}
	return found
}
