//go:build lambdabinary && go1.21

package bridge

import (
	"reflect"
	"unsafe"
)

// field reads an unexported field, if the struct has one of that name and kind.
func field[T any](from reflect.Value, name string) (T, bool) {
	var none T
	if from.Kind() != reflect.Struct {
		return none, false
	}
	f := from.FieldByName(name)
	if !f.IsValid() || !f.CanAddr() || !f.Type().ConvertibleTo(reflect.TypeOf((*T)(nil)).Elem()) {
		return none, false
	}
	return *(*T)(unsafe.Pointer(f.UnsafeAddr())), true
}
