//go:build go1.21

package typed

import (
	"bytes"
	"encoding/base64"
	"reflect"
)

// decodeSlice returns the function for slices of values that are decoded in the same way.
func decodeSlice(element *decodePlan) decodeFunc {
	return func(d *decoder, i int, into reflect.Value) int {
		if d.at(i) != '[' {
			return d.null(i)
		}
		i, more := d.first(i+1, ']')
		if i >= 0 && !more {
			into.Set(reflect.MakeSlice(into.Type(), 0, 0))
			return i
		}
		start := i
		for n := 0; more; n++ {
			if n == into.Cap() {
				room := 1
				if n == 1 { // as much as if all of them, but not too many, were like the first
					room = 1 + min((len(d.data)-i)/(i-start), 100)
				}
				into.Grow(room)
			}
			into.SetLen(n + 1)
			i = element.decode(d, i, into.Index(n))
			i, more = d.next(i, ']')
		}
		return i
	}
}

// listOf decodes the array at i of elements that one decodes.
func listOf[T any](d *decoder, i int, one func(i int) (value T, end int)) (values []T, end int) {
	if d.at(i) != '[' {
		return nil, -1
	}
	values = []T{}
	i, more := d.first(i+1, ']')
	for more {
		var value T
		value, i = one(i)
		values = append(values, value)
		i, more = d.next(i, ']')
	}
	return values, i
}

// decodeBytes decodes base64. What base64 has no use for, or ignores, is for encoding/json.
func decodeBytes(d *decoder, i int, into reflect.Value) int {
	if d.at(i) != '"' {
		return d.null(i)
	}
	text := d.data[i+1:]
	length := bytes.IndexByte(text, '"')
	if length < 0 {
		return -1
	}
	text = text[:length]
	end := i + length + 2
	if bytes.IndexByte(text, '\\') >= 0 {
		var unescaped string
		if unescaped, end = d.text(i); end < 0 {
			return -1
		}
		text = []byte(unescaped)
	}
	if bytes.IndexByte(text, '\n') >= 0 || bytes.IndexByte(text, '\r') >= 0 {
		return -1
	}
	decoded := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Decode(decoded, text)
	if err != nil {
		return -1
	}
	into.SetBytes(decoded[:n])
	return end
}

// decodePointer returns the function for pointers to values that are decoded in the same way.
func decodePointer(element *decodePlan) decodeFunc {
	return func(d *decoder, i int, into reflect.Value) int {
		if d.at(i) == 'n' {
			return d.null(i)
		}
		value := reflect.New(into.Type().Elem())
		end := element.decode(d, i, value.Elem())
		into.Set(value)
		return end
	}
}
