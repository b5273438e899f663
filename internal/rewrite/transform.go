// Package rewrite turns an application into one that can be compiled as a library: func main and the functions
// that serve go to package bridge. The user's files are only read.
package rewrite

import (
	"errors"
	"fmt"
	"go/ast"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gosource"
)

// Transformation is an application rewritten for the C boundary. It is not written to disk yet.
type Transformation struct {
	files   map[string]transformed // by path in the user's tree, where the files need not exist
	mains   []string               // the main package's files that serve or hold func main
	Sparta  bool                   // something serves through cgo.Main
	Session bool                   // something refers to cgo.NewSession
	Config  bool                   // something refers to cgo.Config
	remote  bool                   // a dependency that cannot be rewritten calls lambda.Start
	Bridge  Place
}

// transformed is a file of the library build.
type transformed struct {
	importPath string // its package's
	content    []byte
	differs    bool // from the user's file of that path, so that the overlay has to name it
}

// Transform rewrites the application. It reads the user's files and writes none.
func Transform(app *gosource.Application, bridge Place, name string) (*Transformation, error) {
	t := &Transformation{files: map[string]transformed{}, Bridge: bridge}
	serving, hasMain := 0, false
	var identifiers map[string]bool // of the main package
	for _, p := range app.Packages {
		if isOwn(app, p) || !app.Local(p) && !mayServe(p) {
			continue
		}
		files, err := parsePackage(p)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			t.Session = t.Session || f.sessions
			t.Config = t.Config || f.configs
			if !app.Local(p) {
				t.remote = t.remote || f.starts
				continue
			}
			if len(f.obsolete) > 0 {
				return nil, f.obsoleteMain()
			}
			if first, second := f.unreachable(); second != nil {
				return nil, fmt.Errorf("%s starts the application again: the call at %s never returns, so this one "+
					"is never reached; remove one of them", f.position(second), f.position(first))
			}
			serving += len(f.serving)
			t.Sparta = t.Sparta || f.sparta
			if p == app.Main {
				identifiers = f.identifiers
				isMain := declaresMain(f)
				hasMain = hasMain || isMain
				if len(f.serving) > 0 || isMain {
					t.mains = append(t.mains, f.path)
					t.files[f.path] = transformed{p.ImportPath, f.content, false}
				}
			}
			if len(f.replaced) > 0 {
				t.files[f.path] = transformed{p.ImportPath, f.splice(bridge.importPath), true}
			}
		}
	}
	if serving == 0 && !t.remote {
		return nil, fmt.Errorf("%s never serves a function: call lambda.Start(handler), or cgo.Main(...) with "+
			"Sparta functions, from main", app.Main.ImportPath)
	}
	if t.remote && bridge.rpcOnly {
		return nil, fmt.Errorf("a dependency of %s calls lambda.Start, but this aws-lambda-go does not support "+
			"Lambda's Runtime API: 1.18 is the first version that does (go get github.com/aws/aws-lambda-go@v1.18.0)",
			app.Main.ImportPath)
	}
	if !hasMain {
		return nil, errors.New(app.Main.ImportPath + " has no func main: write one that serves the functions")
	}
	path := addedPath(app.Main)
	added := t.addedFile(path, name, unused("sparta_bridge", identifiers), unused("sparta_runtimeapi", identifiers))
	t.files[path] = transformed{app.Main.ImportPath, added, true}
	return t, nil
}

// parsePackage parses the package's files. They share one set of identifiers, because an import must not have
// the name of a declaration in another file.
func parsePackage(p *gosource.Package) ([]*sourceFile, error) {
	var files []*sourceFile
	identifiers := map[string]bool{}
	for _, path := range p.Sources() {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read the application's source: %w", err)
		}
		f, err := parseFile(path, content)
		if err != nil {
			return nil, err
		}
		maps.Copy(identifiers, f.identifiers)
		f.identifiers = identifiers
		files = append(files, f)
	}
	return files, nil
}

// isOwn reports whether a package is on the other side of the boundary and must not be rewritten. An
// application can be part of aws-lambda-go's own module.
func isOwn(a *gosource.Application, p *gosource.Package) bool {
	return files.Under(p.ImportPath, gosource.CgoPath) || files.Under(p.ImportPath, gosource.LambdaPath) ||
		files.Under(p.ImportPath, path.Dir(gosource.LambdaPath)) && !a.Local(p)
}

// mayServe reports whether a dependency has to be parsed: it imports a package whose use matters.
func mayServe(p *gosource.Package) bool {
	return slices.Contains(p.Imports, gosource.LambdaPath) || slices.Contains(p.Imports, gosource.CgoPath)
}

// addedPath returns the path of the file that is added to package main. No file of the package has its name.
func addedPath(p *gosource.Package) string {
	path := filepath.Join(p.Dir, "sparta_cgo_main.go")
	for slices.Contains(p.Sources(), path) {
		path = strings.TrimSuffix(path, ".go") + "_.go"
	}
	return path
}

// addedFile returns a file that passes main to the bridge. It declares only its imports, under names that the
// package does not have.
func (t *Transformation) addedFile(path, name, bridge, runtimeapi string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "// Code generated by spartamage. DO NOT EDIT.\n\n%spackage main\n\nimport (\n\t%s %q\n",
		lineComment(path, 3, 1), bridge, t.Bridge.importPath)
	setup := ""
	if t.remote {
		fmt.Fprintf(&b, "\t%s %q\n", runtimeapi, t.Bridge.importPath+"/runtimeapi")
		setup = ", " + runtimeapi + ".Serve"
	}
	fmt.Fprintf(&b, ")\n\nfunc init() { %s.Main(%q, main%s) }\n", bridge, name, setup)
	return []byte(b.String())
}

func declaresMain(f *sourceFile) bool {
	return slices.ContainsFunc(f.syntax.Decls, func(d ast.Decl) bool {
		function, ok := d.(*ast.FuncDecl)
		return ok && function.Recv == nil && function.Name.Name == "main"
	})
}

// Summary briefly says what was rewritten.
func (t *Transformation) Summary(dir string) string {
	edited := 0
	for _, file := range t.files {
		if file.differs {
			edited++
		}
	}
	edited-- // the file that is added
	what := "Sparta application"
	switch {
	case edited == 1:
		what = "1 file rewritten"
	case edited > 1:
		what = fmt.Sprintf("%d files rewritten", edited)
	}
	if t.remote {
		what += ", lambda.Start in a dependency served over loopback"
	}
	return files.Shown(dir, t.mains[0]) + ", " + what
}
