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
		return mapOf(d, i, d.any)
	case '[':
		return listOf(d, i, d.any)
	case 't', 'f':
		return d.boolean(i)
	case 'n':
		return nil, d.null(i)
	}
	return d.float(i, 64)
}
