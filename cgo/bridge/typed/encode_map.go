//go:build go1.21

package typed

import (
	"reflect"
	"slices"
	"strings"
)

// encodeMap returns the function for maps from strings to values that are encoded in the same way.
func encodeMap(element *encodePlan) encodeFunc {
	return func(e *encoder, v reflect.Value) bool {
		if v.IsNil() {
			return e.null()
		}
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		return e.object(len(keys), func(i int) bool {
			return e.name(i, keys[i].String()) && element.encode(e, v.MapIndex(keys[i]))
		})
	}
}

// encodeStrings encodes a map[string]string.
func encodeStrings(e *encoder, v reflect.Value) bool {
	values, ok := v.Interface().(map[string]string)
	if !ok || values == nil {
		return ok && e.null()
	}
	keys := sortedKeys(values)
	return e.object(len(keys), func(i int) bool { return e.name(i, keys[i]) && e.text(values[keys[i]]) })
}

// object encodes an object of so many members with the function for one of them.
func (e *encoder) object(members int, member func(i int) bool) bool {
	if !e.enter() {
		return false
	}
	e.out = append(e.out, '{')
	for i := 0; i < members; i++ {
		if !member(i) {
			return false
		}
	}
	e.out = append(e.out, '}')
	return e.leave()
}

// name encodes the name of the member of an object that has this number.
func (e *encoder) name(number int, name string) bool {
	if number > 0 {
		e.out = append(e.out, ',')
	}
	if !e.text(name) {
		return false
	}
	e.out = append(e.out, ':')
	return true
}

func sortedKeys[V any](values map[string]V) []string {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
