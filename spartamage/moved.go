package spartamage

import (
	"fmt"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// spartaPath is where package sparta is. It was at modulePath once.
const spartaPath = modulePath + "/sparta"

// oldImport returns an error if the application imports package sparta from where it was. The go
// command's own words would be of build constraints, of a program, or of a module that is missing.
func (a *application) oldImport() error {
	if !slices.ContainsFunc(a.packages, func(p *goPackage) bool {
		return p.ImportPath == modulePath && p.Name != "sparta" // a version before the move has it
	}) {
		return nil
	}
	var places []string
	for _, p := range a.packages {
		if slices.Contains(p.Imports, modulePath) {
			places = append(places, importsOf(p, modulePath)...)
		}
	}
	if len(places) == 0 {
		return nil
	}
	return fmt.Errorf("package sparta has moved: import %q instead of %q in\n\t%s",
		spartaPath, modulePath, strings.Join(places, "\n\t"))
}

// importsOf lists where a package's files import a path: file, line and column.
func importsOf(p *goPackage, path string) []string {
	var places []string
	for _, file := range p.sources() {
		fset := token.NewFileSet()
		// What the parser cannot read, it leaves out: a syntax error is reported later.
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

// obsoleteMain is the error of a file that calls sparta.Main: it made Sparta's package for Node.js.
func (f *sourceFile) obsoleteMain() error {
	call := f.obsolete[0]
	return fmt.Errorf("%s calls sparta.%s, which does not exist: import %q and call cgo.%s instead",
		f.position(call.node), call.name, cgoPath, call.name)
}
