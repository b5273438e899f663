// Package goflags parses and writes flags like the go command: GOFLAGS, build tags, linker flags.
package goflags

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
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
				return nil, fmt.Errorf("unterminated %s string in %q", quote, list)
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
		case field != "" && !strings.ContainsAny(field, " \t\n\r'\""):
			quoted[i] = field
		case !strings.Contains(field, "'"):
			quoted[i] = "'" + field + "'"
		case !strings.Contains(field, `"`):
			quoted[i] = `"` + field + `"`
		default:
			return "", fmt.Errorf("flag %q contains both kinds of quotes, which the go command does not support", field)
		}
	}
	return strings.Join(quoted, " "), nil
}

// CheckLinker returns an error if linker flags cannot be merged with those of a build.
func CheckLinker(flags string) error {
	fields, err := Split(strings.TrimPrefix(strings.TrimSpace(flags), "all="))
	if err != nil {
		return fmt.Errorf("read linker flags: %w", err)
	}
	if len(fields) > 0 && !strings.HasPrefix(fields[0], "-") {
		return fmt.Errorf("read linker flags: %q is not a flag: write flags as for go build -ldflags, for example "+
			"-X main.version=1.2", fields[0])
	}
	_, err = Join(fields)
	return err
}

// MergeLinker puts the user's linker flags after "-s -w", which strip the symbols that nothing in Lambda reads:
// a quarter of the library, and a third of the time that linking a deploy program takes. The user's flags come last
// and override these: -s=false -w=false keeps the symbols. Stripped symbols need no compression: to find out whether
// it can compress them, the linker would compile and link a program, which takes a tenth of a build's time.
func MergeLinker(user string) string {
	// The pattern selects packages, but only one is linked.
	user = strings.TrimPrefix(strings.TrimSpace(user), "all=")
	fields, err := Split(user)
	if err != nil { // CheckLinker or go build reports it
		return "-s -w " + user
	}
	merged := []string{"-s", "-w"}
	if !slices.ContainsFunc(fields, undoes("s")) || !slices.ContainsFunc(fields, undoes("w")) {
		merged = append(merged, "-compressdwarf=false")
	}
	joined, err := Join(append(merged, fields...))
	if err != nil {
		return "-s -w " + user
	}
	return joined
}

// undoes returns a function that reports whether a flag, such as -s=false, switches the named one off.
func undoes(name string) func(flag string) bool {
	return func(flag string) bool {
		found, text, assigned := strings.Cut(strings.TrimLeft(flag, "-"), "=")
		on, err := strconv.ParseBool(text)
		return assigned && found == name && err == nil && !on
	}
}

// RedactLinker hides the values that -X assigns, because logs are kept longer than a build takes.
func RedactLinker(flags string) string {
	fields, err := Split(flags)
	if err != nil {
		return "…"
	}
	for i, field := range fields {
		name, _, assigned := strings.Cut(field, "=")
		switch {
		case strings.TrimLeft(name, "-") == "X" && assigned: // -X=main.version=1
			variable, _, _ := strings.Cut(strings.TrimPrefix(field, name+"="), "=")
			fields[i] = name + "=" + variable + "=…"
		case i > 0 && assigned && strings.TrimLeft(fields[i-1], "-") == "X":
			fields[i] = name + "=…"
		}
	}
	joined, err := Join(fields)
	if err != nil {
		return "…"
	}
	return joined
}

// Inherited is what a build takes from the user's GOFLAGS, which come from the environment or `go env -w`.
type Inherited struct {
	Tags    []string // -tags: merged with those of the build, which would override them
	LDFlags string   // -ldflags, likewise
	modFile string   // -modfile: replaces go.mod
	Rest    string   // GOFLAGS without the merged ones, and with -mod=readonly for -mod=mod
}

// ModFile returns the absolute path of the file that replaces go.mod if the go command runs in dir, or "".
func (f Inherited) ModFile(dir string) string {
	if f.modFile == "" {
		return ""
	}
	return files.Absolute(dir, f.modFile)
}

// Read parses a value of GOFLAGS.
func Read(value string) (Inherited, error) {
	var f Inherited
	fields, err := Split(value)
	if err != nil {
		return f, fmt.Errorf("read GOFLAGS: %w", err)
	}
	var rest []string
	for _, field := range fields {
		name, text, _ := strings.Cut(strings.TrimLeft(field, "-"), "=")
		switch name {
		case "tags":
			f.Tags = MergeTags(text)
		case "ldflags":
			f.LDFlags = text
		case "mod":
			// A build does not edit go.mod, but reports what is missing. Neither value uses vendor/.
			rest = append(rest, strings.Replace(field, "=mod", "=readonly", 1))
		default:
			if name == "modfile" {
				f.modFile = text
			}
			rest = append(rest, field)
		}
	}
	f.Rest, err = Join(rest)
	return f, err
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
