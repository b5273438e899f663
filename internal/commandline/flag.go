package commandline

import (
	"os"
	"reflect"
	"strconv"
	"strings"
)

// Flag is the flag that a field of a command's struct describes.
type Flag struct {
	Name, Shorthand string
	Usage           string
	Hidden          bool
	Negated         bool // the field is true if the flag is false; another flag sets the same field
	Value           any  // the field's address: a *string, *bool, *time.Duration, *[]string or *map[string]string

	variables []string // the environment variables that hold its default
	fallback  string   // its default if the environment has none; strings only
}

// Flags lists the flags of a command, which is a pointer to its struct. Structs in it are part of it. Fields without
// a tag are not flags.
func Flags(command any) []Flag {
	return flags(reflect.ValueOf(command).Elem())
}

func flags(command reflect.Value) []Flag {
	var found []Flag
	for i := range command.NumField() {
		field, value := command.Type().Field(i), command.Field(i)
		tag, tagged := field.Tag.Lookup("flag")
		switch {
		case tagged:
			found = append(found, newFlag(tag, field.Tag, value))
			if opposite, ok := field.Tag.Lookup("not"); ok {
				found = append(found, found[len(found)-1].opposite(opposite))
			}
		case field.IsExported() && value.Kind() == reflect.Struct:
			found = append(found, flags(value)...)
		}
	}
	return found
}

func newFlag(name string, tag reflect.StructTag, field reflect.Value) Flag {
	f := Flag{
		Usage:    tag.Get("usage"),
		Hidden:   tag.Get("hidden") != "",
		Value:    field.Addr().Interface(),
		fallback: tag.Get("default"),
	}
	f.Name, f.Shorthand, _ = strings.Cut(name, ",")
	if variables := tag.Get("env"); variables != "" {
		f.variables = strings.Split(variables, ",")
		f.Usage += "; " + strings.Join(f.variables, " or ")
	}
	return f
}

// opposite returns the flag that clears the field that this one sets. Its description is a tag: name,n: usage.
func (f Flag) opposite(description string) Flag {
	name, usage, _ := strings.Cut(description, ": ")
	f.Usage = usage
	f.Name, f.Shorthand, _ = strings.Cut(name, ",")
	f.Negated = true
	return f
}

// SetDefaults sets the fields of a command to its flags' defaults.
func SetDefaults(command any) {
	for _, flag := range Flags(command) {
		flag.SetDefault()
	}
}

// SetDefault sets the field to the flag's default.
func (f Flag) SetDefault() {
	switch value := f.Value.(type) {
	case *string:
		*value = f.fallback
		for _, variable := range f.variables {
			if text := os.Getenv(variable); text != "" {
				*value = text
				return
			}
		}
	case *bool:
		*value = isSet(f.variables)
	}
}

// isSet reports whether one of the environment variables is true. A value that is not a boolean counts as true:
// NOOP=please must not deploy.
func isSet(variables []string) bool {
	for _, variable := range variables {
		value := os.Getenv(variable)
		if value == "" {
			continue
		}
		if yes, err := strconv.ParseBool(value); err != nil || yes {
			return true
		}
	}
	return false
}

// Variables lists the environment variables that hold the flag's default.
func (f Flag) Variables() []string { return f.variables }
