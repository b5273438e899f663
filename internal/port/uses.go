package port

import (
	"go/ast"
	"slices"
)

// usesOriginal reports whether a file imports what a port changes.
func usesOriginal(f *file) bool {
	return usesSparta(f) || slices.ContainsFunc(f.syntax.Imports, func(imported *ast.ImportSpec) bool {
		path, _ := pathOf(imported)
		return isGocf(path)
	})
}

// usesSparta reports whether a file imports a package of the original.
func usesSparta(f *file) bool {
	return slices.ContainsFunc(f.syntax.Imports, func(imported *ast.ImportSpec) bool {
		path, _ := pathOf(imported)
		_, original := originalFolder(path)
		return original
	})
}
