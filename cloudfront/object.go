package cloudfront

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
)

// object is a JSON object as it was received. It keeps what this package does not know.
type object []member

// member is a name of an object, with its value.
type member struct {
	name string
	raw  json.RawMessage
}

// field is a field that this package knows.
type field struct {
	name  string
	value any // a pointer
}

// reader is a value that reads its JSON, whose memory becomes its own.
type reader interface{ read(text []byte) error }

// read reads an object and those fields that it has. It keeps the text's memory.
func (o *object) read(text []byte, fields ...field) error {
	*o = nil
	return eachMember(text, func(name string, raw json.RawMessage) error {
		*o = append(slices.Grow(*o, max(0, len(fields)-len(*o))), member{name, raw})
		for _, f := range fields {
			if f.name == name {
				if err := f.set(raw); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
			}
		}
		return nil
	})
}

// set decodes a value into the field.
func (f field) set(raw json.RawMessage) (err error) {
	switch value := f.value.(type) {
	case *string:
		*value, err = unquote(raw)
		return err
	case *EventType:
		text, err := unquote(raw)
		*value = EventType(text)
		return err
	case *json.RawMessage:
		*value = raw
		return nil
	case *int:
		if number, isPlain := plainNumber(raw); isPlain {
			*value = number
			return nil
		}
	case reader:
		return value.read(raw)
	}
	target := reflect.ValueOf(f.value).Elem()
	if target.Kind() == reflect.Pointer && string(raw) != "null" {
		made := reflect.New(target.Type().Elem())
		if value, ok := made.Interface().(reader); ok {
			target.Set(made)
			return value.read(raw)
		}
	}
	return json.Unmarshal(raw, f.value)
}

// encode writes an object. Fields that have not changed are written as they were received, nil pointers are left out,
// and other zero values are written only if the object has had them.
func (o object) encode(fields ...field) ([]byte, error) {
	text := []byte{'{'}
	add := func(name string, raw []byte) {
		if len(text) > 1 {
			text = append(text, ',')
		}
		text = append(append(quote(text, name), ':'), raw...)
	}
	for _, m := range o {
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == m.name })
		if at < 0 {
			add(m.name, m.raw)
			continue
		}
		raw, err := fields[at].encode(m.raw)
		if err != nil {
			return nil, err
		}
		if raw != nil {
			add(m.name, raw)
		}
	}
	for _, f := range fields {
		if f.empty() || slices.ContainsFunc(o, func(m member) bool { return m.name == f.name }) {
			continue
		}
		raw, err := f.encode(nil)
		if err != nil {
			return nil, err
		}
		if raw != nil {
			add(f.name, raw)
		}
	}
	return append(text, '}'), nil
}

// encode writes a value: as it was received, if it is the same. A nil pointer is nothing.
func (f field) encode(received json.RawMessage) ([]byte, error) {
	value := reflect.ValueOf(f.value).Elem()
	if value.Kind() == reflect.Pointer && value.IsNil() {
		return nil, nil
	}
	if marshaler, ok := value.Interface().(json.Marshaler); ok { // which keeps what it has received
		return marshaler.MarshalJSON()
	}
	if received != nil && f.same(received) {
		return received, nil
	}
	return json.Marshal(f.value)
}

func (f field) empty() bool {
	if headers, ok := f.value.(*Headers); ok {
		return len(headers.entries) == 0
	}
	return reflect.ValueOf(f.value).Elem().IsZero()
}

// same reports whether a field is what was received.
func (f field) same(raw json.RawMessage) bool {
	switch value := f.value.(type) {
	case *string:
		received, err := unquote(raw)
		return err == nil && received == *value
	case *EventType:
		received, err := unquote(raw)
		return err == nil && EventType(received) == *value
	case *int:
		if received, isPlain := plainNumber(raw); isPlain {
			return received == *value
		}
	}
	value := reflect.ValueOf(f.value).Elem()
	received := reflect.New(value.Type())
	return json.Unmarshal(raw, received.Interface()) == nil &&
		reflect.DeepEqual(received.Elem().Interface(), value.Interface())
}
