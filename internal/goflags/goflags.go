// Package goflags reads and writes the flags of the go command as it does itself: GOFLAGS, build
// tags, linker flags.
package goflags

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// Split divides a flag list into fields by the go command's own rule: white space divides, a
// field that begins with ' or " goes on to the next one of the same kind, and nothing is escaped.
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

// Join undoes splitFlags.
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
			return "", fmt.Errorf("flag %q holds both kinds of quotes, which the go command cannot express", field)
		}
	}
	return strings.Join(quoted, " "), nil
}

// CheckLinker says why linker flags cannot be merged into a build's.
func CheckLinker(flags string) error {
	fields, err := Split(strings.TrimPrefix(strings.TrimSpace(flags), "all="))
	if err != nil {
		return fmt.Errorf("read linker flags: %w", err)
	}
	if len(fields) > 0 && !strings.HasPrefix(fields[0], "-") {
		return fmt.Errorf("read linker flags: %q is no flag: write them as for go build -ldflags, such as -X main.version=1.2", fields[0])
	}
	_, err = Join(fields)
	return err
}

// MergeLinker puts the user's linker flags behind "-s -w", which strip the symbols that nothing
// in Lambda reads: a quarter of the library. The user's come last and so win: -s=false -w=false
// keeps them. What is stripped need not be compressed: the linker would first compile and link a
// program, a tenth of a build's time, to see whether it can.
func MergeLinker(user string) string {
	// The pattern says which packages the flags are for; there is one that is linked.
	user = strings.TrimPrefix(strings.TrimSpace(user), "all=")
	fields, err := Split(user)
	if err != nil { // checkLDFlags has told the user, or go build will
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

// undoes tells the flags, such as -s=false, that switch the named one off.
func undoes(name string) func(flag string) bool {
	return func(flag string) bool {
		found, text, assigned := strings.Cut(strings.TrimLeft(flag, "-"), "=")
		on, err := strconv.ParseBool(text)
		return assigned && found == name && err == nil && !on
	}
}

// RedactLinker hides the values that -X gives variables: a line in a log outlives a build.
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

// Inherited are what the user's GOFLAGS, from the environment or `go env -w`, mean for a build.
type Inherited struct {
	Tags    []string // -tags: merged with the build's, which would override them
	LDFlags string   // -ldflags, likewise
	modFile string   // -modfile: stands in for go.mod
	Rest    string   // GOFLAGS without the merged ones, and with -mod=readonly for -mod=mod
}

// ModFile is the absolute path of the file that stands in for go.mod, where the go command runs in
// dir, or empty.
func (f Inherited) ModFile(dir string) string {
	if f.modFile == "" {
		return ""
	}
	return files.Absolute(dir, f.modFile)
}

// Read divides a value of GOFLAGS.
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
			// A build does not edit go.mod: what it lacks is told. Neither value looks into vendor/.
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

// MergeTags is the set of build tags in lists, each of which may hold several tags divided by
// commas or spaces. It is sorted, so that the order of settings changes neither cache keys nor bytes.
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
