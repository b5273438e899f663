package port

import (
	"fmt"
	"go/ast"
	"strings"
)

// handlers are the methods of handlers whose hooks have a template, and the adapters of package compat for them.
var handlers = map[string]string{
	"DecorateService":  "ServiceDecorator",
	"ValidateService":  "ServiceDecorator",
	"DecorateTemplate": "TemplateDecorator",
}

// templateHooks lists the functions and methods whose hooks have a template, with their kinds, by the import paths of
// their packages.
func templateHooks(files []*file) map[string]map[string]kind {
	found := map[string]map[string]kind{}
	for _, f := range files {
		scope := f.scope()
		for _, declared := range f.syntax.Decls {
			function, ok := declared.(*ast.FuncDecl)
			if !ok || function.Recv != nil && handlers[function.Name.Name] != "" {
				continue
			}
			if hook := kindOf(function.Type, scope); isTemplateHook(hook) {
				if found[f.importPath] == nil {
					found[f.importPath] = map[string]kind{}
				}
				found[f.importPath][function.Name.Name] = hook
			}
		}
	}
	return found
}

// adaptTemplateHooks passes hooks with a template to package compat, which gives them what they expect.
func (f *file) adaptTemplateHooks(hooks map[string]map[string]kind) {
	scope := f.scope()
	skipped := map[ast.Expr]bool{} // what is called, or adapted by its conversion
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			skipped[n.Fun] = true
			path, name, _ := cutName(qualified(n.Fun, scope))
			if path == compatPath { // an earlier run of the command has adapted it
				for _, argument := range n.Args {
					skipped[argument] = true
				}
				return true
			}
			if len(n.Args) != 1 || !strings.HasSuffix(name, "Func") {
				return true
			}
			folder, ours := originalFolder(path)
			if hook := f.templateHook(n.Args[0], hooks, scope); hook != "" && ours && folder == "" {
				f.replace(n.Fun, f.local(compatPath)+"."+string(hook))
				skipped[n.Args[0]] = true
			}
		case *ast.FuncDecl:
			skipped[n.Name] = true
			if hook := kindOf(n.Type, scope); n.Recv != nil && handlers[n.Name.Name] != "" && isTemplateHook(hook) {
				f.addHandler(n, hook)
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok {
				skipped[key] = true
			}
		case *ast.SelectorExpr:
			skipped[n.Sel] = true
			f.adaptUnless(skipped[n], n, f.templateHook(n, hooks, scope))
		case *ast.Ident:
			f.adaptUnless(skipped[n] || !f.isFunction(n), n, f.templateHook(n, hooks, scope))
		case *ast.FuncLit:
			f.adaptUnless(skipped[n], n, f.templateHook(n, hooks, scope))
		}
		return true
	})
}

// isFunction reports whether a name can be that of a function of the package: one of this or of another file.
func (f *file) isFunction(name *ast.Ident) bool {
	if name.Obj == nil {
		return f.unresolved[name]
	}
	_, ok := name.Obj.Decl.(*ast.FuncDecl)
	return ok
}

func isTemplateHook(hook kind) bool { return hook == serviceDecorator || hook == templateDecorator }

// templateHook returns the kind of the hook that an expression is, or nothing.
func (f *file) templateHook(expression ast.Expr, hooks map[string]map[string]kind, scope map[string]string) kind {
	switch e := expression.(type) {
	case *ast.Ident:
		return hooks[f.importPath][e.Name]
	case *ast.SelectorExpr:
		if path, name, ok := cutName(qualified(e, scope)); ok {
			return hooks[path][name]
		}
		return hooks[f.importPath][e.Sel.Name]
	case *ast.FuncLit:
		if hook := kindOf(e.Type, scope); isTemplateHook(hook) {
			return hook
		}
	}
	return ""
}

func (f *file) adaptUnless(skipped bool, hook ast.Expr, as kind) {
	if !skipped && as != "" {
		f.insert(hook.Pos(), f.local(compatPath)+"."+string(as)+"(")
		f.insert(hook.End(), ")")
	}
}

// addHandler adds the method that a handler has here, which calls the original's. That one gets another name.
func (f *file) addHandler(method *ast.FuncDecl, hook kind) {
	receiver := f.text(method.Recv.List[0].Type)
	old := strings.ToLower(method.Name.Name[:1]) + method.Name.Name[1:]
	f.replace(method.Name, old)
	at := method.Pos()
	if method.Doc != nil {
		at = method.Doc.Pos()
	}
	f.insert(at, fmt.Sprintf(`// %s passes the original's parameters to %s.
func (handler %s) %s(ctx %s.Context, workflow *%s.Workflow) error {
	return %s.%s(handler.%s)(ctx, workflow)
}

`, method.Name.Name, old, receiver, method.Name.Name, f.local("context"), f.local(spartaPath), f.local(compatPath),
		hook, old))
}

// changeAggregators gives aggregators of logs a stream of package cloudformation instead of go-cloudformation's.
func (f *file) changeAggregators() {
	scope := f.scope()
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 3 || f.text(call.Args[0]) == "nil" {
			return true
		}
		path, name, _ := cutName(qualified(call.Fun, scope))
		if folder, ours := originalFolder(path); ours && folder == "decorator" && name == "NewLogAggregatorDecorator" {
			f.insert(call.Args[0].Pos(), f.local(compatPath)+".Resource(")
			f.insert(call.Args[0].End(), ")")
		}
		return true
	})
}

// cutName splits a qualified name.
func cutName(qualified string) (path, name string, ok bool) {
	dot := strings.LastIndex(qualified, ".")
	if dot < 0 {
		return "", "", false
	}
	return qualified[:dot], qualified[dot+1:], true
}
