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

// templateHooks lists the functions and methods of a package whose hooks have a template, with their kinds.
func templateHooks(files []*file) map[string]kind {
	found := map[string]kind{}
	for _, f := range files {
		scope := f.scope()
		for _, declared := range f.syntax.Decls {
			function, ok := declared.(*ast.FuncDecl)
			if !ok {
				continue
			}
			switch hook := kindOf(function.Type, scope); hook {
			case serviceDecorator, templateDecorator:
				if function.Recv != nil && handlers[function.Name.Name] != "" {
					continue
				}
				found[function.Name.Name] = hook
			}
		}
	}
	return found
}

// adaptTemplateHooks passes hooks with a template to package compat, which gives them what they expect.
func (f *file) adaptTemplateHooks(hooks map[string]kind) {
	scope := f.scope()
	skipped := map[ast.Expr]bool{} // what is called, or adapted by its conversion
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			skipped[n.Fun] = true
			if hook := f.templateHook(n, hooks, scope); hook != "" && len(n.Args) == 1 {
				if path, name, ok := cutName(qualified(n.Fun, scope)); ok && strings.HasSuffix(name, "Func") {
					if folder, ours := originalFolder(path); ours && folder == "" {
						f.replace(n.Fun, f.local(compatPath)+"."+string(hook))
						skipped[n.Args[0]] = true
					}
				}
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
			if hook := hooks[n.Sel.Name]; hook != "" && !skipped[n] && qualified(n, scope) == "" {
				f.adapt(n, hook)
			}
		case *ast.Ident:
			if hook := hooks[n.Name]; hook != "" && !skipped[n] && f.isFunction(n) {
				f.adapt(n, hook)
			}
		case *ast.FuncLit:
			if hook := kindOf(n.Type, scope); isTemplateHook(hook) && !skipped[n] {
				f.adapt(n, hook)
			}
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

// templateHook returns the kind of the hook that a call has as its only argument.
func (f *file) templateHook(call *ast.CallExpr, hooks map[string]kind, scope map[string]string) kind {
	if len(call.Args) != 1 {
		return ""
	}
	switch argument := call.Args[0].(type) {
	case *ast.Ident:
		return hooks[argument.Name]
	case *ast.SelectorExpr:
		return hooks[argument.Sel.Name]
	case *ast.FuncLit:
		if hook := kindOf(argument.Type, scope); isTemplateHook(hook) {
			return hook
		}
	}
	return ""
}

func (f *file) adapt(hook ast.Expr, as kind) {
	f.insert(hook.Pos(), f.local(compatPath)+"."+string(as)+"(")
	f.insert(hook.End(), ")")
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

// cutName splits a qualified name.
func cutName(qualified string) (path, name string, ok bool) {
	dot := strings.LastIndex(qualified, ".")
	if dot < 0 {
		return "", "", false
	}
	return qualified[:dot], qualified[dot+1:], true
}
