//go:build go1.21

package rawmessage

import "bytes"

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
}

// at returns the byte at an offset or, past the end, 0, which JSON never contains.
func (s scan) at(i int) byte {
	if i < len(s.data) {
		return s.data[i]
	}
	return 0
}

// skip returns where the white space at i ends, which is mostly i.
func (s scan) skip(i int) int {
	if s.at(i) > ' ' || !s.spaces {
		return i
	}
	return space(s.data, i)
}

func (s scan) value(i, depth int) int {
	switch c := s.at(i); {
	case c == '"':
		return text(s.data, i+1)
	case c == '{':
		return s.elements(i+1, depth+1, '}')
	case c == '[':
		return s.elements(i+1, depth+1, ']')
	case c == '-' || isDigit(c):
		return number(s.data, i)
	default:
		return literal(s.data, i)
	}
}

// elements checks the rest of an array or, where end is a brace, of an object.
func (s scan) elements(i, depth int, end byte) int {
	if depth > maxDepth {
		return -1
	}
	if i = s.skip(i); s.at(i) == end {
		return i + 1
	}
	for {
		if end == '}' {
			if i = s.key(i); i < 0 {
				return -1
			}
		}
		if i = s.value(i, depth); i < 0 {
			return -1
		}
		i = s.skip(i)
		switch s.at(i) {
		case ',':
			i = s.skip(i + 1)
		case end:
			return i + 1
		default:
			return -1
		}
	}
}

// key returns where the value of an object's key at i starts.
func (s scan) key(i int) int {
	if s.at(i) != '"' {
		return -1
	}
	if i = text(s.data, i+1); i < 0 {
		return -1
	}
	if i = s.skip(i); s.at(i) != ':' {
		return -1
	}
	return s.skip(i + 1)
}

// Skip returns where the JSON value that starts at i ends, or -1 if it is invalid. So many arrays and objects contain
// it.
func Skip(data []byte, i, depth int) int {
	return scan{data: data, spaces: true}.value(i, depth)
}
