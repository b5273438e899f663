//go:build go1.21

package typed

import "reflect"

// encodeList returns the function for slices and arrays of values that are encoded in the same way.
func encodeList(element *encodePlan) encodeFunc {
	return func(e *encoder, v reflect.Value) bool {
		if v.Kind() == reflect.Slice && v.IsNil() {
			return e.null()
		}
		if !e.enter() {
			return false
		}
		e.out = append(e.out, '[')
		for i := 0; i < v.Len(); i++ {
			if i > 0 {
				e.out = append(e.out, ',')
			}
			if !element.encode(e, v.Index(i)) {
				return false
			}
		}
		e.out = append(e.out, ']')
		return e.leave()
	}
}

// encodePointer returns the function for pointers to values that are encoded in the same way.
func encodePointer(element *encodePlan) encodeFunc {
	return func(e *encoder, v reflect.Value) bool {
		if v.IsNil() {
			return e.null()
		}
		return e.enter() && element.encode(e, v.Elem()) && e.leave()
	}
}
