package port

import (
	"bytes"
	"go/ast"
	"go/token"
	"math"
	pathpkg "path"
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
)

// logrus had a path with a capital letter until 2017.
const oldLogrus, logrus = "github.com/Sirupsen/logrus", "github.com/sirupsen/logrus"

// changeImports gives each name of the original the package that has it here. It returns the new paths of imports,
// which are empty for those that are no longer used.
func (f *file) changeImports(table map[[2]string]entry) map[*ast.ImportSpec]string {
	became := map[*ast.ImportSpec]string{}
	for _, imported := range f.syntax.Imports {
		path, name := pathOf(imported)
		folder, ours := originalFolder(path)
		switch {
		case path == oldLogrus:
			became[imported] = logrus
		case ours:
			became[imported] = f.mainSuccessor(imported, folder, name, table)
		case strings.HasPrefix(path, "./"), strings.HasPrefix(path, "../"):
			became[imported] = pathpkg.Join(f.importPath, path) // relative paths are for programs outside modules
		default:
			continue
		}
		if became[imported] != "" {
			f.locals[became[imported]] = name
		}
	}
	if usesSparta(f) {
		f.changeContext()
	}
	for _, imported := range f.syntax.Imports {
		path, name := pathOf(imported)
		if folder, ours := originalFolder(path); ours {
			f.changeNames(folder, name, became[imported], table)
		}
	}
	return became
}

// mainSuccessor returns the path of the package that replaces an imported one, or an empty path if the file does not
// use what that package has.
func (f *file) mainSuccessor(imported *ast.ImportSpec, folder, local string, table map[[2]string]entry) string {
	folderHere, known := packages[folder]
	if !known {
		f.leave(imported.Pos(), "package %s of Sparta has no successor here: %s", folder, adviceFor(folder))
		path, _ := pathOf(imported)
		return path
	}
	path := gosource.ModulePath + "/" + folderHere
	if local == "_" {
		return path
	}
	for _, use := range f.uses(local) {
		switch e := table[[2]string{folder, use.Sel.Name}]; {
		case e.Verdict == literal, e.Verdict == moved && newTarget(e.Text).path != path:
		default:
			return path
		}
	}
	return ""
}

// changeNames changes what the file selects from a package of the original.
func (f *file) changeNames(folder, local, path string, table map[[2]string]entry) {
	calls := f.calls()
	for _, use := range f.uses(local) {
		e, known := table[[2]string{folder, use.Sel.Name}]
		switch {
		case f.isReplaced(use):
		case !known && packages[folder] != "":
			f.leave(use.Pos(), "%s is not a name that this command knows: see docs/from-sparta.md", f.text(use))
		case e.Verdict == changed, e.Verdict == absent:
			f.leave(use.Pos(), "%s: %s", f.text(use), e.Text)
		case e.Verdict == literal:
			f.replace(use, e.Text)
		case e.Verdict == moved:
			to := newTarget(e.Text)
			name := f.local(to.path) + "." + to.name
			if to.path == path {
				name = local + "." + to.name
			}
			f.replace(use, name)
			if calls[use] == nil && to.arguments < math.MaxInt {
				f.leave(use.Pos(), "%s becomes %s, which has only the first parameters: "+
					"drop the further arguments where it is called", f.text(use), name)
			}
			f.dropArguments(calls[use], to.arguments)
		}
	}
}

// calls maps what is called to the calls.
func (f *file) calls() map[ast.Expr]*ast.CallExpr {
	found := map[ast.Expr]*ast.CallExpr{}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			found[ast.Unparen(call.Fun)] = call
		}
		return true
	})
	return found
}

// dropArguments keeps the first arguments of a call.
func (f *file) dropArguments(call *ast.CallExpr, keep int) {
	if call == nil || len(call.Args) <= keep {
		return
	}
	start, end := call.Lparen+1, call.Rparen
	if keep > 0 {
		start, end = call.Args[keep-1].End(), call.Args[len(call.Args)-1].End()
	}
	for _, argument := range call.Args[keep:] {
		f.keepUsed(argument)
	}
	f.remove(start, end)
}

