//go:build go1.21

package typed

import (
	"reflect"

	"github.com/go-sparta/sparta/cgo/bridge/rawmessage"
)

// maxDepth is how deep values may nest. encoding/json accepts more, and gets what is deeper.
const maxDepth = 500

// decoder reads a JSON text. Its methods accept the offset where something starts and return the offset where it ends,
// or -1 if that is for encoding/json to decide.
type decoder struct {
	data    []byte
	depth   int
	scratch []byte // for a text whose escapes are being replaced
	chunk   []byte // where short texts are kept together
}

// decodeFunc decodes the JSON value at an offset into a Go value, which is zero and can be set.
type decodeFunc func(d *decoder, i int, into reflect.Value) (end int)

// decodePlan is how the values of a type are decoded. A type may contain itself, so its function is set last.
type decodePlan struct {
	decode decodeFunc
	apart  bool // by encoding/json or a method of the type
}

// at returns the byte at an offset or, past the end, 0, which JSON never contains.
func (d *decoder) at(i int) byte {
	if uint(i) < uint(len(d.data)) {
		return d.data[i]
	}
	return 0
}

// space returns where the white space at i ends.
func (d *decoder) space(i int) int {
	for {
		switch d.at(i) {
		case ' ', '\n', '\t', '\r':
			i++
		default:
			return i
		}
	}
}

// skip returns where the value at i ends.
func (d *decoder) skip(i int) int { return rawmessage.Skip(d.data, i, d.depth) }

// null returns where the null that starts at i ends.
func (d *decoder) null(i int) int { return d.word(i, "null") }

// word returns where the word ends, if it is at i.
func (d *decoder) word(i int, word string) int {
	if end := i + len(word); end <= len(d.data) && string(d.data[i:end]) == word {
		return end
	}
	return -1
}

// next returns where the next element of an array or object starts, after the one that ended at i, or, if there is
// none, where it ends.
func (d *decoder) next(i int, last byte) (start int, more bool) {
	if i < 0 {
		return -1, false
	}
	i = d.space(i)
	switch d.at(i) {
	case ',':
		return d.space(i + 1), true
	case last:
		d.depth--
		return i + 1, false
	}
	return -1, false
}

// first is next for the first element. The bracket is before i.
func (d *decoder) first(i int, last byte) (start int, more bool) {
	if d.depth++; d.depth > maxDepth {
		return -1, false
	}
	if i = d.space(i); d.at(i) == last {
		d.depth--
		return i + 1, false
	}
	return i, true
}

// colon returns where the value starts whose name ended at i.
func (d *decoder) colon(i int) int {
	if i = d.space(i); d.at(i) != ':' {
		return -1
	}
	return d.space(i + 1)
}
