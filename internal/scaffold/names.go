package scaffold

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
)

// A stack's name consists of letters, digits and hyphens. The names of its functions in AWS begin with it and have at
// most 64 characters.
const maxName = 40

var validName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`)

// reservedNames are those of folders that the go command treats differently.
var reservedNames = []string{"internal", "testdata", "vendor"}

// device matches the names of devices on Windows.
var device = regexp.MustCompile(`^(?i:aux|con|nul|prn|com[1-9]|lpt[1-9])$`)

// CheckName returns an error if an application cannot have the name, which is that of its folder, of its stack, and the
// end of its module path.
func CheckName(name string) error {
	switch {
	case name == "":
		return errors.New("the application has no name: name it, for example shop")
	case strings.HasPrefix(name, "-"):
		return fmt.Errorf("the application's name is %q, which looks like a flag: write the name first, for example "+
			"shop -template=api", name)
	case name == ".", name == "..":
		return fmt.Errorf("the application's name is %q, but a new application has a folder of its own: name that, or "+
			"use `init` to add a magefile to the application in this folder", name)
	case strings.ContainsAny(name, `/\`):
		return fmt.Errorf("the application's name is %q: use a name without a path, in the folder where the "+
			"application's folder belongs", name)
	case !validName.MatchString(name):
		return fmt.Errorf("the application's name is %q: it also names the stack, so use letters, digits and "+
			"hyphens, and begin with a letter", name)
	case len(name) > maxName:
		return fmt.Errorf("the application's name has %d characters: it is part of its functions' names in AWS, so "+
			"use at most %d", len(name), maxName)
	case slices.Contains(reservedNames, strings.ToLower(name)), device.MatchString(name):
		return fmt.Errorf("the application's name is %q, which means something else to the go command or to Windows: "+
			"choose another", name)
	}
	return nil
}

// pathElement is what an element of a module path may consist of: https://go.dev/ref/mod#go-mod-file-ident.
var pathElement = regexp.MustCompile(`^[A-Za-z0-9_~-]([A-Za-z0-9._~-]*[A-Za-z0-9_~-])?$`)

// The go command refuses paths with an element that looks like a short name of Windows, such as PROGRA~1.
var shortName = regexp.MustCompile(`^[^.]*~[0-9]+(\.|$)`)

// versionLike matches the ends of paths that the go command takes for a major version, and majorVersion those that it
// accepts. Paths of gopkg.in have to end with what gopkgVersion matches.
var (
	versionLike  = regexp.MustCompile(`/v[0-9.]+$`)
	majorVersion = regexp.MustCompile(`/v([2-9]|[1-9][0-9]+)$`)
	gopkgVersion = regexp.MustCompile(`\.v(0|[1-9][0-9]*(-unstable)?)$`)
)

// reservedPaths mean something else to the go command.
var reservedPaths = []string{"all", "cmd", "go", "std", "tool", "toolchain", "work"}

// CheckModule returns an error if a path cannot be that of a module.
func CheckModule(path string) error {
	const advice = "use a path such as github.com/me/shop"
	if path == "" {
		return errors.New("the module path is empty: " + advice)
	}
	if slices.Contains(reservedPaths, path) {
		return fmt.Errorf("the module path is %q, which means something else to the go command: %s", path, advice)
	}
	if path == gosource.ModulePath {
		return fmt.Errorf("the module path %q is that of the library, which the application requires: %s", path, advice)
	}
	if strings.HasPrefix(path, "-") {
		return fmt.Errorf("the module path %q begins with a hyphen: %s", path, advice)
	}
	for element := range strings.SplitSeq(path, "/") {
		base, _, _ := strings.Cut(element, ".")
		switch {
		case element == "":
			return fmt.Errorf("the module path %q has an empty element: %s", path, advice)
		case !pathElement.MatchString(element):
			return fmt.Errorf("the module path %q has the element %q: use letters, digits and the characters -._~, "+
				"without a dot at either end", path, element)
		case shortName.MatchString(element):
			return fmt.Errorf("the module path %q has the element %q, which the go command refuses, because it looks "+
				"like a short name of Windows: %s", path, element, advice)
		case device.MatchString(base):
			return fmt.Errorf("the module path %q has the element %q, which is a device on Windows: %s", path, element,
				advice)
		}
	}
	return checkVersion(path)
}

// checkVersion returns an error if a path ends with a major version that a module cannot have, or lacks one.
func checkVersion(path string) error {
	if strings.HasPrefix(path, "gopkg.in/") {
		if !gopkgVersion.MatchString(path) {
			return fmt.Errorf("the module path %q does not end with a version, as paths of gopkg.in have to: use a "+
				"path such as gopkg.in/shop.v1", path)
		}
		return nil
	}
	if end := versionLike.FindString(path); end != "" && !majorVersion.MatchString(end) {
		return fmt.Errorf("the module path %q ends with %s, which the go command takes for a major version: use "+
			"/v2 or higher, or end it with something else", path, end)
	}
	return nil
}
