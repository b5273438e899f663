package gosource

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
)

// ExcludedMain returns the name of a file that declares func main, but that a build constraint excludes, or "".
func (p *Package) ExcludedMain() string {
	for _, name := range p.IgnoredGoFiles {
		path := filepath.Join(p.Dir, name)
		syntax, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err == nil && syntax.Name.Name == "main" && DeclaresMain(syntax) {
			return name
		}
	}
	return ""
}

// DeclaresMain reports whether a file declares func main.
func DeclaresMain(syntax *ast.File) bool {
	return slices.ContainsFunc(syntax.Decls, func(d ast.Decl) bool {
		function, ok := d.(*ast.FuncDecl)
		return ok && function.Recv == nil && function.Name.Name == "main"
	})
}
