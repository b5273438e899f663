package port

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
)

const (
	spartaPath = gosource.SpartaPath
	cgoPath    = gosource.CgoPath
	compatPath = gosource.ModulePath + "/compat"
)

// changeHooks gives hooks without templates the parameters that they have here. Names that the body uses are declared
// at its beginning.
func (f *file) changeHooks(called map[string]bool) {
	scope := f.scope()
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Body == nil {
				return true
			}
			hook := kindOf(n.Type, scope)
			if values[hook] == nil && hook != customResource {
				return true
			}
			if n.Recv == nil && called[n.Name.Name] {
				f.leave(n.Pos(), "%s has the parameters of a hook, and is also called: give it the parameters "+
					"(context.Context, *sparta.Workflow), here and where it is called (docs/hooks.md)", n.Name.Name)
				return true
			}
			f.changeParameters(n.Type, n.Body, hook)
		case *ast.FuncLit:
			if hook := kindOf(n.Type, scope); values[hook] != nil || hook == customResource {
				f.changeParameters(n.Type, n.Body, hook)
			}
		}
		return true
	})
}

func (f *file) changeParameters(function *ast.FuncType, body *ast.BlockStmt, hook kind) {
	used := identifiers(body)
	var names, becomes []string
	context := f.local("context") + ".Context"
	workflow := "workflow"
	if f.names[workflow] {
		workflow = "spartaWorkflow"
	}
	if hook == customResource {
		f.changeCustomResource(function, body, context, used)
		return
	}
	fields := values[hook]
	i := len(fields) - function.Params.NumFields() // a hook of an early version has no build ID
	missing := i
	position := 0
	for _, parameter := range function.Params.List {
		for _, name := range parameter.Names {
			if missing > 0 && fields[position] == "BuildID" {
				position++
			}
			if name.Name != "_" && used[name.Name] {
				names = append(names, name.Name)
				becomes = append(becomes, f.value(fields[position], workflow))
			}
			position++
		}
	}
	if len(names) == 0 {
		workflow = "_"
	}
	f.edits = append(f.edits, edit{
		f.offset(function.Params.Opening), f.offset(function.Params.Closing) + 1,
		fmt.Sprintf("(_ %s, %s *%s.Workflow)", context, workflow, f.local(spartaPath)),
	})
	if len(names) > 0 {
		f.insert(body.Lbrace+1, fmt.Sprintf("\n%s := %s", strings.Join(names, ", "), strings.Join(becomes, ", ")))
	}
	if hook == rollbackHook {
		f.returnNil(function, body)
	}
}

// value returns the expression for a former parameter of a hook.
func (f *file) value(field, workflow string) string {
	if field == "SESSION" {
		return f.local(cgoPath) + ".NewSession()"
	}
	return workflow + "." + field
}

// changeCustomResource gives the function of a custom resource a context instead of a logger.
func (f *file) changeCustomResource(
	function *ast.FuncType, body *ast.BlockStmt, context string, used map[string]bool,
) {
	fields := function.Params.List
	logger := fields[len(fields)-1]
	name := "_"
	if len(logger.Names) == 1 && used[logger.Names[0].Name] {
		name = "ctx"
		if f.names[name] {
			name = "spartaContext"
		}
		f.insert(body.Lbrace+1, fmt.Sprintf("\n%s, _ := %s.Value(%s.ContextKeyLogger).(%s)",
			logger.Names[0].Name, name, f.local(spartaPath), f.text(logger.Type)))
	}
	f.insert(function.Params.Opening+1, name+" "+context+", ")
	f.remove(fields[len(fields)-2].End(), logger.End())
}

// returnNil gives a function without results an error, which is always nil.
func (f *file) returnNil(function *ast.FuncType, body *ast.BlockStmt) {
	f.insert(function.End(), " error")
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			f.insert(n.End(), " nil")
		}
		return true
	})
	if last := len(body.List) - 1; last >= 0 {
		if _, returns := body.List[last].(*ast.ReturnStmt); returns {
			return
		}
	}
	f.insert(body.Rbrace, "\nreturn nil\n")
}

// identifiers lists the names in a block that are not selected from something.
func identifiers(block ast.Node) map[string]bool {
	names, selected := map[string]bool{}, map[*ast.Ident]bool{}
	ast.Inspect(block, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			selected[n.Sel] = true
		case *ast.Ident:
			if !selected[n] {
				names[n.Name] = true
			}
		}
		return true
	})
	return names
}

// single are fields of WorkflowHooks that were one hook in the original, and are a list here.
var single = map[string]bool{
	"PreBuild": true, "PostBuild": true, "PreMarshall": true, "PostMarshall": true, "Rollback": true,
}

// changeHookLists makes lists of single hooks.
func (f *file) changeHookLists() {
	scope := f.scope()
	wrap := func(value ast.Expr) {
		if ident, ok := value.(*ast.Ident); ok && ident.Name == "nil" {
			return
		}
		if literal, ok := value.(*ast.CompositeLit); ok {
			if _, isList := literal.Type.(*ast.ArrayType); isList {
				return
			}
		}
		f.insert(value.Pos(), "[]"+f.local(spartaPath)+".WorkflowHook{")
		f.insert(value.End(), "}")
	}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			path, isHooks := strings.CutSuffix(qualified(n.Type, scope), ".WorkflowHooks")
			if folder, ours := originalFolder(path); !isHooks || !ours || folder != "" {
				return true
			}
			for _, element := range n.Elts {
				if pair, ok := element.(*ast.KeyValueExpr); ok {
					if key, ok := pair.Key.(*ast.Ident); ok && single[key.Name] {
						wrap(pair.Value)
					}
				}
			}
		case *ast.AssignStmt:
			for i, to := range n.Lhs {
				if selector, ok := to.(*ast.SelectorExpr); ok && single[selector.Sel.Name] &&
					len(n.Rhs) == len(n.Lhs) && n.Tok == token.ASSIGN {
					wrap(n.Rhs[i])
				}
			}
		}
		return true
	})
}