// editImports writes the new paths, and adds the imports that other changes need. It is called last.
func (f *file) editImports(became map[*ast.ImportSpec]string) {
	if len(became) == 0 && len(f.adds) == 0 {
		return
	}
	var adds []string
	for _, path := range f.adds {
		adds = append(adds, spec(f.locals[path], path))
	}
	anchor := f.anchor(became)
	for _, group := range f.syntax.Decls {
		declaration, ok := group.(*ast.GenDecl)
		if !ok || declaration.Tok != token.IMPORT {
			continue
		}
		for _, each := range declaration.Specs {
			imported := each.(*ast.ImportSpec)
			var lines []string
			if path, changes := became[imported]; !changes {
				lines = append(lines, f.text(imported))
			} else if path != "" {
				lines = append(lines, f.newSpec(imported, path))
			}
			if imported == anchor {
				lines = append(lines, adds...)
			}
			f.writeImport(declaration, imported, lines)
		}
	}
}

// anchor returns the import after which others are added: the last of those that change, or else the last.
func (f *file) anchor(became map[*ast.ImportSpec]string) (anchor *ast.ImportSpec) {
	for _, imported := range f.syntax.Imports {
		if _, changes := became[imported]; changes || anchor == nil {
			anchor = imported
		}
	}
	return anchor
}

// newSpec returns an import with another path. It has a name if it had one, or if the path implies another one.
func (f *file) newSpec(imported *ast.ImportSpec, path string) string {
	_, local := pathOf(imported)
	if imported.Name != nil {
		return local + " " + `"` + path + `"`
	}
	return spec(local, path)
}

// writeImport replaces an import by lines. Without any, its own line is removed.
func (f *file) writeImport(group *ast.GenDecl, imported *ast.ImportSpec, lines []string) {
	start, end := f.offset(imported.Pos()), f.offset(imported.End())
	separator := "\n\t"
	if !group.Lparen.IsValid() {
		separator = "\nimport "
		if len(lines) == 0 {
			start = f.offset(group.Pos())
		}
	}
	text := strings.Join(lines, separator)
	if text == string(f.content[start:end]) {
		return
	}
	if len(lines) == 0 {
		start, end = wholeLine(f.content, start, end)
	}
	f.edits = append(f.edits, edit{start, end, text})
}

// wholeLine widens a range to its line if there is nothing else in it.
func wholeLine(content []byte, start, end int) (int, int) {
	before := bytes.LastIndexByte(content[:start], '\n') + 1
	after := bytes.IndexByte(content[end:], '\n')
	if after < 0 {
		return start, end
	}
	if len(bytes.TrimSpace(content[before:start])) > 0 || len(bytes.TrimSpace(content[end:end+after])) > 0 {
		return start, end
	}
	return before, end + after + 1
}

// instead says what to do about packages that have no successor.
var instead = map[string]string{
	"archetype":                    "write the function, its permission and its event source (docs/event-sources.md)",
	"archetype/rest":               "write an sparta.API (docs/api.md)",
	"archetype/xformer":            "write the transformation as a Go function",
	"aws/accessor":                 "use the AWS SDK",
	"aws/cloudwatch":               "write metrics to the log in the embedded metric format",
	"aws/cloudwatchlogs":           "decode the event into events.CloudwatchLogsEvent of aws-lambda-go",
	"aws/step":                     "add an AWS::StepFunctions::StateMachine to the template in a hook (docs/hooks.md)",
	"docker":                       "build images with docker itself",
	"explore":                      "use the AWS SDK and cgo:invoke",
	"interceptor":                  "wrap the handler; Options.TracingConfig switches X-Ray on",
	"system":                       "use os/exec",
	"testing":                      "call the functions in tests, and run `provision --noop` for the template",
	"zip":                          "call AddFile or AddFS of the archive in an Archive hook (docs/hooks.md)",
	"aws/cloudformation/resources": "a custom resource is a Go function here (docs/custom-resources.md)",
}

func adviceFor(folder string) string {
	if advice := instead[folder]; advice != "" {
		return advice
	}
	return "remove it (docs/from-sparta.md)"
}
