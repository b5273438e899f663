//go:build go1.21

package typed

import (
	"reflect"
	"time"
)

var timeType = reflect.TypeOf(time.Time{})

// decodeTime returns the function for a struct that embeds a time, which read finds at an offset of the JSON text. It
// returns nil if the method of the type decodes other times from the samples.
func decodeTime(
	t reflect.Type, read func(d *decoder, i int) (moment time.Time, end int), samples ...string,
) decodeFunc {
	if t.Kind() != reflect.Struct || t.NumField() != 1 || t.Field(0).Type != timeType {
		return nil
	}
	decode := func(d *decoder, i int, into reflect.Value) int {
		moment, end := read(d, i)
		if end < 0 {
			return decodeUnmarshaler(d, i, into)
		}
		*into.Field(0).Addr().Interface().(*time.Time) = moment
		return end
	}
	return likeMethod(t, decode, samples...)
}

// seconds since 1970 are a number, whose digits after the decimal point are inexact.
func seconds(d *decoder, i int) (moment time.Time, end int) {
	number, end := d.float(i, 64)
	whole := int64(number)
	return time.Unix(whole, int64((number-float64(whole))*1e9)), end
}

// milliseconds since 1970 are an integer.
func milliseconds(d *decoder, i int) (moment time.Time, end int) {
	number, end := d.integer(i)
	return time.Unix(number/1000, number%1000*1e6), end
}
