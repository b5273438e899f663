package chores

import (
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// fuzzTarget is a fuzz test.
type fuzzTarget struct {
	name   string
	folder string // of its package, as an argument of the go command
	tags   string // build tags that it needs
}

// libraryTag is the build tag of a library's own files.
const libraryTag = "lambdabinary"

// fuzzTargets lists the fuzz targets of the module in root, and not those of other modules below it.
func fuzzTargets(root string) ([]fuzzTarget, error) {
	modules, err := Find(root, "go.mod")
	if err != nil {
		return nil, err
	}
	files, err := Find(root, "*_test.go")
	if err != nil {
		return nil, err
	}
	var targets []fuzzTarget
	for _, file := range files {
		if slices.ContainsFunc(modules, func(module string) bool {
			return module != "go.mod" && strings.HasPrefix(file, path.Dir(module)+"/")
		}) {
			continue
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ParseComments)
		if err != nil {
			return nil, fmt.Errorf("look for fuzz targets: %w", err)
		}
		for _, declaration := range syntax.Decls {
			if f, ok := declaration.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Fuzz") {
				targets = append(targets, fuzzTarget{f.Name.Name, "./" + path.Dir(file), tagsOf(syntax)})
			}
		}
	}
	if len(targets) == 0 {
		return nil, fmt.Errorf("there are no fuzz targets in the module of %s: run this in the project's folder", root)
	}
	return targets, nil
}

// tagsOf returns the build tag that a file needs.
func tagsOf(file *ast.File) string {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if comment.Pos() > file.Package || !constraint.IsGoBuild(comment.Text) {
				continue
			}
			condition, err := constraint.Parse(comment.Text)
			if err == nil && !condition.Eval(func(tag string) bool { return tag != libraryTag }) {
				return libraryTag
			}
		}
	}
	return ""
}
