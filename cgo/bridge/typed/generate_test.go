package typed

import (
	"bytes"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// choices makes JSON for a type, which is mostly but not always what the type accepts, by what a fuzzer chooses.
// Without a choice, it takes the first possibility, which is the most ordinary one.
type choices struct {
	from []byte
	out  bytes.Buffer
}

func generate(t reflect.Type, from []byte) []byte {
	c := &choices{from: from}
	c.space()
	c.value(t, 0)
	if c.one(50) {
		c.out.WriteString(c.of(" ", "x", "{}", "\n", "]", ","))
	}
	text := c.out.Bytes()
	if c.one(40) && len(text) > 0 { // nearly JSON
		i := c.number(len(text))
		switch c.number(3) {
		case 0:
			text = text[:i]
		case 1:
			text = append(text[:i:i], text[i+1:]...)
		case 2:
			text[i] = byte(c.number(256))
		}
	}
	return text
}

// number returns one of 0 to n-1.
func (c *choices) number(n int) int {
	if len(c.from) == 0 {
		return 0
	}
	value := int(c.from[0])
	c.from = c.from[1:]
	return value % n
}

// one reports true once in n times.
func (c *choices) one(n int) bool { return c.number(n) == n-1 }

func (c *choices) of(texts ...string) string { return texts[c.number(len(texts))] }

func (c *choices) space() {
	if c.one(12) {
		c.out.WriteString(c.of(" ", "\n", "\t\r ", "  ", "\v"))
	}
}

func (c *choices) value(t reflect.Type, depth int) {
	if c.one(16) {
		c.out.WriteString("null")
		return
	}
	if c.one(20) { // another type
		t = reflect.TypeOf(someTypes[c.number(len(someTypes))])
	}
	if depth > 6 || len(c.from) == 0 && depth > 2 {
		c.out.WriteString("null")
		return
	}
	switch t.Kind() {
	case reflect.Bool:
		c.out.WriteString(c.of("true", "false"))
	case reflect.String:
		c.text()
	case reflect.Struct:
		if implements(t, unmarshalerType) || implements(t, textUnmarshalerType) {
			c.custom()
			return
		}
		c.object(t, depth)
	case reflect.Map:
		c.object(t, depth)
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 && !c.one(4) {
			c.out.WriteString(c.of(`""`, `"aGVsbG8="`, `"aGVsbG8"`, `"AA=="`, `"_-=="`, `"a b="`, `"aGVs\nbG8="`,
				`"AAE="`, `"\/\/8="`, `"\u0041A=="`, "\"AA\n==\"", `"AA\r\n=="`, `"`, `"AA==`, `"AA=="x`))
			return
		}
		c.out.WriteByte('[')
		for i := range c.number(4) {
			if i > 0 {
				c.out.WriteByte(',')
			}
			c.space()
			c.value(t.Elem(), depth+1)
			c.space()
		}
		c.out.WriteByte(']')
	case reflect.Pointer:
		c.value(t.Elem(), depth)
	case reflect.Interface:
		c.value(reflect.TypeOf(someTypes[c.number(len(someTypes))]), depth+1)
	default:
		c.numeral()
	}
}

func (c *choices) custom() {
	switch c.number(6) {
	case 0:
		c.out.WriteString(c.of(
			`"2026-05-15T06:01:09.693Z"`, `"2026-05-15T06:01:09+02:00"`, `"2026-05-15 06:01"`, `"2026-05-15T6:01:09Z"`,
		))
	case 1:
		c.numeral()
	case 2:
		c.text()
	case 3:
		c.attribute(0)
	case 4:
		c.out.WriteString(c.of(`{ "a" : [ 1 ] }`, `[]`, `{}`, `[1,{"a":2}]`, `true`))
	case 5:
		c.out.WriteString(c.of(`{"key":"a%20b+c","size":1}`, `{"key":"%"}`))
	}
}

// attribute writes a value of DynamoDB, or what is almost one.
func (c *choices) attribute(depth int) {
	if depth > 4 || c.one(20) {
		c.out.WriteString(c.of("null", "{}", `{"X":1}`, `{"S":"a","N":"1"}`, `{"S":1}`, `"S"`, `{"s":"a"}`,
			`{"L":null}`))
		return
	}
	label := c.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M")
	c.space()
	c.out.WriteString(`{"` + label + `":`)
	c.space()
	switch label {
	case "S", "N":
		c.text()
	case "B":
		c.value(reflect.TypeOf([]byte(nil)), 3)
	case "BOOL", "NULL":
		c.out.WriteString(c.of("true", "false", "null", "tru", "1"))
	case "SS", "NS":
		c.value(reflect.TypeOf([]string(nil)), 3)
	case "BS":
		// Of anything but a string in it, the method panics.
		c.out.WriteString(c.of(`["AA=="]`, `["AA==" , ""]`, "[]", `["!"]`, "null", `"AA=="`))
	case "L":
		c.out.WriteByte('[')
		for i := range c.number(4) {
			if i > 0 {
				c.out.WriteByte(',')
			}
			c.attribute(depth + 1)
		}
		c.out.WriteByte(']')
	case "M":
		c.out.WriteByte('{')
		for i := range c.number(4) {
			if i > 0 {
				c.out.WriteByte(',')
			}
			c.text()
			c.out.WriteByte(':')
			c.attribute(depth + 1)
		}
		c.out.WriteByte('}')
	}
	c.space()
	c.out.WriteByte('}')
}

func (c *choices) numeral() {
	c.out.WriteString(c.of("1", "0", "-1", "12", "127", "128", "-128", "255", "256", "65536", "4294967296", "1.5", "-0",
		"9007199254740993", "9223372036854775807", "9223372036854775808", "18446744073709551615", "1e3", "1E400", "0.1",
		"-1.25e-7", "100000000000000000000", "01", "1.", "+1", "-", "3.4e39", "1e-400", "123456789012345678", "true",
		`"1"`))
}

func (c *choices) text() {
	c.out.WriteByte('"')
	c.out.WriteString(c.of("", "a", "text of twelve", strings.Repeat("0123456789abcdef", 9), "é", "<&>", "\u2028"))
	for range c.number(4) {
		c.out.WriteString(c.of("a", `\"`, `\\`, `\/`, `\n`, `\b\f\r\t`, `\u0041`, `\u00e9`, `\u2028`, `\ud83d\ude42`,
			`\ud83d`, `\ude42\ud83d`, `\u0000`, "\x7f", "🙂", "\xff", "\xed\xa0\x80", "1234567", "12345678", `\x`,
			"\x01", `{"a":[1]}`))
	}
	c.out.WriteByte('"')
}

func (c *choices) object(t reflect.Type, depth int) {
	c.out.WriteByte('{')
	first := true
	member := func(name string, value reflect.Type) {
		if !first {
			c.out.WriteByte(',')
		}
		first = false
		c.space()
		if c.one(30) {
			name = strings.ToUpper(name)
		}
		if c.one(60) {
			name = strings.NewReplacer("k", "\u212a", "s", "ſ", "e", "E").Replace(name)
		}
		quoted := strconv.Quote(name)
		if c.one(60) && len(name) > 0 {
			quoted = fmt.Sprintf(`"\u%04x%s"`, name[0], name[1:])
		}
		c.out.WriteString(quoted)
		c.space()
		c.out.WriteByte(':')
		c.space()
		c.value(value, depth+1)
		c.space()
	}
	if t.Kind() == reflect.Map {
		for range c.number(5) {
			member(c.of("a", "b", "key", "1", "-5", "300", "", "Content-Type", "é"), t.Elem())
		}
	} else {
		for i := range t.NumField() {
			f := t.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" {
				name = f.Name
			}
			if c.one(5) {
				continue
			}
			if f.Anonymous && f.Type.Kind() == reflect.Struct && f.Tag == "" {
				for j := range f.Type.NumField() {
					g := f.Type.Field(j)
					if name, _, _ = strings.Cut(g.Tag.Get("json"), ","); name == "" {
						name = g.Name
					}
					member(name, g.Type)
				}
				continue
			}
			member(name, f.Type)
			if c.one(40) {
				member(name, f.Type)
			}
		}
		if c.one(6) {
			member(c.of("unknown", "Résumé", "", "a", "x"), reflect.TypeOf(someTypes[c.number(len(someTypes))]))
		}
	}
	c.out.WriteByte('}')
}
