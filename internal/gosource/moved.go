package gosource

import (
	"fmt"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// oldImport returns an error if the application imports package sparta by its old path. The go command's own
// message would be about build constraints, a program or a missing module.
func (a *Application) oldImport() error {
	if !slices.ContainsFunc(a.Packages, func(p *Package) bool {
		return p.ImportPath == ModulePath && p.Name != "sparta" // as it is in versions before the move
	}) {
		return nil
	}
	var places []string
	for _, p := range a.Packages {
		if slices.Contains(p.Imports, ModulePath) {
			places = append(places, importsOf(p, ModulePath)...)
		}
	}
	if len(places) == 0 {
		return nil
	}
	return fmt.Errorf("package sparta has moved: import %q instead of %q in\n\t%s",
		SpartaPath, ModulePath, strings.Join(places, "\n\t"))
}

// importsOf lists where a package's files import a path: file, line and column.
func importsOf(p *Package, path string) []string {
	var places []string
	for _, file := range p.Sources() {
		fset := token.NewFileSet()
		// The parser leaves out what it cannot read: a syntax error is reported later.
		syntax, _ := parser.ParseFile(fset, file, nil, parser.ImportsOnly)
		if syntax == nil {
			continue
		}
		for _, spec := range syntax.Imports {
			if imported, err := strconv.Unquote(spec.Path.Value); err == nil && imported == path {
				places = append(places, fset.Position(spec.Pos()).String())
			}
		}
	}
	return places
}
