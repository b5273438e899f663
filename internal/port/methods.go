package port

import (
	"go/ast"
	"slices"
)

// methodArguments are how many arguments the methods of an API's resource had before version 0.9.
var methodArguments = map[string]int{"NewMethod": 1, "NewAuthorizedMethod": 2}

// changeMethods adds the status code of successful responses. Before version 0.9, it was 201 for POST and 200 for all
// other methods.
func (f *file) changeMethods() {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		method, ok := call.Fun.(*ast.SelectorExpr)
		if ok && methodArguments[method.Sel.Name] == len(call.Args) && !call.Ellipsis.IsValid() {
			code := ".StatusOK"
			if slices.Contains([]string{`"POST"`, "http.MethodPost"}, f.text(call.Args[0])) {
				code = ".StatusCreated"
			}
			f.insert(call.Args[len(call.Args)-1].End(), ", "+f.local("net/http")+code)
		}
		return true
	})
}
