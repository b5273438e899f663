package port

import (
	"go/ast"
)

// keepUsed adds a use of a local variable that only an argument used, which is removed: Go has no unused variables.
func (f *file) keepUsed(argument ast.Expr) {
	ident, ok := argument.(*ast.Ident)
	if !ok || ident.Obj == nil || ident.Obj.Kind != ast.Var {
		return
	}
	if _, isLocal := ident.Obj.Decl.(*ast.AssignStmt); !isLocal {
		return // parameters and variables of the package may be unused
	}
	uses := 0
	var statement ast.Stmt
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if n.Obj == ident.Obj {
				uses++
			}
		case *ast.BlockStmt:
			for _, each := range n.List {
				if each.Pos() <= ident.Pos() && ident.End() <= each.End() {
					statement = each
				}
			}
		}
		return true
	})
	if uses == 2 && statement != nil {
		f.insert(statement.Pos(), "_ = "+ident.Name+"\n")
	}
}
