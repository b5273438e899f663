package goflags

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

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

// KeepSymbols puts flags that keep the symbols for a debugger after the user's linker flags, which may strip them.
func KeepSymbols(user string) string {
	fields, err := Split(strings.TrimPrefix(strings.TrimSpace(user), "all="))
	if err == nil {
		if joined, err := Join(append(fields, "-s=false", "-w=false")); err == nil {
			return joined
		}
	}
	return user // CheckLinker or go build reports it
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
