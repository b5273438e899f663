// Package rewrite turns an application into one that can be compiled as a library: func main and the functions
// that serve go to package bridge. The user's files are only read.
package rewrite

import (
	"errors"
	"fmt"
	"go/scanner"
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
	Sparta  bool                   // a file serves through cgo.Main
	Session bool                   // a file refers to cgo.NewSession
	Config  bool                   // a file refers to cgo.Config
	Command bool                   // a file refers to the application's command line in package sparta
	remote  bool                   // a dependency that cannot be rewritten calls lambda.Start
	overlay gosource.Overlay       // the user's
	Bridge  Place
}

// transformed is a file of the library build.
type transformed struct {
	importPath string // its package's
	content    []byte
	origin     origin
}

// origin says how a file of the library build relates to the user's file of its path.
type origin int

const (
	unchanged origin = iota
	edited           // the overlay has to name it
	added            // there is no such file, so the overlay has to name it
)

// Transform rewrites the application. It reads the user's files and writes none. Files that are not Go are all named.
func Transform(app *gosource.Application, bridge Place) (*Transformation, error) {
	wrong := new(SyntaxError)
	t, err := transform(app, bridge, wrong)
	if err = wrong.or(err); err != nil {
		return nil, err
	}
	return t, nil
}

func transform(app *gosource.Application, bridge Place, wrong *SyntaxError) (*Transformation, error) {
	t := &Transformation{files: map[string]transformed{}, overlay: app.Overlay, Bridge: bridge}
	serving, hasMain := 0, false
	var identifiers map[string]bool // of the main package
	for _, p := range app.Packages {
		if isOwn(app, p) || !app.Local(p) && !mayServe(p) {
			continue
		}
		if app.Local(p) && p != app.Main && len(p.Imports) > 0 {
			path, content := inheritedFile(p, bridge)
			t.files[path] = transformed{p.ImportPath, content, added}
		}
		files, err := parsePackage(app, p)
		if wrong.add(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			t.Session = t.Session || f.sessions
			t.Config = t.Config || f.configs
			t.Command = t.Command || f.commands
			if !app.Local(p) {
				t.remote = t.remote || f.starts || f.startsURL
				continue
			}
			if len(f.obsolete) > 0 {
				return nil, f.obsoleteMain()
			}
			if err := f.secondStart(); err != nil {
				return nil, err
			}
			serving += len(f.serving)
			t.remote = t.remote || f.startsURL
			t.Sparta = t.Sparta || f.sparta
			if p == app.Main {
				identifiers = f.identifiers
				isMain := gosource.DeclaresMain(f.syntax)
				hasMain = hasMain || isMain
				if len(f.serving) > 0 || isMain {
					t.mains = append(t.mains, f.path)
					t.files[f.path] = transformed{p.ImportPath, f.content, unchanged}
				}
			}
			if len(f.replaced) > 0 {
				t.files[f.path] = transformed{p.ImportPath, f.splice(bridge.importPath), edited}
			}
		}
	}
	if serving == 0 && !t.remote {
		return nil, fmt.Errorf("%s never serves a function: call lambda.Start(handler), or cgo.Main(...) with "+
			"Sparta functions, from main", app.Main.ImportPath)
	}
	if !hasMain {
		return nil, noMain(app.Main)
	}
	path := addedPath(app.Main, "sparta_cgo_main")
	t.files[path] = transformed{app.Main.ImportPath, t.addedFile(path, unused("sparta_bridge", identifiers)), added}
	return t, nil
}

// noMain returns the error about a main package without a func main.
func noMain(p *gosource.Package) error {
	if file := p.ExcludedMain(); file != "" {
		return fmt.Errorf("%s has no func main: a build constraint excludes %s, which declares it: set build tags "+
			"with SPARTA_BUILD_TAGS, or name the file with SPARTA_PACKAGE", p.ImportPath, file)
	}
	return fmt.Errorf("%s has no func main: write one that serves the functions", p.ImportPath)
}

// parsePackage parses the package's files. They share one set of identifiers, because an import must not have
// the name of a declaration in another file.
func parsePackage(app *gosource.Application, p *gosource.Package) ([]*sourceFile, error) {
	var files []*sourceFile
	var problems scanner.ErrorList
	identifiers := map[string]bool{}
	for _, path := range p.Sources() {
		content, err := os.ReadFile(app.Overlay.Path(path))
		if err != nil {
			return nil, fmt.Errorf("read the application's source: %w", app.Unreadable(path, err))
		}
		f, err := parseFile(path, content)
		if found := scanner.ErrorList(nil); errors.As(err, &found) {
			problems = append(problems, found...)
			continue
		}
		if err != nil {
			return nil, err
		}
		maps.Copy(identifiers, f.identifiers)
		f.identifiers = identifiers
		files = append(files, f)
	}
	if len(problems) > 0 {
		return nil, &SyntaxError{[]wrongPackage{{p.ImportPath, problems}}}
	}
	return files, nil
}

