package gosource

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
)

// originalPath is the import path of the original Sparta's root package in its versions 0 and 1.
const originalPath = "github.com/mweagle/Sparta"

// Original returns the version of the original Sparta if the application is one of its version 1, unchanged: a package
// other than Sparta's own calls sparta.Main or sparta.MainEx. Otherwise it returns an empty version.
func (a *Application) Original() string {
	root := a.Find(originalPath)
	if root == nil || root.Module == nil {
		return ""
	}
	if root.Module.Replace == nil && !strings.HasPrefix(root.Module.Version, "v1.") {
		return ""
	}
	for _, p := range a.Packages {
		_, own := originalFolder(p.ImportPath)
		if !own && slices.Contains(p.Imports, originalPath) && a.callsOriginalMain(p) {
			return root.Version()
		}
	}
	return ""
}

// callsOriginalMain reports whether one of the package's files calls Main or MainEx of the original Sparta.
func (a *Application) callsOriginalMain(p *Package) bool {
	return slices.ContainsFunc(p.Sources(), func(path string) bool {
		content, err := os.ReadFile(a.Overlay.Path(path))
		if err != nil {
			return false // the go command reports it
		}
		syntax, _ := parser.ParseFile(token.NewFileSet(), path, content, parser.SkipObjectResolution)
		return syntax != nil && callsMainOf(syntax, originalPath, "sparta")
	})
}

// callsMainOf reports whether a file calls Main or MainEx of a package, which has a name unless the import renames it.
func callsMainOf(file *ast.File, path, name string) (found bool) {
	imported := false
	for _, spec := range file.Imports {
		if text, err := strconv.Unquote(spec.Path.Value); err == nil && text == path {
			imported = true
			if spec.Name != nil {
				name = spec.Name.Name
			}
		}
	}
	if !imported {
		return false
	}
	isMain := func(id *ast.Ident) bool { return id.Name == "Main" || id.Name == "MainEx" }
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.SelectorExpr:
			of, _ := node.X.(*ast.Ident)
			found = found || of != nil && of.Name == name && isMain(node.Sel)
		case *ast.CallExpr:
			called, _ := node.Fun.(*ast.Ident)
			found = found || name == "." && called != nil && isMain(called)
		}
		return !found
	})
	return found
}
