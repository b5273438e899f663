package restapi

import (
	"errors"
	"reflect"
)

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

func (b *builder) err() error { return errors.Join(b.errs...) }
