package typed

//lint:file-ignore SA5008,U1000 tags are wrong and fields unused on purpose

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"reflect"
	"strings"
	"time"
)

// oddTypes has a value of each type that encoding/json treats in a way of its own.
var oddTypes = []any{
	"", false, 0, int8(0), uint8(0), uint64(0), float32(0), 0.0, uintptr(0), complex(0, 0), time.Duration(0),
	json.Number(""),
	[]json.Number{},
	map[json.Number]int{},
	json.RawMessage{},
	(*json.RawMessage)(nil),
	[]byte{},
	[][]byte{},
	[3]byte{},
	[2]string{},
	namedBytes{},
	[]namedByte{},
	[]int8{},
	[]*int{},
	[][]string{},
	map[string]string{},
	namedMap{},
	map[namedString]namedString{},
	map[string][]string{},
	map[string]any{},
	map[int]string{},
	map[uint8]bool{},
	map[textKey]int{},
	map[pointerTextKey]int{},
	map[string]*plain{},
	map[string]map[string]plain{},
	map[string]byValue{},
	map[string]byPointer{},
	map[string]time.Time{},
	map[float64]int{},
	(*string)(nil), (**int)(nil), (*[]string)(nil), (*map[string]int)(nil),
	plain{},
	&plain{},
	[]plain{},
	nested{},
	list{},
	tree{},
	embedding{},
	&embedding{},
	embedsPointer{},
	embedsTwice{},
	hides{},
	tagsEmbedded{},
	embedsTime{},
	embedsInterface{},
	embedsText{},
	embedsString{},
	embedsSelf{},
	caseless{},
	quoted{},
	zero{},
	dashes{},
	oddNames{},
	invalidNames{},
	unexported{},
	empties{},
	methods{},
	&methods{},
	[]methods{},
	anonymous{},
	interfaces{},
	struct{}{},
	[0]int{},
	[]struct{}{},
	unsupported{},
	time.Time{},
	&time.Time{},
	[]time.Time{},
	byValue{},
	byPointer{},
	mapByValue{},
	textByValue(0),
	textByPointer{},
	[]byValue{},
	[]byPointer{},
	[]*byPointer{},
	[]textByValue{},
	[]textByPointer{},
	[]any{},
	pointers{},
	fails{},
	struct {
		A any
		B *any
		C []any
		D map[string]any
	}{},
	// go vet would refuse these.
	structOf(reflect.StructField{Name: "A", Type: reflect.TypeOf(0), Tag: `json:"a, omitempty"`}),
	structOf(reflect.StructField{Name: "a", Type: reflect.TypeOf(0), Tag: `json:"a"`, PkgPath: "example.com/a"}),
	structOf(reflect.StructField{Name: "A", Type: reflect.TypeOf(0), Tag: `json:"a",omitempty`}),
	structOf(reflect.StructField{Name: "A", Type: reflect.TypeOf(0), Tag: `json`}),
	structOf(reflect.StructField{Name: "A", Type: reflect.TypeOf(0), Tag: `json:"x"`},
		reflect.StructField{Name: "B", Type: reflect.TypeOf(0), Tag: `json:"x"`}),
	struct{ time.Time }{},
	[]struct{ byPointer }{},
	struct {
		E struct{ byPointer }
		F *struct{ byValue }
	}{},
}

