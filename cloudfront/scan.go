package cloudfront

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"
	"unsafe"
)

// Objects inside of objects would be read many times by encoding/json, which delays every viewer. So events are split
// here, once for each level. The text has been checked by json.Unmarshal, which calls UnmarshalJSON.

var errSyntax = errors.New("invalid JSON")

// scanner is at a place in a JSON text.
type scanner struct {
	text []byte
	at   int
}

// next skips white space, and returns the next byte; 0 at the end.
func (s *scanner) next() byte {
	for ; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// value returns the text of the next value.
func (s *scanner) value() ([]byte, error) {
	s.next()
	start, depth := s.at, 0
	for ; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '"':
			if !s.skipString() {
				return nil, errSyntax
			}
			if depth == 0 {
				s.at++
				return s.text[start:s.at], nil
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return s.scalar(start)
			}
			if depth--; depth == 0 {
				s.at++
				return s.text[start:s.at], nil
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return s.scalar(start)
			}
		}
	}
	if depth > 0 {
		return nil, errSyntax
	}
	return s.scalar(start)
}

// scalar returns the text of a number, true, false or null.
func (s *scanner) scalar(start int) ([]byte, error) {
	if s.at == start {
		return nil, errSyntax
	}
	return s.text[start:s.at], nil
}

// skipString moves from the quotation mark at the beginning of a string to that at its end.
func (s *scanner) skipString() bool {
	for s.at++; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '\\':
			s.at++
		case '"':
			return true
		}
	}
	return false
}

// eachMember calls a function with the names and values of an object. Null has none.
func eachMember(text []byte, each func(name string, raw json.RawMessage) error) error {
	s := scanner{text: text}
	if string(text) == "null" {
		return nil
	}
	return s.list('{', '}', func() error {
		if s.next() != '"' {
			return errSyntax
		}
		quoted, err := s.value()
		if err != nil {
			return err
		}
		name, err := unquote(quoted)
		if err != nil {
			return err
		}
		if s.next() != ':' {
			return errSyntax
		}
		s.at++
		raw, err := s.value()
		if err != nil {
			return err
		}
		return each(name, raw)
	})
}

// eachElement calls a function with the elements of an array. Null has none.
func eachElement(text []byte, each func(raw json.RawMessage) error) error {
	s := scanner{text: text}
	if string(text) == "null" {
		return nil
	}
	return s.list('[', ']', func() error {
		raw, err := s.value()
		if err != nil {
			return err
		}
		return each(raw)
	})
}

// list reads what is between brackets.
func (s *scanner) list(opening, closing byte, each func() error) error {
	if s.next() != opening {
		return errors.New("it is not an " + map[byte]string{'{': "object", '[': "array"}[opening])
	}
	s.at++
	if s.next() == closing {
		return nil
	}
	for {
		if err := each(); err != nil {
			return err
		}
		c := s.next()
		s.at++
		switch c {
		case closing:
			return nil
		case ',':
		default:
			return errSyntax
		}
	}
}

// unquote decodes a string. It shares the memory of the JSON, which must not change, unless there is an escape.
func unquote(raw []byte) (string, error) {
	if len(raw) > 2 && raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw) {
		return unsafe.String(&raw[1], len(raw)-2), nil
	}
	var text string
	err := json.Unmarshal(raw, &text)
	return text, err
}

// quote appends a text as a JSON string.
func quote(to []byte, text string) []byte {
	for _, c := range []byte(text) {
		if c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			quoted, _ := json.Marshal(text) // a string has no error
			return append(to, quoted...)
		}
	}
	return append(append(append(to, '"'), text...), '"')
}

// plainNumber returns a number, and reports whether it has no more than a few digits.
func plainNumber(raw []byte) (number int, isPlain bool) {
	if len(raw) == 0 || len(raw) > 9 || raw[0] == '0' {
		return 0, false
	}
	for _, c := range raw {
		if c < '0' || c > '9' {
			return 0, false
		}
		number = 10*number + int(c-'0')
	}
	return number, true
}
