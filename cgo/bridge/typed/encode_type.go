//go:build go1.21

package typed

import (
	"reflect"
	"sync"
)

// encodePlans plans how types are encoded, each when it first occurs.
type encodePlans struct {
	known sync.Map
	idle  sync.Pool // of *encoder
}

// of returns nil for a type that is so unusual that even a part of it cannot be encoded apart.
func (p *encodePlans) of(t reflect.Type) *encodePlan {
	if known, ok := p.known.Load(t); ok {
		return known.(*encodePlan)
	}
	plan := encodePlanner{known: map[reflect.Type]*encodePlan{}}
	planned := plan.of(t)
	if plan.refused {
		planned = nil
	}
	p.known.Store(t, planned)
	return planned
}

// encodePlanner plans how a type and those that it consists of are encoded.
type encodePlanner struct {
	known   map[reflect.Type]*encodePlan
	refused bool
}

func (p *encodePlanner) of(t reflect.Type) *encodePlan {
	if known := p.known[t]; known != nil {
		return known
	}
	planned := &encodePlan{}
	p.known[t] = planned
	if t.Kind() == reflect.Pointer || !encodesItself(t) {
		planned.encode = newEncode(t, p.of)
	} else if t.Name() == "" {
		p.refused = true // whether encoding/json finds the methods depends on where a value is
	}
	if planned.encode == nil {
		planned.encode = encodeElsewhere
	}
	return planned
}

// newEncode returns how a type without methods of its own is encoded, or nil.
func newEncode(t reflect.Type, of func(reflect.Type) *encodePlan) encodeFunc {
	switch t.Kind() {
	case reflect.String:
		return encodeString
	case reflect.Bool:
		return encodeBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return encodeInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return encodeUint
	case reflect.Float32, reflect.Float64:
		return encodeFloat
	case reflect.Struct:
		return encodeStruct(t, of)
	case reflect.Array:
		return encodeList(of(t.Elem()))
	case reflect.Slice:
		switch element := t.Elem(); {
		case element == reflect.TypeOf(byte(0)):
			return encodeBytes
		case element.Kind() != reflect.Uint8:
			return encodeList(of(element))
		}
	case reflect.Pointer:
		return encodePointer(of(t.Elem()))
	case reflect.Map:
		switch key := t.Key(); {
		case t == stringsType:
			return encodeStrings
		case key.Kind() == reflect.String && !encodesItself(key):
			return encodeMap(of(t.Elem()))
		}
	case reflect.Interface:
		return encodeInterface
	}
	return nil
}
