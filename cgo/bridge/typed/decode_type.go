//go:build go1.21

package typed

import (
	"reflect"
	"sync"
)

// decodePlans is how the values of a type are decoded, and of the types that it consists of.
type decodePlans struct {
	typ     reflect.Type
	top     *decodePlan // nil for a type that encoding/json has to decode
	known   map[reflect.Type]*decodePlan
	refused bool      // a type is so unusual that even a part of it cannot be decoded apart
	idle    sync.Pool // of *decoder
}

func decodePlansOf(t reflect.Type) *decodePlans {
	p := &decodePlans{typ: t, known: map[reflect.Type]*decodePlan{}}
	if planned := p.of(t); !planned.apart && !p.refused {
		p.top = planned
	}
	p.known = nil
	return p
}

func (p *decodePlans) of(t reflect.Type) *decodePlan {
	if known := p.known[t]; known != nil {
		return known
	}
	planned := &decodePlan{}
	p.known[t] = planned
	if t.Kind() == reflect.Pointer || !decodesItself(t) {
		planned.decode = newDecode(t, p.of)
	} else if t.Name() == "" {
		p.refused = true // whether encoding/json finds the methods depends on where a value is
	} else if t.Kind() != reflect.Interface && implements(t, unmarshalerType) && !decodesFrom(t) {
		planned.decode, planned.apart = decodeAWS(t, p.of), true
		if planned.decode == nil {
			planned.decode = decodeUnmarshaler
		}
	}
	if planned.decode == nil {
		planned.decode, planned.apart = decodeElsewhere, true
	}
	return planned
}

// newDecode returns how a type without methods of its own is decoded, or nil.
func newDecode(t reflect.Type, of func(reflect.Type) *decodePlan) decodeFunc {
	switch t.Kind() {
	case reflect.String:
		return decodeString
	case reflect.Bool:
		return decodeBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return decodeInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return decodeUint
	case reflect.Float32, reflect.Float64:
		return decodeFloat
	case reflect.Struct:
		if s := newStructDecoder(t, of); s != nil {
			return s.decode
		}
	case reflect.Slice:
		switch element := t.Elem(); {
		case element == reflect.TypeOf(byte(0)):
			return decodeBytes
		case element.Kind() != reflect.Uint8:
			return decodeSlice(of(element))
		}
	case reflect.Pointer:
		return decodePointer(of(t.Elem()))
	case reflect.Map:
		if key := t.Key(); key.Kind() == reflect.String && !decodesItself(key) {
			return decodeMap(t, of(t.Elem()))
		}
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return decodeAny
		}
	}
	return nil
}
