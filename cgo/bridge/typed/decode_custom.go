//go:build go1.21

package typed

import (
	"bytes"
	"encoding/json"
	"reflect"
)

// decodeElsewhere has encoding/json decode a value.
func decodeElsewhere(d *decoder, i int, into reflect.Value) int {
	end := d.skip(i)
	if end < 0 || json.Unmarshal(bytes.Clone(d.data[i:end]), into.Addr().Interface()) != nil {
		return -1
	}
	return end
}

// decodeUnmarshaler calls the method of a type that decodes itself. The method may keep or change its argument.
func decodeUnmarshaler(d *decoder, i int, into reflect.Value) int {
	end := d.skip(i)
	if end < 0 || d.data[i] == 'n' {
		return decodeElsewhere(d, i, into)
	}
	if into.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(bytes.Clone(d.data[i:end])) != nil {
		return -1
	}
	return end
}
