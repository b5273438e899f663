//go:build go1.21

package typed

import "reflect"

func decodeBool(d *decoder, i int, into reflect.Value) int {
	value, end := d.boolean(i)
	if end < 0 {
		return d.null(i)
	}
	into.SetBool(value)
	return end
}

// boolean decodes the true or false at i.
func (d *decoder) boolean(i int) (value bool, end int) {
	if d.at(i) == 't' {
		return true, d.word(i, "true")
	}
	return false, d.word(i, "false")
}
