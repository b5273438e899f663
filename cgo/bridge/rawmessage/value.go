//go:build go1.21

package rawmessage

import (
	"bytes"
	"math/bits"

	"github.com/go-sparta/sparta/cgo/bridge/mask"
)

// maxDepth is encoding/json's: what nests deeper is not decoded.
const maxDepth = 10000

// Value finds the JSON value that data begins with, after white space, and checks
// it as encoding/json does: ok is false if that returns an error. The value
// has no white space around it. What follows it is ignored, as
// json.Decoder ignores it.
func Value(data []byte) (value []byte, ok bool) {
	s := scan{data: data, spaces: true}
	start := s.skip(0)
	end := s.value(start, 0)
	if end < 0 {
		return nil, false
	}
	return data[start:end:end], true
}

// IsCompact reports whether encoding/json, not escaping HTML, encodes data as just
// data: one JSON value with no white space around or in it, nor a character that
// encoding/json escapes in any case.
func IsCompact(data []byte) bool {
	s := scan{data: data}
	return s.value(0, 0) == len(data) && !(separatorsAreEscaped && hasSeparator(data))
}

// hasSeparator reports whether data contains U+2028 or U+2029.
func hasSeparator(data []byte) bool {
	return bytes.Contains(data, []byte("\u2028")) || bytes.Contains(data, []byte("\u2029"))
}

// scan checks JSON. Its methods accept the offset where something starts and
// return the offset where it ends, or -1 if it is invalid.
type scan struct {
	data   []byte
	spaces bool // white space is allowed between tokens

	special uint64 // the mask of quotes, backslashes and control characters in the bytes before masked
	masked  int
}

// at returns the byte at an offset or, past the end, 0, which JSON never contains.
func (s *scan) at(i int) byte {
	if i < len(s.data) {
		return s.data[i]
	}
	return 0
}

// skip returns where the white space at i ends, which is mostly i.
func (s *scan) skip(i int) int {
	if s.at(i) > ' ' || !s.spaces {
		return i
	}
	return space(s.data, i)
}

// text returns where the string whose quote is before i ends.
func (s *scan) text(i int) int {
	if i >= s.masked {
		return s.rest(i)
	}
	found := s.special >> (uint(i-s.masked) % mask.Size)
	if found == 0 {
		return s.rest(s.masked)
	}
	if i += bits.TrailingZeros64(found); s.data[i] == '"' {
		return i + 1
	}
	return s.rest(i)
}

// rest is text for a string of which the mask does not have the end.
func (s *scan) rest(i int) int {
	for mask.Fast && i+mask.Size <= len(s.data) {
		ends, escapes, _ := mask.Of((*[mask.Size]byte)(s.data[i:]))
		s.special, s.masked = ends|escapes, i+mask.Size
		if s.special == 0 {
			i = s.masked
			continue
		}
		i += bits.TrailingZeros64(s.special)
		switch s.data[i] {
		case '"':
			return i + 1
		case '\\':
			if i = escape(s.data, i+1); i < 0 {
				return -1
			}
		default:
			return -1
		}
	}
	return text(s.data, i)
}

func (s *scan) value(i, depth int) int {
	switch c := s.at(i); {
	case c == '"':
		return s.text(i + 1)
	case isDigit(c) || c == '-':
		return number(s.data, i)
	case c == '{':
		return s.elements(i+1, depth+1, '}')
	case c == '[':
		return s.elements(i+1, depth+1, ']')
	default:
		return literal(s.data, i)
	}
}

// elements checks the rest of an array or, where end is a brace, of an object.
func (s *scan) elements(i, depth int, end byte) int {
	if depth > maxDepth {
		return -1
	}
	if i = s.skip(i); s.at(i) == end {
		return i + 1
	}
	for {
		if end == '}' {
			if s.at(i) != '"' {
				return -1
			}
			if i = s.text(i + 1); i < 0 {
				return -1
			}
			if s.at(i) != ':' {
				if i = s.skip(i); s.at(i) != ':' {
					return -1
				}
			}
			i = s.skip(i + 1)
		}
		switch c := s.at(i); { // as value does, which would be one more call
		case c == '"':
			i = s.text(i + 1)
		case isDigit(c) || c == '-':
			i = number(s.data, i)
		case c == '{':
			i = s.elements(i+1, depth+1, '}')
		case c == '[':
			i = s.elements(i+1, depth+1, ']')
		default:
			i = literal(s.data, i)
		}
		if i < 0 {
			return -1
		}
		if s.at(i) != ',' {
			if i = s.skip(i); s.at(i) == end {
				return i + 1
			}
			if s.at(i) != ',' {
				return -1
			}
		}
		i = s.skip(i + 1)
	}
}

// Skip returns where the JSON value that starts at i ends, or -1 if it is invalid. So many arrays and objects contain
// it.
func Skip(data []byte, i, depth int) int {
	s := scan{data: data, spaces: true}
	return s.value(i, depth)
}
