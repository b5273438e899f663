package typed

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"time"
)

// fill sets a value as a fuzzer chooses.
func (c *choices) fill(v reflect.Value, depth int) {
	if depth > 5 || len(c.from) == 0 || c.one(12) || !v.CanSet() {
		return
	}
	switch t := v.Type(); {
	case t == reflect.TypeOf(time.Time{}):
		v.Set(reflect.ValueOf(time.Unix(int64(c.number(256))<<c.number(40), int64(c.number(256)))))
		return
	case t == numberType:
		v.SetString(c.of("", "1", "-1.5e3", "x", "01"))
		return
	case t == reflect.TypeOf(json.RawMessage(nil)):
		v.SetBytes([]byte(c.of("1", "{}", `{ "a" : [ "<" ] }`, "", "x", `"\u2028"`, "\"\u2028\"", "{} ")))
		return
	case t.Kind() == reflect.Struct && encodesItself(t) && !c.one(4):
		text := &choices{from: c.from}
		text.custom()
		_ = json.Unmarshal(text.out.Bytes(), v.Addr().Interface())
		c.from = text.from
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(c.number(256)-128) << c.number(64))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		v.SetUint(uint64(c.number(256)) << c.number(64))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(c.float())
	case reflect.String:
		v.SetString(c.string())
	case reflect.Struct:
		for i := range v.NumField() {
			c.fill(v.Field(i), depth+1)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		c.fill(v.Elem(), depth+1)
	case reflect.Slice:
		n := c.number(4)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		fallthrough
	case reflect.Array:
		for i := range min(v.Len(), 8) {
			c.fill(v.Index(i), depth+1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range c.number(4) {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			c.fill(key, depth+1)
			c.fill(value, depth+1)
			v.SetMapIndex(key, value)
		}
	case reflect.Interface:
		if v.NumMethod() > 0 {
			return
		}
		value := reflect.New(typeOf(uint16(c.number(256)<<8 | c.number(256)))).Elem()
		c.fill(value, depth+1)
		v.Set(value)
	}
}

func (c *choices) float() float64 {
	list := []float64{
		0, 1, 0.5, -2.25, math.NaN(), math.Inf(1), math.Copysign(0, -1), 1e20, 1e21, 1e-5, 1e-6, 1e-7, 123456789.125,
		3.4e38, math.MaxFloat64, math.SmallestNonzeroFloat64, 1e-45, 100, 5e-324, 9007199254740993, 1e5, 0.1,
		0.000001, 999999999999999999999,
	}
	return list[c.number(len(list))]
}

func (c *choices) string() string {
	text := c.of("", "a", "text of twelve", "<&>", strings.Repeat("0123456789abcdef", 9), strings.Repeat("\x02", 50))
	for range c.number(5) {
		text += c.of(`"`, `\`, "/", "\n\r\t\b\f", "\x00\x1f", "é", "🙂", "\u2028", "\u2029", "\u2027", "\xff",
			"\xed\xa0\x80", "\xe2\x80", "\x7f", "1234567", "12345678", `{"a":[1]}`, "\ufffd")
	}
	return text
}
