//go:build go1.21

package typed

import "reflect"

// decodeAny decodes into an empty interface.
func decodeAny(d *decoder, i int, into reflect.Value) int {
	value, end := d.any(i)
	if end >= 0 && value != nil {
		into.Set(reflect.ValueOf(value))
	}
	return end
}

// any decodes the value at i as encoding/json does for a variable of any type.
func (d *decoder) any(i int) (value any, end int) {
	switch d.at(i) {
	case '"':
		return d.text(i)
	case '{':
		return d.anyObject(i)
	case '[':
		return d.anyArray(i)
	case 't':
		return true, d.word(i, "true")
	case 'f':
		return false, d.word(i, "false")
	case 'n':
		return nil, d.null(i)
	}
	return d.float(i, 64)
}

func (d *decoder) anyObject(i int) (value any, end int) {
	values := map[string]any{}
	i, more := d.first(i+1, '}')
	n := 0
	for ; more; n++ {
		name, end := d.text(i)
		if end < 0 {
			return nil, -1
		}
		if i = d.colon(end); i < 0 {
			return nil, -1
		}
		values[name], i = d.any(i)
		i, more = d.next(i, '}')
	}
	if n != len(values) {
		return nil, -1 // a name occurs twice
	}
	return values, i
}

func (d *decoder) anyArray(i int) (value any, end int) {
	values := []any{}
	i, more := d.first(i+1, ']')
	for more {
		value, i = d.any(i)
		values = append(values, value)
		i, more = d.next(i, ']')
	}
	return values, i
}
