package rewrite

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"

	"github.com/go-sparta/sparta/internal/gosource"
)

// startNames are aws-lambda-go's functions that start serving and never return.
var startNames = []string{
	"Start", "StartWithOptions", "StartHandler", "StartHandlerFunc", "StartWithContext", "StartHandlerWithContext",
}

// replacements lists, by package, the names that are replaced by those of package bridge. keep is an expression
// that keeps the package's import in use.
var replacements = map[string]struct {
	names []string
	keep  string
}{
	gosource.LambdaPath: {startNames, "Handler(nil)"}, // every aws-lambda-go has it
	"os":                {[]string{"Exit"}, "Getpid"},
}

// sourceFile is one parsed file of the application.
type sourceFile struct {
	path    string
	content []byte
	fset    *token.FileSet
	syntax  *ast.File

	identifiers map[string]bool // names that added code must not have: those of the file, and of its package if known

	replaced  []reference       // names that the bridge's replace
	serving   []ast.Node        // references to functions that serve: lambda.Start… or cgo.Main…
	called    map[ast.Node]bool // what is called, as opposed to used as a value
	starts    bool              // one of them is lambda.Start…
	startsURL bool              // one of them is lambdaurl.Start, which calls lambda.StartHandlerFunc
	sessions  bool              // refers to what needs the AWS SDK v1 in package cgo
	configs   bool              // refers to cgo.Config
	commands  bool              // refers to the application's command line in package sparta
	sparta    bool              // serves through cgo.Main
	obsolete  []reference       // sparta.Main and sparta.MainEx, which do not exist
}

// reference is a use of a package-level name of an imported package.
type reference struct {
	path string // import path
	name string
	node ast.Expr   // the selector, or only the name under a dot import
	from *ast.Ident // what the bridge's name replaces: the package's name, or the name itself
}

// parseFile parses and scans a Go file.
func parseFile(path string, content []byte) (*sourceFile, error) {
	f := &sourceFile{path: path, content: content, fset: token.NewFileSet()}
	syntax, err := parser.ParseFile(f.fset, path, content, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	f.syntax = syntax
	f.scan()
	return f, nil
}

func (f *sourceFile) position(n ast.Node) token.Position {
	return f.fset.Position(n.Pos())
}

// scan finds what the file refers to. The parser resolves objects: an identifier that it could not resolve is a
// name from another file, from the universe or from a dot import, or the name of a package.
func (f *sourceFile) scan() {
	imports, dots := f.imports()
	unresolved := make(map[*ast.Ident]bool, len(f.syntax.Unresolved))
	for _, ident := range f.syntax.Unresolved {
		unresolved[ident] = true
	}
	selected := map[*ast.Ident]bool{}
	f.called, f.identifiers = map[ast.Node]bool{}, map[string]bool{}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			f.called[callee(n)] = true
		case *ast.SelectorExpr:
			selected[n.Sel] = true
			if ident, ok := n.X.(*ast.Ident); ok && unresolved[ident] {
				if path := imports[ident.Name]; path != "" {
					f.refer(reference{path, n.Sel.Name, n, ident})
				}
			}
		case *ast.Ident:
			f.identifiers[n.Name] = true
			if !unresolved[n] || selected[n] {
				return true
			}
			for _, path := range dots {
				f.refer(reference{path, n.Name, n, n})
			}
		}
		return true
	})
}

// callee returns the name that a call calls, without type arguments.
func callee(call *ast.CallExpr) ast.Expr {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.IndexExpr:
		return fun.X
	case *ast.IndexListExpr:
		return fun.X
	default:
		return fun
	}
}

func (f *sourceFile) refer(r reference) {
	switch {
	case slices.Contains(replacements[r.path].names, r.name):
		f.replaced = append(f.replaced, r)
		if r.path == gosource.LambdaPath {
			f.starts = true
			f.serving = append(f.serving, r.node)
		}
	case r.path == gosource.URLPath && r.name == "Start":
		f.startsURL = true
		f.serving = append(f.serving, r.node)
	case r.path == gosource.CgoPath && (r.name == "Main" || r.name == "MainEx"):
		f.sparta = true
		f.serving = append(f.serving, r.node)
	case r.path == gosource.SpartaPath && (r.name == "Main" || r.name == "MainEx") && r.node != r.from:
		f.obsolete = append(f.obsolete, r)
	case r.path == gosource.CgoPath && (r.name == "NewSession" || r.name == "UserAccountScopedStackName"):
		f.sessions = true
	case r.path == gosource.CgoPath && r.name == "Config":
		f.configs = true
	case r.path == gosource.SpartaPath && slices.Contains(commandLineNames, r.name):
		f.commands = true
	}
}

// commandLineNames are the names of package sparta that need package cobra.
var commandLineNames = []string{"CommandLineOptions", "CommandLineOptionsHook", "ParseOptions"}

// imports returns the relevant import paths by their names in the file, and those that are imported with a dot.
func (f *sourceFile) imports() (byName map[string]string, dots []string) {
	byName = map[string]string{}
	for _, spec := range f.syntax.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name, known := map[string]string{
			gosource.LambdaPath: "lambda",
			gosource.URLPath:    "lambdaurl",
			gosource.CgoPath:    "cgo",
			gosource.SpartaPath: "sparta",
			"os":                "os",
		}[path]
		if !known {
			continue
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		switch name {
		case "_":
		case ".":
			dots = append(dots, path)
		default:
			byName[name] = path
		}
	}
	return byName, dots
}

// obsoleteMain returns the error of a file that calls sparta.Main, which old versions of Sparta had for the Node.js
// runtime.
func (f *sourceFile) obsoleteMain() error {
	call := f.obsolete[0]
	return fmt.Errorf("%s calls sparta.%s, which does not exist: import %q and call cgo.%s instead",
		f.position(call.node), call.name, gosource.CgoPath, call.name)
}
