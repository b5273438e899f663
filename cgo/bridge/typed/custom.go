//go:build go1.21

package typed

import (
	"encoding"
	"encoding/json"
	"reflect"
)

var (
	numberType          = reflect.TypeOf(json.Number(""))
	unmarshalerType     = reflect.TypeOf((*json.Unmarshaler)(nil)).Elem()
	textUnmarshalerType = reflect.TypeOf((*encoding.TextUnmarshaler)(nil)).Elem()
	marshalerType       = reflect.TypeOf((*json.Marshaler)(nil)).Elem()
	textMarshalerType   = reflect.TypeOf((*encoding.TextMarshaler)(nil)).Elem()
)

// decodesItself reports whether encoding/json decodes values of a type with methods of theirs or of their addresses.
func decodesItself(t reflect.Type) bool {
	return t == numberType || implements(t, unmarshalerType) || implements(t, textUnmarshalerType) || decodesFrom(t)
}

// decodesFrom reports whether a type has the method of encoding/json/v2, whose interface only Go 1.27 has.
func decodesFrom(t reflect.Type) bool {
	_, has := addressed(t).MethodByName("UnmarshalJSONFrom")
	return has
}

// encodesItself is decodesItself for encoding.
func encodesItself(t reflect.Type) bool {
	if t == numberType || implements(t, marshalerType) || implements(t, textMarshalerType) {
		return true
	}
	_, appends := addressed(t).MethodByName("AppendText")
	_, encodes := addressed(t).MethodByName("MarshalJSONTo")
	return appends || encodes
}

func implements(t, methods reflect.Type) bool { return addressed(t).Implements(methods) }

// addressed returns the type with all methods that a variable of a type has.
func addressed(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Interface {
		return t
	}
	return reflect.PointerTo(t)
}
