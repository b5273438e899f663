//go:build go1.21

package typed

import (
	"reflect"
	"strings"
)

// maxFields is how many fields a struct may have.
const maxFields = 256

// structDecoder has the fields of a struct, by the length of their names.
type structDecoder struct {
	byLength [][]fieldDecoder
}

type fieldDecoder struct {
	field
	number int
	*decodePlan
}

// newStructDecoder returns nil if a struct is not simple enough.
func newStructDecoder(t reflect.Type, of func(reflect.Type) *decodePlan) *structDecoder {
	fields, ok := fieldsOf(t)
	if !ok || len(fields) > maxFields {
		return nil
	}
	longest := 0
	for _, f := range fields {
		longest = max(longest, len(f.name))
	}
	s := &structDecoder{byLength: make([][]fieldDecoder, longest+1)}
	for number, f := range fields {
		same := &s.byLength[len(f.name)]
		*same = append(*same, fieldDecoder{f, number, of(f.typ)})
	}
	return s
}

func (s *structDecoder) decode(d *decoder, i int, into reflect.Value) int {
	if d.at(i) != '{' {
		return d.null(i)
	}
	var seen [maxFields / 64]uint64
	i, more := d.first(i+1, '}')
	for more {
		name, value := d.name(i)
		if value < 0 {
			return -1
		}
		if f := s.find(name); f != nil {
			bit := uint64(1) << (f.number % 64)
			if seen[f.number/64]&bit != 0 {
				return -1 // encoding/json decodes the second value into the first
			}
			seen[f.number/64] |= bit
			if len(f.index) == 1 {
				i = f.decode(d, value, into.Field(f.index[0]))
			} else {
				i = f.decode(d, value, f.in(into))
			}
		} else if s.mayMatch(name) {
			return -1
		} else {
			i = d.skip(value)
		}
		i, more = d.next(i, '}')
	}
	return i
}

// name reads the name at i, which must be ASCII without escapes, and returns where its value starts.
func (d *decoder) name(i int) (name []byte, value int) {
	if d.at(i) != '"' {
		return nil, -1
	}
	for end := i + 1; end < len(d.data); end++ {
		switch c := d.data[end]; {
		case c == '"':
			return d.data[i+1 : end], d.colon(end + 1)
		case c < ' ', c >= 0x80, c == '\\':
			return nil, -1
		}
	}
	return nil, -1
}

func (s *structDecoder) find(name []byte) *fieldDecoder {
	if len(name) >= len(s.byLength) {
		return nil
	}
	same := s.byLength[len(name)]
	for i := range same {
		if same[i].name == string(name) {
			return &same[i]
		}
	}
	return nil
}

// mayMatch reports whether a name is that of a field but for upper and lower case. Both are ASCII.
func (s *structDecoder) mayMatch(name []byte) bool {
	if len(name) >= len(s.byLength) {
		return false
	}
	for _, f := range s.byLength[len(name)] {
		if strings.EqualFold(f.name, string(name)) {
			return true
		}
	}
	return false
}
