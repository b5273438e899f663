//go:build go1.21

package typed

import (
	"reflect"
	"strconv"
	"unsafe"
)

// digits reads an integer of at most 18 digits, which is all that it may be.
func (d *decoder) digits(i int) (n uint64, end int) {
	start := i
	for c := d.at(i); '0' <= c && c <= '9'; c = d.at(i) {
		n = 10*n + uint64(c-'0')
		i++
	}
	if length := i - start; length == 0 || length > 18 || length > 1 && d.data[start] == '0' {
		return 0, -1
	}
	switch d.at(i) {
	case '.', 'e', 'E':
		return 0, -1
	}
	return n, i
}

// integer reads an integer of at most 18 digits and a sign.
func (d *decoder) integer(i int) (value int64, end int) {
	if d.at(i) == '-' {
		n, end := d.digits(i + 1)
		return -int64(n), end
	}
	n, end := d.digits(i)
	return int64(n), end
}

func decodeInt(d *decoder, i int, into reflect.Value) int {
	value, end := d.integer(i)
	if end < 0 {
		return d.null(i)
	}
	if into.OverflowInt(value) {
		return -1
	}
	into.SetInt(value)
	return end
}

func decodeUint(d *decoder, i int, into reflect.Value) int {
	n, end := d.digits(i)
	if end < 0 {
		return d.null(i)
	}
	if into.OverflowUint(n) {
		return -1
	}
	into.SetUint(n)
	return end
}

func decodeFloat(d *decoder, i int, into reflect.Value) int {
	if d.at(i) == 'n' {
		return d.null(i)
	}
	value, end := d.float(i, into.Type().Bits())
	if end < 0 {
		return -1
	}
	into.SetFloat(value)
	return end
}

// float reads a number of so many bits.
func (d *decoder) float(i, bits int) (value float64, end int) {
	switch c := d.at(i); {
	case c == '-', '0' <= c && c <= '9':
	default:
		return 0, -1
	}
	if end = d.skip(i); end < 0 {
		return 0, -1
	}
	number := d.data[i:end]
	// ParseFloat keeps its argument in errors only, and those are not returned.
	value, err := strconv.ParseFloat(unsafe.String(unsafe.SliceData(number), len(number)), bits)
	if err != nil {
		return 0, -1
	}
	return value, end
}
