package gosource

import (
	"fmt"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// oldImport returns an error if the application imports packages of the original Sparta, or package sparta by its
// former path. The go command's own message would be about build constraints, a program or a missing module.
func (a *Application) oldImport() error {
	var moved, stale []string
	for _, p := range a.Packages {
		switch replacement, isStale := successor(p.ImportPath); {
		case p.ImportPath == ModulePath && p.Name != "sparta": // as it is in versions before the move
			moved = append(moved, a.placesOf(p.ImportPath)...)
		case isStale && (p.lacksModule() || isOriginalCgo(p.ImportPath)):
			for _, place := range a.placesOf(p.ImportPath) {
				stale = append(stale, place+": "+insteadOf(p.ImportPath, replacement))
			}
		}
	}
	slices.Sort(moved)
	slices.Sort(stale)
	switch {
	case len(stale) > 0:
		for _, place := range moved {
			stale = append(stale, place+": "+insteadOf(ModulePath, SpartaPath))
		}
		return fmt.Errorf("this module replaces the original Sparta; "+
			"run `sparta port` (docs/from-sparta.md), or change these imports:\n\t%s", strings.Join(stale, "\n\t"))
	case len(moved) > 0:
		return fmt.Errorf("package sparta has moved: import %q instead of %q in\n\t%s",
			SpartaPath, ModulePath, strings.Join(moved, "\n\t"))
	}
	return nil
}

// placesOf lists where packages other than the original's import a path.
func (a *Application) placesOf(path string) (places []string) {
	for _, p := range a.Packages {
		if _, original := originalFolder(p.ImportPath); !original && slices.Contains(p.Imports, path) {
			places = append(places, importsOf(p, path)...)
		}
	}
	return places
}

// insteadOf returns what to import instead of a path. The replacement is empty if there is none.
func insteadOf(path, replacement string) string {
	if replacement == "" {
		return fmt.Sprintf("remove %q, which has no successor", path)
	}
	return fmt.Sprintf("import %q instead of %q", replacement, path)
}

// lacksModule reports whether the go command does not know which module has the package, as opposed to one that it
// could not download.
func (p *Package) lacksModule() bool {
	if p.Error == nil {
		return false
	}
	for _, sign := range []string{
		"no required module provides package", "cannot find module providing package", "does not contain package",
		"is not in std", "cannot find package",
	} {
		if strings.Contains(p.Error.Err, sign) && !strings.Contains(p.Error.Err, "dial tcp") {
			return true
		}
	}
	return false
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
