//go:build go1.21

package typed

import (
	"math"
	"reflect"
)

// fieldEncoder is a field with the text before its value.
type fieldEncoder struct {
	field
	before string
	*encodePlan
}

// encodeStruct returns nil if a struct is not simple enough.
func encodeStruct(t reflect.Type, of func(reflect.Type) *encodePlan) encodeFunc {
	listed, ok := fieldsOf(t)
	if !ok {
		return nil
	}
	fields := make([]fieldEncoder, len(listed))
	for i, f := range listed {
		fields[i] = fieldEncoder{f, `,"` + f.name + `":`, of(f.typ)}
	}
	return func(e *encoder, v reflect.Value) bool {
		if !e.enter() {
			return false
		}
		start := len(e.out)
		for i := range fields {
			f := &fields[i]
			value := f.in(v)
			if f.omitEmpty && isEmpty(value) {
				if isNegativeZero(value) { // about which versions of encoding/json disagree
					return false
				}
				continue
			}
			e.out = append(e.out, f.before...)
			if !f.encode(e, value) {
				return false
			}
		}
		if len(e.out) == start {
			e.out = append(e.out, '{')
		}
		e.out[start] = '{' // where the first comma is
		e.out = append(e.out, '}')
		return e.leave()
	}
}

// isEmpty reports whether the option omitempty leaves a value out.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Pointer, reflect.Interface:
		return v.IsNil()
	case reflect.Float32, reflect.Float64:
		return v.Float() == 0
	case reflect.Struct, reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128:
		return false
	}
	return v.IsZero()
}

func isNegativeZero(v reflect.Value) bool {
	return v.CanFloat() && v.Float() == 0 && math.Signbit(v.Float())
}