// isOwn reports whether a package is on Sparta's or aws-lambda-go's side of the boundary and must not be rewritten. An
// application can be part of aws-lambda-go's own module.
func isOwn(a *gosource.Application, p *gosource.Package) bool {
	return files.Under(p.ImportPath, gosource.CgoPath) || files.Under(p.ImportPath, gosource.LambdaPath) ||
		files.Under(p.ImportPath, path.Dir(gosource.LambdaPath)) && !a.Local(p)
}

// mayServe reports whether a dependency has to be parsed: it imports a package whose use matters.
func mayServe(p *gosource.Package) bool {
	return slices.ContainsFunc(p.Imports, func(path string) bool {
		return path == gosource.LambdaPath || path == gosource.URLPath || path == gosource.CgoPath ||
			path == gosource.SpartaPath
	})
}

// MarkC adds a header to a package with C code that has the go command compile it again if inputs, a hash of files that
// the go command does not look at, has changed: golang/go#24355, #29293. Nothing includes the header: cgo's names for C
// functions depend on the package's Go files, so that with one of these, the same sources would become another library.
func (t *Transformation) MarkC(p *gosource.Package, inputs string) {
	name := "sparta_cgo_inputs"
	for slices.Contains(p.HFiles, name+".h") {
		name += "_"
	}
	t.files[filepath.Join(p.Dir, name+".h")] = transformed{p.ImportPath, []byte("// " + inputs + "\n"), added}
}

// MarkPackages makes the go command compile packages again whose C code includes or links files that have changed. The
// hashes of these files are given by import path. An overlay cannot add files to folders of the module cache, and the
// go command ignores headers beside a package that is given as files: for those, MarkPackages returns a mark with which
// a flag of all packages has to change.
func (t *Transformation) MarkPackages(app *gosource.Application, byFile bool, hashes ...map[string]string) string {
	mark := ""
	for _, p := range app.Packages {
		inputs := ""
		for _, of := range hashes {
			inputs += of[p.ImportPath]
		}
		switch {
		case inputs == "":
		case files.Under(p.Dir, app.ModCache), p == app.Main && byFile:
			mark += inputs
		default:
			t.MarkC(p, inputs)
		}
	}
	return mark
}

// Added returns the names of the files that were added to the folder of the main package, sorted.
func (t *Transformation) Added(main *gosource.Package) []string {
	var names []string
	for path, file := range t.files {
		if file.origin == added && filepath.Dir(path) == main.Dir {
			names = append(names, filepath.Base(path))
		}
	}
	slices.Sort(names)
	return names
}

// addedPath returns the path of a file that is added to a package. No file of the package has its name.
func addedPath(p *gosource.Package, name string) string {
	path := filepath.Join(p.Dir, name+".go")
	for slices.Contains(p.Sources(), path) {
		path = strings.TrimSuffix(path, ".go") + "_.go"
	}
	return path
}

// addedFile returns a file that passes main to the bridge. It declares only its imports, under names that the
// package does not have.
func (t *Transformation) addedFile(path, bridge string) []byte {
	setup := ""
	if t.remote {
		setup = ", " + bridge + ".ServeDependencies"
	}
	return fmt.Appendf(nil, "// Code generated by spartamage. DO NOT EDIT.\n\n"+
		"%spackage main\n\nimport %s %q\n\nfunc init() { %s.Main(main%s) }\n",
		lineComment(path, 3, 1), bridge, t.Bridge.importPath, bridge, setup)
}

// inheritedFile returns a file that is added to a package. It imports the packages that set the program's arguments and
// environment, before the package's initializers may read them.
func inheritedFile(p *gosource.Package, bridge Place) (path string, content []byte) {
	path = addedPath(p, "sparta_cgo_inherited")
	return path, fmt.Appendf(nil, "// Code generated by spartamage. DO NOT EDIT.\n\n"+
		"%spackage %s\n\nimport _ %q\nimport _ %q\n",
		lineComment(path, 3, 1), p.Name, bridge.importPath+"/arguments", bridge.importPath+"/environment")
}

// Summary returns a short description of what was rewritten, of an application of a version of the original Sparta or,
// where that is empty, of any other.
func (t *Transformation) Summary(dir, original string) string {
	edits := 0
	for _, file := range t.files {
		if file.origin == edited {
			edits++
		}
	}
	summary := []string{files.Shown(dir, t.mains[0])}
	switch {
	case edits == 1:
		summary = append(summary, "1 file rewritten")
	case edits > 1:
		summary = append(summary, fmt.Sprintf("%d files rewritten", edits))
	case t.Sparta:
		summary = append(summary, "Sparta application")
	}
	if original != "" {
		summary = append(summary, "unchanged application of the original Sparta "+original)
	} else if t.remote {
		summary = append(summary, "lambda.Start in a dependency")
	}
	return strings.Join(summary, ", ")
}
