package port

import "go/ast"

// changeContext replaces the AWS session of a handler's context by a new one, and what only the original has among the
// Properties of discovered resources by their fields.
func (f *file) changeContext() {
	scope := f.scope()
	pairs := map[ast.Expr]bool{} // assertions that say whether they hold
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if len(n.Lhs) == 2 && len(n.Rhs) == 1 {
				pairs[n.Rhs[0]] = true
			}
		case *ast.ValueSpec:
			if len(n.Names) == 2 && len(n.Values) == 1 {
				pairs[n.Values[0]] = true
			}
		case *ast.TypeAssertExpr:
			call, ok := n.X.(*ast.CallExpr)
			if ok && len(call.Args) == 1 && rootName(call.Args[0], scope) == "ContextKeyAWSSession" {
				session := f.local(cgoPath) + ".NewSession()"
				if pairs[n] {
					session += ", true"
				}
				f.replace(n, session)
			}
		case *ast.IndexExpr:
			properties, ok := n.X.(*ast.SelectorExpr)
			if !ok || properties.Sel.Name != "Properties" {
				return true
			}
			if field := discovered(n.Index, scope); field != "" {
				f.edits = append(f.edits, edit{f.offset(properties.Sel.Pos()), f.offset(n.End()), field})
			}
		}
		return true
	})
}

// discovered returns the field of a discovered resource that a key of its properties stands for, or nothing.
func discovered(key ast.Expr, scope map[string]string) string {
	if text, ok := key.(*ast.BasicLit); ok && text.Value == `"Ref"` {
		return "ResourceRef"
	}
	switch rootName(key, scope) {
	case "TagResourceType":
		return "ResourceType"
	case "TagLogicalResourceID":
		return "ResourceID"
	}
	return ""
}

// rootName returns the name that an expression selects from the original's root package, or nothing.
func rootName(expression ast.Expr, scope map[string]string) string {
	path, name, ok := cutName(qualified(expression, scope))
	if folder, ours := originalFolder(path); ok && ours && folder == "" {
		return name
	}
	return ""
}
