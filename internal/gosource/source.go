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
	return slices.Contains(extensions, filepath.Ext(name)) && !strings.HasSuffix(name, "_test.go") &&
		name[0] != '.' && name[0] != '_'
}
