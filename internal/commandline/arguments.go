package commandline

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Arguments returns the arguments that set the flags of a command, which is a pointer to its struct. A field that has
// its zero value adds none, so that the program's default applies, and with it the environment's.
func Arguments(command any) []string {
	var args []string
	for _, flag := range Flags(command) {
		if flag.Negated {
			continue // the field has another flag
		}
		args = append(args, flag.Arguments()...)
	}
	return args
}

// Arguments returns the arguments that set the flag to the field's value, or none if that is zero.
func (f Flag) Arguments() []string {
	var args []string
	for _, value := range f.values() {
		args = append(args, "--"+f.Name+value)
	}
	return args
}

// values returns what follows the name of the flag, once for each time that the flag is given.
func (f Flag) values() []string {
	switch value := f.Value.(type) {
	case *string:
		if *value != "" {
			return []string{"=" + *value}
		}
	case *bool:
		if *value {
			return []string{""}
		}
	case *time.Duration:
		if *value != 0 {
			return []string{"=" + value.String()}
		}
	case *[]string:
		if len(*value) > 0 {
			return []string{"=" + strings.Join(*value, ",")}
		}
	case *map[string]string:
		var pairs []string
		for _, key := range slices.Sorted(maps.Keys(*value)) {
			pairs = append(pairs, "="+pair(key, (*value)[key]))
		}
		return pairs
	}
	return nil
}

// pair returns one entry of a map. Package pflag would change values with quotes, and those with another equals sign,
// whose entry it reads as a record of comma-separated fields: they follow Exact.
func pair(key, value string) string {
	entry := key + "=" + value
	if strings.ContainsAny(entry, `"`) || strings.Contains(value, "=") {
		return Exact + entry
	}
	return entry
}

// Exact is the beginning of an entry of a map that is taken as it is, up to its end. No user writes it, because the
// name of an entry cannot be empty.
const Exact = "="