type (
	namedBytes  []byte
	namedByte   byte
	namedString string
	namedMap    map[string]string

	plain struct {
		A string             `json:"a"`
		B int                `json:"b"`
		C float64            `json:"c,omitempty"`
		D bool               `json:"d,omitempty"`
		E *string            `json:"e,omitempty"`
		F []string           `json:"f,omitempty"`
		G map[string]float32 `json:"g,omitempty"`
		H uint16
		I [2]int `json:",omitempty"`
	}
	nested struct {
		Plain  plain             `json:"plain"`
		Many   []plain           `json:"many"`
		Named  map[string]plain  `json:"named"`
		Maybe  *plain            `json:"maybe"`
		Times  []time.Time       `json:"times,omitempty"`
		Bytes  []byte            `json:"bytes,omitempty"`
		Raw    json.RawMessage   `json:"raw,omitempty"`
		Texts  map[string]string `json:"texts,omitempty"`
		Number json.Number       `json:"number,omitempty"`
	}
	list struct {
		Value int   `json:"value"`
		Next  *list `json:"next"`
	}
	tree struct {
		Leaves []tree          `json:"leaves,omitempty"`
		Names  map[string]tree `json:"names,omitempty"`
		any    any
	}

	Upper struct {
		X int    `json:"x"`
		Y string `json:"y,omitempty"`
	}
	lower struct {
		Z  int `json:"z"`
		no int
	}
	embedding struct {
		First string `json:"first"`
		Upper
		lower
		Last string `json:"last"`
	}
	embedsPointer struct {
		*Upper
		*lower
		A int
	}
	embedsTwice struct {
		Upper
		embedding
	}
	hides struct {
		Upper
		X string `json:"x"`
	}
	tagsEmbedded struct {
		Upper `json:"upper"`
		lower `json:"lower"`
	}
	embedsTime struct {
		time.Time
		A int `json:"a"`
	}
	embedsInterface struct {
		error
		fmt.Stringer
		A int
	}
	embedsText struct {
		textByPointer
		A int
	}
	embedsString struct {
		namedString
		Text
	}
	Text       string
	embedsSelf struct {
		A int
		*embedsSelf
	}
	caseless struct {
		A string `json:"name"`
		B string `json:"Name"`
		C string `json:"kelvin"`
		D string `json:"long_name"`
	}
	quoted struct {
		A int      `json:"a,string"`
		B string   `json:"b,string"`
		C *bool    `json:"c,omitempty,string"`
		D []string `json:"d,string"`
	}
	zero struct {
		A int       `json:"a,omitzero"`
		B time.Time `json:",omitzero"`
		C plain     `json:"c,omitempty,omitzero"`
	}
	dashes struct {
		A int `json:"-"`
		B int `json:"-,"`
		C int `json:","`
		D int `json:"d,"`
		E int `json:",omitempty,unknown"`
	}
	oddNames struct {
		A int `json:"ä"`
		B int `json:"a b"`
		C int `json:"a<b&c"`
		Ä int
		D int `json:"a/b.c-d_e:f@g$h"`
		E int `xml:"e"`
		F int `json:""`
	}
	invalidNames struct {
		A int `json:"a\"b"`
		B int `json:"'b'"`
		C int "json:\"c\xff\""
		D int `json:"e\\f"`
		E int `json:",embed"`
		F int `json:",case:ignore"`
		G int `json:",format:x"`
	}
	unexported struct{ a, b int }

	empties struct {
		A map[string]int  `json:"a,omitempty"`
		B []int           `json:"b,omitempty"`
		C *int            `json:"c,omitempty"`
		D any             `json:"d,omitempty"`
		E [0]int          `json:"e,omitempty"`
		F [1]int          `json:"f,omitempty"`
		G struct{}        `json:"g,omitempty"`
		H time.Time       `json:"h,omitempty"`
		I byValue         `json:"i,omitempty"`
		J namedString     `json:"j,omitempty"`
		K json.RawMessage `json:"k,omitempty"`
		L uint8           `json:"l,omitempty"`
		M float32         `json:"m,omitempty"`
		N []byte          `json:"n,omitempty"`
		O complex128      `json:"-"`
	}
	methods struct {
		A byValue
		B byPointer
		C *byPointer
		D textByValue
		E textByPointer
		F *textByPointer
		G mapByValue
		H map[string]byPointer
		I []byPointer
		J [1]byPointer
	}
	anonymous struct {
		A struct {
			B struct{ C int } `json:"b"`
		}
		D []struct{ E string }
		F struct {
			plain
			G int
		}
	}
	interfaces struct {
		A any
		B error
		C fmt.Stringer
		D json.Unmarshaler
	}
	unsupported struct {
		A func()
		B chan int
		C complex64
		D int
		E map[struct{ a int }]int
	}
	pointers struct {
		A **string
		B *[]*int
		C *map[string]*bool
		D ***plain
		E *any
	}

	byValue       struct{ text string }
	byPointer     struct{ text string }
	mapByValue    map[string]string
	textByValue   int
	textByPointer struct{ text string }
	textKey       struct{ text string }
	fails         struct {
		A int
		B failing
	}
	failing        struct{}
	pointerTextKey string
)

