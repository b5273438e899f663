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

// reservedNames are those of devices on Windows, and of folders that the go command treats differently.
var reservedNames = []string{"aux", "con", "nul", "prn", "internal", "testdata", "vendor"}

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
	case slices.Contains(reservedNames, strings.ToLower(name)):
		return fmt.Errorf("the application's name is %q, which means something else to the go command or to Windows: "+
			"choose another", name)
	}
	return nil
}

// pathElement is what an element of a module path may consist of: https://go.dev/ref/mod#go-mod-file-ident.
var pathElement = regexp.MustCompile(`^[A-Za-z0-9_~-]([A-Za-z0-9._~-]*[A-Za-z0-9_~-])?$`)

// The go command refuses paths with an element that looks like a short name of Windows, such as PROGRA~1.
var shortName = regexp.MustCompile(`^[^.]*~[0-9]+(\.|$)`)

// reservedPaths mean something else to the go command, or are this module's own, which cannot require itself.
var reservedPaths = []string{"all", "cmd", "go", "std", "tool", "toolchain", "work", gosource.ModulePath}

// CheckModule returns an error if a path cannot be that of a module.
func CheckModule(path string) error {
	const advice = "use a path such as github.com/me/shop"
	if path == "" {
		return errors.New("the module path is empty: " + advice)
	}
	if slices.Contains(reservedPaths, path) {
		return fmt.Errorf("the module path is %q, which means something else to the go command: %s", path, advice)
	}
	if strings.HasPrefix(path, "-") {
		return fmt.Errorf("the module path %q begins with a hyphen: %s", path, advice)
	}
	for element := range strings.SplitSeq(path, "/") {
		base, _, _ := strings.Cut(strings.ToLower(element), ".")
		switch {
		case element == "":
			return fmt.Errorf("the module path %q has an empty element: %s", path, advice)
		case !pathElement.MatchString(element):
			return fmt.Errorf("the module path %q has the element %q: use letters, digits and the characters -._~, "+
				"without a dot at either end", path, element)
		case shortName.MatchString(element):
			return fmt.Errorf("the module path %q has the element %q, which the go command refuses, because it looks "+
				"like a short name of Windows: %s", path, element, advice)
		case slices.Contains(reservedNames[:4], base):
			return fmt.Errorf("the module path %q has the element %q, which is a device on Windows: %s", path, element,
				advice)
		}
	}
	return nil
}
