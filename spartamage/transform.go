package spartamage

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
)

// transformation is an application rewritten for the C boundary. Nothing of it
// is on disk yet.
type transformation struct {
	files   map[string]transformed // by path in the user's tree, where none needs to be
	mains   []string               // the main package's files that serve or hold func main
	sparta  bool                   // something serves through cgo.Main
	session bool                   // something refers to cgo.NewSession
	config  bool                   // something refers to cgo.Config
	remote  bool                   // a lambda.Start stands where it cannot be rewritten
	bridge  bridgePlace
}

// transformed is a file of the library build.
type transformed struct {
	importPath string // its package's
	content    []byte
	differs    bool // from the user's file of that path, so that the overlay has to name it
}

// transform rewrites the application. It reads the user's files and writes none.
func transform(app *application, bridge bridgePlace, name string) (*transformation, error) {
	t := &transformation{files: map[string]transformed{}, bridge: bridge}
	serving, hasMain := 0, false
	var identifiers map[string]bool // of the main package
	for _, p := range app.packages {
		if app.isOwn(p) || !app.local(p) && !mayServe(p) {
			continue
		}
		files, err := parsePackage(p)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			t.session = t.session || f.sessions
			t.config = t.config || f.configs
			if !app.local(p) {
				t.remote = t.remote || f.starts
				continue
			}
			if len(f.obsolete) > 0 {
				return nil, f.obsoleteMain()
			}
			if first, second := f.unreachable(); second != nil {
				return nil, fmt.Errorf("%s starts the application again: the call at %s never returns, so this one never runs; keep one of them",
					f.position(second), f.position(first))
			}
			serving += len(f.serving)
			t.sparta = t.sparta || f.sparta
			if p == app.main {
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
		return nil, fmt.Errorf("%s never serves a function: call lambda.Start(handler), or cgo.Main(...) with Sparta functions, from main", app.main.ImportPath)
	}
	if t.remote && bridge.rpcOnly {
		return nil, fmt.Errorf("lambda.Start stands in a dependency of %s, and this aws-lambda-go does not speak to Lambda's Runtime API: "+
			"1.18 is the first that does (go get github.com/aws/aws-lambda-go@v1.18.0)", app.main.ImportPath)
	}
	if !hasMain {
		return nil, errors.New(app.main.ImportPath + " has no func main: write one that serves the functions")
	}
	path := addedPath(app.main)
	added := t.addedFile(path, name, unused("sparta_bridge", identifiers), unused("sparta_runtimeapi", identifiers))
	t.files[path] = transformed{app.main.ImportPath, added, true}
	return t, nil
}

// parsePackage parses the package's files. They share their identifiers: an
// import must not have the name of a declaration in another file.
func parsePackage(p *goPackage) ([]*sourceFile, error) {
	var files []*sourceFile
	identifiers := map[string]bool{}
	for _, path := range p.sources() {
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

// isOwn reports whether a package is behind the boundary, where no rewriting may
// reach. An application can be part of aws-lambda-go's own module.
func (a *application) isOwn(p *goPackage) bool {
	return under(p.ImportPath, cgoPath) || under(p.ImportPath, lambdaPath) ||
		under(p.ImportPath, path.Dir(lambdaPath)) && !a.local(p)
}

// mayServe tells which dependencies are worth parsing: those that import
// something whose use matters.
func mayServe(p *goPackage) bool {
	return slices.Contains(p.Imports, lambdaPath) || slices.Contains(p.Imports, cgoPath)
}

// addedPath is where the added file of package main lies: among the package's
// files, under a name that none of them has.
func addedPath(p *goPackage) string {
	path := filepath.Join(p.Dir, "sparta_cgo_main.go")
	for slices.Contains(p.sources(), path) {
		path = strings.TrimSuffix(path, ".go") + "_.go"
	}
	return path
}

// addedFile hands main to the bridge. It declares no identifier but its imports,
// for which it takes names that the package does not have.
func (t *transformation) addedFile(path, name, bridge, runtimeapi string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "// Code generated by spartamage. DO NOT EDIT.\n\n%spackage main\n\nimport (\n\t%s %q\n",
		lineComment(path, 3, 1), bridge, t.bridge.importPath)
	setup := ""
	if t.remote {
		fmt.Fprintf(&b, "\t%s %q\n", runtimeapi, t.bridge.importPath+"/runtimeapi")
		setup = ", " + runtimeapi + ".Serve"
	}
	fmt.Fprintf(&b, ")\n\nfunc init() { %s.Main(%q, main%s) }\n", bridge, name, setup)
	return []byte(b.String())
}

func unused(name string, taken map[string]bool) string {
	for taken[name] {
		name += "_"
	}
	return name
}

func declaresMain(f *sourceFile) bool {
	return slices.ContainsFunc(f.syntax.Decls, func(d ast.Decl) bool {
		function, ok := d.(*ast.FuncDecl)
		return ok && function.Recv == nil && function.Name.Name == "main"
	})
}

// summary says in a few words what was rewritten.
func (t *transformation) summary(dir string) string {
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
	return shownFrom(dir, t.mains[0]) + ", " + what
}
