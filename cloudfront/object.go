package cloudfront

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// object is a JSON object as it was received. It keeps what this package does not know.
type object map[string]json.RawMessage

// field is a field that this package knows.
type field struct {
	name  string
	value any // a pointer
}

// decode reads an object and those fields that it has.
func (o *object) decode(text []byte, fields ...field) error {
	if err := json.Unmarshal(text, (*map[string]json.RawMessage)(o)); err != nil {
		return err
	}
	for _, f := range fields {
		if raw, has := (*o)[f.name]; has {
			if err := json.Unmarshal(raw, f.value); err != nil {
				return fmt.Errorf("%s: %w", f.name, err)
			}
		}
	}
	return nil
}

// encode writes an object. Fields that have not changed are written as they were received, nil pointers are left out,
// and other zero values are written only if the object has had them.
func (o object) encode(fields ...field) ([]byte, error) {
	merged := make(map[string]json.RawMessage, len(o)+len(fields))
	for name, raw := range o {
		merged[name] = raw
	}
	for _, f := range fields {
		raw, has := o[f.name]
		switch {
		case f.absent():
			delete(merged, f.name)
			continue
		case has && f.same(raw), !has && f.empty():
			continue
		}
		text, err := json.Marshal(f.value)
		if err != nil {
			return nil, err
		}
		merged[f.name] = text
	}
	return json.Marshal(merged)
}

func (f field) absent() bool {
	value := reflect.ValueOf(f.value).Elem()
	return value.Kind() == reflect.Pointer && value.IsNil()
}

func (f field) empty() bool {
	if headers, ok := f.value.(*Headers); ok {
		return len(headers.values) == 0
	}
	return reflect.ValueOf(f.value).Elem().IsZero()
}

// same reports whether a field is what was received. Headers and objects compare their own parts.
func (f field) same(raw json.RawMessage) bool {
	value := reflect.ValueOf(f.value).Elem()
	if _, ok := value.Interface().(json.Marshaler); ok {
		return false
	}
	if _, ok := f.value.(*Headers); ok {
		return false
	}
	received := reflect.New(value.Type())
	return json.Unmarshal(raw, received.Interface()) == nil &&
		reflect.DeepEqual(received.Elem().Interface(), value.Interface())
}
