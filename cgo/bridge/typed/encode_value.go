//go:build go1.21

package typed

import (
	"encoding/base64"
	"math"
	"reflect"
	"strconv"
)

func encodeBool(e *encoder, v reflect.Value) bool {
	e.out = strconv.AppendBool(e.out, v.Bool())
	return true
}

func encodeInt(e *encoder, v reflect.Value) bool {
	e.out = strconv.AppendInt(e.out, v.Int(), 10)
	return true
}

func encodeUint(e *encoder, v reflect.Value) bool {
	e.out = strconv.AppendUint(e.out, v.Uint(), 10)
	return true
}

func encodeFloat(e *encoder, v reflect.Value) bool { return e.float(v.Float(), v.Type().Bits()) }

// float encodes a number, unless that needs an exponent or is not possible.
func (e *encoder) float(value float64, bits int) bool {
	if size := math.Abs(value); size != 0 && !(size >= 1e-5 && size < 1e20) {
		return false
	}
	e.out = strconv.AppendFloat(e.out, value, 'f', -1, bits)
	return true
}

func encodeBytes(e *encoder, v reflect.Value) bool {
	if v.IsNil() {
		return e.null()
	}
	data := v.Bytes()
	n := len(e.out)
	size := base64.StdEncoding.EncodedLen(len(data))
	out := e.room(size + 2)
	out[n] = '"'
	base64.StdEncoding.Encode(out[n+1:], data)
	out[n+1+size] = '"'
	e.out = out[:n+size+2]
	return true
}
