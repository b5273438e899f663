//go:build go1.21

package typed

import (
	"reflect"
	"slices"
)

// encoder writes a JSON text. Its methods append to the text, and report false if a value is for encoding/json to
// encode.
type encoder struct {
	out   []byte
	depth int
	of    func(reflect.Type) *encodePlan // for values in interfaces; nil for types that encoding/json must encode
}

// encodeFunc encodes a value.
type encodeFunc func(e *encoder, v reflect.Value) (ok bool)

// encodePlan is how the values of a type are encoded. A type may contain itself, so its function is set last.
type encodePlan struct{ encode encodeFunc }

func (e *encoder) null() bool {
	e.out = append(e.out, "null"...)
	return true
}

// enter notes that the following values are within another. encoding/json finds out whether one contains itself.
func (e *encoder) enter() bool {
	e.depth++
	return e.depth <= maxDepth
}

func (e *encoder) leave() bool {
	e.depth--
	return true
}

// room returns the text with room for so many bytes after it.
func (e *encoder) room(size int) []byte {
	e.out = slices.Grow(e.out, size)
	return e.out[:cap(e.out)]
}

// planned encodes a value as its type's are.
func (e *encoder) planned(v reflect.Value) bool {
	planned := e.of(v.Type())
	return planned != nil && planned.encode(e, v)
}
