package apipart

import (
	"maps"
	"reflect"
)

// Given leaves out values that are not set.
func Given(properties map[string]any) map[string]any {
	maps.DeleteFunc(properties, func(_ string, value any) bool { return isZero(value) })
	return properties
}

// isZero reports whether a value is not set: nil, zero or empty.
func isZero(value any) bool {
	v := reflect.ValueOf(value)
	switch v.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Map, reflect.Slice:
		return v.Len() == 0
	}
	return v.IsZero()
}
