package goflags

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

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

// Trimpath reports whether a value of GOFLAGS has -trimpath.
func Trimpath(value string) bool {
	fields, _ := Split(value)
	on := false
	for _, field := range fields {
		name, text, assigned := strings.Cut(strings.TrimLeft(field, "-"), "=")
		if name == "trimpath" {
			value, err := strconv.ParseBool(text)
			on = !assigned || err == nil && value
		}
	}
	return on
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
