package port

import "go/ast"

// calledNames lists the functions that files call by their own names.
func calledNames(parsed []*file) map[string]bool {
	called := map[string]bool{}
	for _, f := range parsed {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if ident, ok := call.Fun.(*ast.Ident); ok {
					called[ident.Name] = true
				}
			}
			return true
		})
	}
	return called
}
