//go:build go1.21

package typed

import (
	"reflect"
	"strings"
)

// field is a field of a struct, or of one that is embedded in it, as encoding/json names it.
type field struct {
	name      string
	index     []int
	typ       reflect.Type
	omitEmpty bool
}

// in returns the field's value.
func (f *field) in(v reflect.Value) reflect.Value {
	for _, i := range f.index {
		v = v.Field(i)
	}
	return v
}

// fieldsOf lists the fields of a struct in the order in which they are encoded. It reports false for structs to which
// one of encoding/json's finer rules applies: embedded pointers, names that hide others, options.
func fieldsOf(t reflect.Type) (fields []field, ok bool) {
	if fields, ok = appendFields(nil, t, nil); !ok {
		return nil, false
	}
	names := make(map[string]bool, len(fields))
	for _, f := range fields {
		if names[f.name] {
			return nil, false
		}
		names[f.name] = true
	}
	return fields, t.NumField() == 0 || len(fields) > 0
}

func appendFields(fields []field, t reflect.Type, index []int) (_ []field, ok bool) {
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		tag, tagged := f.Tag.Lookup("json")
		if tag == "-" || !tagged && !f.Anonymous && !f.IsExported() {
			continue
		}
		path := append(index[:len(index):len(index)], i)
		switch {
		case f.Anonymous && tag == "":
			if f.Type.Kind() != reflect.Struct || decodesItself(f.Type) || encodesItself(f.Type) {
				return nil, false
			}
			if fields, ok = appendFields(fields, f.Type, path); !ok {
				return nil, false
			}
			continue
		case !f.IsExported():
			return nil, false
		}
		name, option, _ := strings.Cut(tag, ",")
		if name == "" {
			name = f.Name
		}
		if !isPlainName(name) || option != "" && option != "omitempty" {
			return nil, false
		}
		fields = append(fields, field{name: name, index: path, typ: f.Type, omitEmpty: option != ""})
	}
	return fields, true
}

// isPlainName reports whether a name has only characters about which all versions of encoding/json agree.
func isPlainName(name string) bool {
	for _, c := range name {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && !('0' <= c && c <= '9') && !strings.ContainsRune("_-.:/@$", c) {
			return false
		}
	}
	return name != "-" && name != ""
}
