// Package goflags parses and writes flags like the go command: GOFLAGS, build tags, linker flags.
package goflags

import (
	"fmt"
	"slices"
	"strings"
)

// Split splits a list of flags by the rules of the go command: white space separates fields, a field that
// begins with ' or " ends at the next such quote, and there are no escapes.
func Split(list string) ([]string, error) {
	var fields []string
	for {
		list = strings.TrimLeft(list, " \t\n\r")
		if list == "" {
			return fields, nil
		}
		end, skip := strings.IndexAny(list, " \t\n\r"), 0
		if quote := list[:1]; quote == "'" || quote == `"` {
			list = list[1:]
			if end, skip = strings.Index(list, quote), 1; end < 0 {
				return nil, fmt.Errorf("a %s has no closing %s", quote, quote) // the text may be secret
			}
		} else if end < 0 {
			end = len(list)
		}
		fields, list = append(fields, list[:end]), list[end+skip:]
	}
}

// Join is the inverse of Split.
func Join(fields []string) (string, error) {
	quoted := make([]string, len(fields))
	for i, field := range fields {
		switch {
		case field != "" && !strings.ContainsAny(field, " \t\n\r") && !strings.ContainsAny(field[:1], "'\""):
			quoted[i] = field
		case !strings.Contains(field, "'"):
			quoted[i] = "'" + field + "'"
		case !strings.Contains(field, `"`):
			quoted[i] = `"` + field + `"`
		default:
			return "", fmt.Errorf("flag %q contains both kinds of quotes, which the go command does not support",
				withoutValue(field))
		}
	}
	return strings.Join(quoted, " "), nil
}

// withoutValue hides the value of a flag, which may be secret.
func withoutValue(field string) string {
	if name, _, assigned := strings.Cut(field, "="); assigned {
		return name + "=…"
	}
	return field
}

// MergeTags returns the set of build tags in lists of tags that are separated by commas or spaces. The set is
// sorted, so that the order of settings changes neither cache keys nor bytes.
func MergeTags(lists ...string) []string {
	var tags []string
	for _, list := range lists {
		tags = append(tags, strings.FieldsFunc(list, func(r rune) bool {
			return r == ',' || r == ' ' || r == '\t' || r == '\n'
		})...)
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}
