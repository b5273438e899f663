//go:build go1.21

package typed

import (
	"encoding/base64"
	"reflect"
)

// attribute has the fields of aws-lambda-go's DynamoDBAttributeValue, which are not exported.
type attribute struct {
	value    any
	dataType int
}

// What an attribute's dataType says of its value, in aws-lambda-go's order.
const (
	isBytes = iota
	isBool
	isByteLists
	isList
	isMap
	isNumber
	isNumbers
	isNull
	isText
	isTexts
)

// attributeDecoder decodes DynamoDBAttributeValues: {"S":"text"}, {"M":{"a":{"N":"1"}}}.
type attributeDecoder struct{ typ, list, mapped reflect.Type }

// decodeAttribute returns nil if DynamoDBAttributeValue is not as it is known here.
func decodeAttribute(t reflect.Type) decodeFunc {
	if t.Kind() != reflect.Struct || t.NumField() != 2 {
		return nil
	}
	value, dataType := t.Field(0).Type, t.Field(1).Type
	if value.Kind() != reflect.Interface || value.NumMethod() != 0 || dataType.Kind() != reflect.Int {
		return nil
	}
	a := &attributeDecoder{t, reflect.SliceOf(t), reflect.MapOf(reflect.TypeOf(""), t)}
	return likeMethod(t, a.decode,
		`{"B":"AAEqQQ=="}`, `{"BOOL":true}`, `{"BS":["AAEqQQ==",""]}`, `{"N":"1.5"}`, `{"NS":["1","2"]}`,
		`{"NULL":true}`, `{"S":"text"}`, `{"SS":["a","b"]}`, `{"L":[{"S":"a"},{"BOOL":false}]}`,
		`{"M":{"a":{"N":"1"}}}`, `{"L":[]}`, `{"M":{}}`, `{"SS":[]}`, `{"NS":[]}`, `{"BS":[]}`)
}

func (a *attributeDecoder) decode(d *decoder, i int, into reflect.Value) int {
	if d.at(i) != '{' {
		return decodeUnmarshaler(d, i, into)
	}
	return a.attribute(d, i, (*attribute)(into.Addr().UnsafePointer()))
}

// attribute decodes the object at i, which must have one member.
func (a *attributeDecoder) attribute(d *decoder, i int, into *attribute) int {
	if d.at(i) != '{' {
		return -1
	}
	i, more := d.first(i+1, '}')
	if !more {
		return -1
	}
	label, value := d.name(i)
	if value < 0 {
		return -1
	}
	if i, more = d.next(a.labelled(d, string(label), value, into), '}'); more {
		return -1
	}
	return i
}

// labelled decodes the value at i whose type has this label.
func (a *attributeDecoder) labelled(d *decoder, label string, i int, into *attribute) (end int) {
	switch label {
	case "S":
		into.dataType = isText
		into.value, end = d.text(i)
	case "N":
		into.dataType = isNumber
		into.value, end = d.text(i)
	case "BOOL":
		into.dataType = isBool
		into.value, end = d.boolean(i)
	case "NULL":
		into.dataType = isNull
		_, end = d.boolean(i)
	case "B":
		into.dataType = isBytes
		into.value, end = d.base64(i)
	case "SS":
		into.dataType = isTexts
		into.value, end = listOf(d, i, d.text)
	case "NS":
		into.dataType = isNumbers
		into.value, end = listOf(d, i, d.text)
	case "BS":
		into.dataType = isByteLists
		into.value, end = listOf(d, i, d.base64)
	case "L":
		into.dataType = isList
		into.value, end = a.elements(d, i)
	case "M":
		into.dataType = isMap
		into.value, end = a.members(d, i)
	default:
		return -1
	}
	return end
}

func (a *attributeDecoder) elements(d *decoder, i int) (list any, end int) {
	if d.at(i) != '[' {
		return nil, -1
	}
	values := reflect.New(a.list).Elem()
	values.Set(reflect.MakeSlice(a.list, 0, 0))
	i, more := d.first(i+1, ']')
	for n := 0; more; n++ {
		if n == values.Cap() {
			values.Grow(1)
		}
		values.SetLen(n + 1)
		i = a.attribute(d, i, (*attribute)(values.Index(n).Addr().UnsafePointer()))
		i, more = d.next(i, ']')
	}
	return values.Interface(), i
}

func (a *attributeDecoder) members(d *decoder, i int) (mapped any, end int) {
	if d.at(i) != '{' {
		return nil, -1
	}
	values := reflect.MakeMap(a.mapped)
	key, value := reflect.New(a.mapped.Key()).Elem(), reflect.New(a.typ).Elem()
	i, more := d.first(i+1, '}')
	n := 0
	for ; more; n++ {
		name, start := d.key(i)
		if start < 0 {
			return nil, -1
		}
		value.SetZero()
		i = a.attribute(d, start, (*attribute)(value.Addr().UnsafePointer()))
		key.SetString(name)
		values.SetMapIndex(key, value)
		i, more = d.next(i, '}')
	}
	if n != values.Len() {
		return nil, -1 // a name occurs twice
	}
	return values.Interface(), i
}

// base64 decodes the string at i.
func (d *decoder) base64(i int) (data []byte, end int) {
	text, end := d.text(i)
	if end < 0 {
		return nil, -1
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, -1
	}
	return data, end
}
