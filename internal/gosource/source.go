package gosource

import (
	"path/filepath"
	"slices"
	"strings"
)

// extensions are those of files that the go command compiles.
var extensions = []string{
	".go", ".c", ".cc", ".cpp", ".cxx", ".m", ".h", ".hh", ".hpp", ".hxx", ".f", ".F", ".for", ".f90", ".s", ".S",
	".sx", ".swig", ".swigcxx", ".syso",
}

// IsSource reports whether the go command considers files of this name for a package, without its tests.
func IsSource(name string) bool {
	return slices.Contains(extensions, filepath.Ext(name)) && !strings.HasSuffix(name, "_test.go") && !isHidden(name)
}

// isTest reports whether the go command considers files of this name for the tests of a package.
func isTest(name string) bool { return strings.HasSuffix(name, "_test.go") && !isHidden(name) }

// isHidden reports whether the go command ignores files of this name.
func isHidden(name string) bool { return name[0] == '.' || name[0] == '_' }
