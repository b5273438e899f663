// Package goflags parses and writes flags like the go command: GOFLAGS, build tags, linker flags.
package goflags

import (
	"fmt"
	"path/filepath"
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
		case field != "" && !strings.ContainsAny(field, " \t\n\r'\""):
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

// CheckLinker returns an error if linker flags cannot be merged with those of a build.
func CheckLinker(flags string) error {
	fields, err := Split(strings.TrimPrefix(strings.TrimSpace(flags), "all="))
	if err != nil {
		return fmt.Errorf("read linker flags: %w", err)
	}
	if len(fields) > 0 && !strings.HasPrefix(fields[0], "-") {
		return fmt.Errorf("read linker flags: %q is not a flag: write flags as for go build -ldflags, for example "+
			"-X main.version=1.2", withoutValue(fields[0]))
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

// External returns the flags that linker flags pass to the C compiler: those of -extldflags.
func External(linker string) []string {
	fields, err := Split(strings.TrimPrefix(strings.TrimSpace(linker), "all="))
	if err != nil { // CheckLinker or go build reports it
		return nil
	}
	var external []string
	for i, field := range fields {
		value, ok := strings.CutPrefix(strings.TrimLeft(field, "-"), "extldflags")
		if !ok || value != "" && value[0] != '=' {
			continue
		}
		if value == "" && i+1 < len(fields) {
			value = fields[i+1]
		}
		words, err := Split(strings.TrimPrefix(value, "="))
		if err != nil {
			return nil
		}
		external = append(external, words...)
	}
	return external
}

// undoes returns a function that reports whether a flag, such as -s=false, switches the named one off.
func undoes(name string) func(flag string) bool {
	return func(flag string) bool {
		found, text, assigned := strings.Cut(strings.TrimLeft(flag, "-"), "=")
		on, err := strconv.ParseBool(text)
		return assigned && found == name && err == nil && !on
	}
}

// Redacted returns the arguments of a command as a log may have them: without the values that -ldflags -X sets.
func Redacted(args []string) []string {
	safe := slices.Clone(args)
	for i, arg := range safe {
		if flags, found := strings.CutPrefix(arg, "-ldflags="); found {
			safe[i] = "-ldflags=" + redactLinker(flags)
		}
	}
	return safe
}

// redactLinker hides the values that -X assigns, because logs are kept longer than a build takes.
func redactLinker(flags string) string {
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

// Inherited is what a build inherits from the user's GOFLAGS, which are set in the environment or by `go env -w`.
type Inherited struct {
	Tags    []string // -tags: merged with those of the build, which would override them
	LDFlags string   // -ldflags, likewise
	Rest    string   // GOFLAGS without the merged ones, and with -mod=readonly for -mod=mod

	modFile  string // -modfile: replaces go.mod
	overlay  string // -overlay: a JSON file that replaces sources
	pgo      string // -pgo: a profile, auto or off
	toolexec string // -toolexec: a command that runs the compiler, with its arguments
}

// ModFile returns the absolute path of the file that replaces go.mod if the go command runs in dir, or "".
func (f Inherited) ModFile(dir string) string {
	if f.modFile == "" {
		return ""
	}
	return files.Absolute(dir, f.modFile)
}

// Overlay returns the absolute path of the JSON file that replaces sources if the go command runs in dir, or "".
func (f Inherited) Overlay(dir string) string {
	if f.overlay == "" {
		return ""
	}
	return files.Absolute(dir, f.overlay)
}

// Profile returns the absolute path of the CPU profile that optimizes a main package, if the go command runs in dir,
// or "". The file may not exist: by default, it is the package's default.pgo.
func (f Inherited) Profile(dir, mainPackage string) string {
	switch f.pgo {
	case "off":
		return ""
	case "", "auto":
		return filepath.Join(mainPackage, "default.pgo")
	}
	return files.Absolute(dir, f.pgo)
}

// Toolexec returns the program that runs the compiler, as GOFLAGS names it, or "".
func (f Inherited) Toolexec() string {
	words, err := Split(f.toolexec)
	if err != nil || len(words) == 0 {
		return ""
	}
	return words[0]
}

// Files returns the files and folders that the flags name if the go command runs in dir, and that a container needs. It
// returns an error for a program that a container does not have.
func (f Inherited) Files(dir string) ([]string, error) {
	var paths []string
	if modFile := f.ModFile(dir); modFile != "" {
		paths = append(paths, filepath.Dir(modFile)) // with its .sum
	}
	if profile := f.Profile(dir, ""); filepath.IsAbs(profile) {
		paths = append(paths, profile)
	}
	switch program := f.Toolexec(); {
	case filepath.IsAbs(program):
		paths = append(paths, program)
	case program != "":
		return nil, fmt.Errorf("GOFLAGS has -toolexec=%s, which a container does not have: write its absolute path, "+
			"or build with SPARTA_BUILDER=host", program)
	}
	return paths, nil
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
		case "n", "json", "msan", "asan", "compiler", "linkshared", "pkgdir", "C", "o":
			if reason := unsuitable(name, text); reason != "" {
				return f, fmt.Errorf("GOFLAGS has -%s, %s: remove it for this build", name, reason)
			}
			rest = append(rest, field)
		case "mod":
			// A build does not edit go.mod, but reports what is missing. Neither value uses vendor/.
			rest = append(rest, strings.Replace(field, "=mod", "=readonly", 1))
		default:
			switch name {
			case "modfile":
				f.modFile = text
			case "overlay":
				f.overlay = text
			case "pgo":
				f.pgo = text
			case "toolexec":
				f.toolexec = text
			}
			rest = append(rest, field)
		}
	}
	f.Rest, err = Join(rest)
	return f, err
}

// unsuitable returns why a flag of go build cannot be used for a library that Python loads, or "".
func unsuitable(name, value string) string {
	if on, err := strconv.ParseBool(value); err == nil && !on {
		return "" // -msan=false
	}
	switch name {
	case "n":
		return "which makes the go command print what it would do and do nothing"
	case "json":
		return "which changes the form of the compiler's messages"
	case "msan", "asan":
		return "whose sanitizer Lambda's Python does not contain"
	case "compiler":
		if value != "gc" {
			return "but only the compiler gc makes the library"
		}
	case "linkshared", "pkgdir":
		return "which names compiled packages that Lambda does not have"
	case "C", "o":
		return "which makes the go command use another folder or file"
	}
	return ""
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