func (v byValue) MarshalJSON() ([]byte, error)     { return json.Marshal("<v> " + v.text) }
func (v *byValue) UnmarshalJSON(data []byte) error { v.text = string(data); return nil }
func (v *byPointer) MarshalJSON() ([]byte, error) {
	return []byte(` { "p" : "<` + "\u2028" + `>" } `), nil
}

func (v *byPointer) UnmarshalJSON(data []byte) error {
	v.text += string(data)
	clear(data) // it is the method's
	return nil
}

func (v mapByValue) UnmarshalJSON(data []byte) error {
	if v != nil {
		v["data"] = string(data)
	}
	return nil
}

func (v textByValue) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "<%d>", int(v)), nil }

func (v *textByPointer) MarshalText() ([]byte, error)    { return []byte("<" + v.text + ">\xff"), nil }
func (v *textByPointer) UnmarshalText(text []byte) error { v.text = "u" + string(text); return nil }
func (v textKey) MarshalText() ([]byte, error)           { return []byte("k" + v.text), nil }
func (v *textKey) UnmarshalText(text []byte) error {
	v.text = strings.ToUpper(string(text))
	return nil
}

func (v *pointerTextKey) UnmarshalText(text []byte) error {
	*v = pointerTextKey("p" + string(text))
	return nil
}

func (v *failing) UnmarshalJSON(data []byte) error {
	if len(data) > 3 {
		return errors.New("too long")
	}
	return nil
}

func (v failing) MarshalJSON() ([]byte, error) { return nil, errors.New("never") }

func structOf(fields ...reflect.StructField) any {
	return reflect.New(reflect.StructOf(fields)).Elem().Interface()
}

// someTypes are what the fields of generated types have.
var someTypes = []any{
	"", 0, int8(0), uint32(0), 0.5, float32(0), false,
	[]byte{},
	[]string{},
	map[string]string{},
	map[string]any{},
	plain{},
	&plain{},
	[]plain{},
	map[string][]string{},
	time.Time{},
	byPointer{},
	json.RawMessage{},
	json.Number(""),
	[]any{},
	new(any),
	Upper{},
	namedString(""),
	[2]bool{},
	map[string]plain{},
	&list{},
	textByPointer{},
}

var someTags = []string{
	``, ``, ``, `json:"a"`, `json:"b,omitempty"`, `json:",omitempty"`, `json:"c"`, `json:"-"`, `json:"d,string"`,
	`json:"A"`, `json:"e,omitzero"`,
}

// generatedType returns a struct type for a number.
func generatedType(number uint16) reflect.Type {
	random := rand.New(rand.NewSource(int64(number)))
	var fields []reflect.StructField
	for i := range 1 + random.Intn(6) {
		fields = append(fields, reflect.StructField{
			Name: string(rune('A' + i)),
			Type: reflect.TypeOf(someTypes[random.Intn(len(someTypes))]),
			Tag:  reflect.StructTag(someTags[random.Intn(len(someTags))]),
		})
	}
	return reflect.StructOf(fields)
}

// typeOf returns one of all those types for a number.
func typeOf(number uint16) reflect.Type {
	switch n := int(number); {
	case n < len(eventTypes):
		return reflect.TypeOf(eventTypes[n])
	case n < len(eventTypes)+len(oddTypes):
		return reflect.TypeOf(oddTypes[n-len(eventTypes)])
	case n%7 == 0:
		return reflect.TypeOf((*any)(nil)).Elem()
	default:
		return generatedType(number % 2048)
	}
}

const allTypes = 1 << 11
