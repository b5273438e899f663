package rawmessage

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// maxDepth is encoding/json's: what nests deeper is not decoded.
const maxDepth = 10000

// Value finds the JSON value that data begins with, after white space, and checks
// it as encoding/json does: ok is false for what that would not take. The value
// has no white space around it. What follows it is not looked at, as
// json.Decoder does not either.
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

// scan checks JSON. Its methods take the offset where something starts, return
// the one where it ends, and -1 if it is not what it should be.
type scan struct {
	data   []byte
	spaces bool // white space is allowed between tokens
}

// at is the byte at an offset, or 0, which is no part of JSON, behind the end.
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
		return s.object(i+1, depth+1)
	case c == '[':
		return s.array(i+1, depth+1)
	case c == '-' || isDigit(c):
		return number(s.data, i)
	default:
		return literal(s.data, i)
	}
}

// object is the rest of an object.
func (s scan) object(i, depth int) int {
	if depth > maxDepth {
		return -1
	}
	if i = s.skip(i); s.at(i) == '}' {
		return i + 1
	}
	for {
		if s.at(i) != '"' {
			return -1
		}
		if i = text(s.data, i+1); i < 0 {
			return -1
		}
		if i = s.skip(i); s.at(i) != ':' {
			return -1
		}
		if i = s.value(s.skip(i+1), depth); i < 0 {
			return -1
		}
		i = s.skip(i)
		switch s.at(i) {
		case ',':
			i = s.skip(i + 1)
		case '}':
			return i + 1
		default:
			return -1
		}
	}
}

// array is the rest of an array.
func (s scan) array(i, depth int) int {
	if depth > maxDepth {
		return -1
	}
	if i = s.skip(i); s.at(i) == ']' {
		return i + 1
	}
	for {
		if i = s.value(i, depth); i < 0 {
			return -1
		}
		i = s.skip(i)
		switch s.at(i) {
		case ',':
			i = s.skip(i + 1)
		case ']':
			return i + 1
		default:
			return -1
		}
	}
}

const (
	everyByte = 0x0101010101010101
	highBits  = 0x8080808080808080
)

// text returns where the string that starts before i ends, or -1.
func text(data []byte, i int) int {
	for {
		// Eight bytes at a time, as long as none of them is a quote, a backslash or a control
		// character: each subtraction borrows into the high bit of the first byte that is.
		for i+8 <= len(data) {
			eight := binary.LittleEndian.Uint64(data[i:])
			quote, escape := eight^'"'*everyByte, eight^'\\'*everyByte
			found := ((eight - ' '*everyByte) &^ eight) | ((quote - everyByte) &^ quote) | ((escape - everyByte) &^ escape)
			if found &= highBits; found != 0 {
				i += bits.TrailingZeros64(found) / 8
				break
			}
			i += 8
		}
		if i >= len(data) {
			return -1
		}
		switch c := data[i]; {
		case c == '"':
			return i + 1
		case c < ' ':
			return -1
		case c == '\\':
			if i = escape(data, i+1); i < 0 {
				return -1
			}
		default: // of the last few bytes
			i++
		}
	}
}

// escape returns where the escape sequence whose backslash is before i ends, or -1.
func escape(data []byte, i int) int {
	if i >= len(data) {
		return -1
	}
	switch data[i] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 1
	case 'u':
		if i+5 > len(data) {
			return -1
		}
		for _, c := range data[i+1 : i+5] {
			if !isDigit(c) && !('a' <= c && c <= 'f') && !('A' <= c && c <= 'F') {
				return -1
			}
		}
		return i + 5
	}
	return -1
}

// number returns where the number that starts at i ends, or -1.
func number(data []byte, i int) int {
	if data[i] == '-' {
		i++
	}
	if i < len(data) && data[i] == '0' {
		i++
	} else if i = digits(data, i); i < 0 {
		return -1
	}
	if i < len(data) && data[i] == '.' {
		if i = digits(data, i+1); i < 0 {
			return -1
		}
	}
	if i < len(data) && (data[i] == 'e' || data[i] == 'E') {
		i++
		if i < len(data) && (data[i] == '+' || data[i] == '-') {
			i++
		}
		return digits(data, i)
	}
	return i
}

// digits returns where the digits that start at i end, or -1 if there is none.
func digits(data []byte, i int) int {
	start := i
	for i < len(data) && isDigit(data[i]) {
		i++
	}
	if i == start {
		return -1
	}
	return i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// space returns where the white space at i ends.
func space(data []byte, i int) int {
	for i < len(data) && (data[i] == ' ' || data[i] == '\n' || data[i] == '\t' || data[i] == '\r') {
		i++
	}
	return i
}

// literal returns where the true, false or null that starts at i ends, or -1.
func literal(data []byte, i int) int {
	switch rest := data[min(i, len(data)):]; {
	case len(rest) >= 4 && (string(rest[:4]) == "true" || string(rest[:4]) == "null"):
		return i + 4
	case len(rest) >= 5 && string(rest[:5]) == "false":
		return i + 5
	}
	return -1
}
