//go:build go1.21

package typed

import "reflect"

// encodeInterface encodes what is in an interface.
func encodeInterface(e *encoder, v reflect.Value) bool { return e.any(v.Interface()) }

// any encodes a value of any type.
func (e *encoder) any(value any) bool {
	switch value := value.(type) {
	case nil:
		return e.null()
	case string:
		return e.text(value)
	case float64:
		return e.float(value, 64)
	case map[string]any:
		if value == nil {
			return e.null()
		}
		keys := sortedKeys(value)
		return e.object(len(keys), func(i int) bool { return e.name(i, keys[i]) && e.any(value[keys[i]]) })
	}
	return e.planned(reflect.ValueOf(value))
}
