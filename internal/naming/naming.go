// Package naming derives names for applications, services and functions that have none, and finds what a misspelt name
// was meant to be.
package naming

import (
	"path"
	"path/filepath"
	"strings"
)

// Application returns the name of an application: the last element of its main package's path that is not a major
// version, as for go build, with only characters that any file's name may have.
func Application(importPath string) string {
	base := path.Base(importPath)
	if dir := path.Dir(importPath); isMajorVersion(base) && dir != "." {
		base = path.Base(dir)
	}
	return strings.Map(func(r rune) rune {
		if isLetterOrDigit(r) || strings.ContainsRune("_.-", r) {
			return r
		}
		return '_'
	}, strings.TrimSuffix(base, ".go"))
}

// isMajorVersion reports whether the last element of a path is a major version, as in example.com/orders/v2.
func isMajorVersion(element string) bool {
	number, ok := strings.CutPrefix(element, "v")
	return ok && number != "" && strings.Trim(number, "0123456789") == "" && number[0] != '0' && number != "1"
}

func isLetterOrDigit(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// Folder returns the name of an application by the folder of its main package, or by a file in it.
func Folder(dir string) string {
	name := strings.TrimSuffix(filepath.Base(dir), ".go")
	if parent := filepath.Dir(dir); isMajorVersion(name) && filepath.Dir(parent) != parent {
		return filepath.Base(parent)
	}
	return name
}

// A function's name in AWS is that of its stack, a hyphen and its own.
const (
	maxFunction   = 64 // characters
	shortFunction = "main"
	maxService    = maxFunction - len("-"+shortFunction)
)

// Function returns the name of a service's function: the service's, or a short one if both would not fit into the
// function's name in AWS.
func Function(service string) string {
	if len(service)+len("-")+len(service) > maxFunction {
		return shortFunction
	}
	return strings.ReplaceAll(service, "-", "_")
}

// Service changes a name into that of a service, which is a valid name of a stack.
func Service(name string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if r == '-' || isLetterOrDigit(r) {
			return r
		}
		return '-'
	}, name), "-")
	if name == "" || name[0] <= '9' {
		name = strings.TrimSuffix("app-"+name, "-")
	}
	return strings.TrimRight(name[:min(len(name), maxService)], "-")
}
