package mapping

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/sparta"
)

// Setting is a property of a mapping, under its name in CloudFormation.
type Setting struct {
	Name  string
	Value any
}

// Settings are what a mapping sets, in the order of its fields.
func Settings(m *sparta.EventSourceMapping) []Setting {
	list := fields(reflect.ValueOf(*m))
	for i, s := range list {
		switch s.Name {
		case "Disabled":
			list[i] = Setting{"Enabled", false}
		case "MaximumRetryAttempts":
			if m.MaximumRetryAttempts == sparta.NoRetries {
				list[i].Value = int64(0)
			}
		case "FilterCriteria":
			list[i].Value = map[string]any{"Filters": filters(m.FilterCriteria)}
		case "Tags":
			list[i].Value = tags(m.Tags)
		}
	}
	return list
}

// filters renders the patterns of filters as text.
func filters(criteria *sparta.EventSourceFilterCriteria) []any {
	var list []any
	for _, filter := range criteria.Filters {
		text, err := patternText(filter.Pattern)
		if err != nil {
			continue // Check reports it
		}
		list = append(list, map[string]any{"Pattern": text})
	}
	return list
}

func tags(tags map[string]string) []any {
	var list []any
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, map[string]any{"Key": key, "Value": tags[key]})
	}
	return list
}

// fields are those of a struct that are set. CloudFormation's name of a field is that in JSON, capitalized.
func fields(of reflect.Value) []Setting {
	var list []Setting
	for i := range of.NumField() {
		if of.Field(i).IsZero() {
			continue
		}
		name, _, _ := strings.Cut(of.Type().Field(i).Tag.Get("json"), ",")
		if name == "uri" {
			name = "URI"
		}
		list = append(list, Setting{strings.ToUpper(name[:1]) + name[1:], property(of.Field(i))})
	}
	return list
}

// property is a field's value with structs as maps.
func property(of reflect.Value) any {
	switch {
	case of.Kind() == reflect.Pointer:
		return property(of.Elem())
	case of.Kind() == reflect.Struct:
		properties := map[string]any{}
		for _, s := range fields(of) {
			properties[s.Name] = s.Value
		}
		return properties
	case of.Kind() == reflect.Slice && of.Type().Elem().Kind() == reflect.Struct:
		var list []any
		for i := range of.Len() {
			list = append(list, property(of.Index(i)))
		}
		return list
	}
	return of.Interface()
}
