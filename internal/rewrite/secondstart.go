package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
)

// secondStart returns an error if the file starts the application twice.
func (f *sourceFile) secondStart() error {
	first, second, concurrent := f.startsTwice()
	switch {
	case second == nil:
		return nil
	case concurrent:
		return fmt.Errorf("%s starts the application again: the goroutine of %s serves, too, and it would be a matter "+
			"of chance which handler receives an event; remove one of them", f.position(second), f.position(first))
	}
	return fmt.Errorf("%s starts the application again: the call at %s never returns, so this one is never reached; "+
		"remove one of them", f.position(second), f.position(first))
}

// startsTwice finds a serving call that follows another in the same sequence of statements. The first never returns, so
// that the second never runs, unless a goto leads past the first, or the first is concurrent: it has a goroutine of
// its own.
func (f *sourceFile) startsTwice() (first, second ast.Node, concurrent bool) {
	jumps := f.jumps()
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		}
		var before, beside ast.Node // serving calls before the statement, in this goroutine and in another
		for _, statement := range list {
			if label, ok := statement.(*ast.LabeledStmt); ok && jumps[label.Label.Name] {
				before, beside = nil, nil
			}
			here, spawned := f.serves(statement, false), f.spawns(statement)
			switch {
			case second != nil:
			case before != nil:
				if after := f.serves(statement, true); after != nil {
					first, second = before, after
				}
			case beside != nil && here != nil:
				first, second, concurrent = beside, here, true
			case beside != nil && spawned != nil:
				first, second, concurrent = beside, spawned, true
			}
			if before == nil {
				before = here
			}
			if beside == nil {
				beside = spawned
			}
		}
		return second == nil
	})
	return first, second, concurrent
}

// serves returns a serving call in a statement, and with nested also one that the statement does not run itself.
func (f *sourceFile) serves(in ast.Node, nested bool) (found ast.Node) {
	serving := map[ast.Node]bool{}
	for _, n := range f.serving {
		serving[n] = true
	}
	ast.Inspect(in, func(n ast.Node) bool {
		if found != nil {
			return false
		}
		if serving[n] && (nested || f.called[n]) {
			found = n
			return false
		}
		switch n.(type) {
		case *ast.FuncLit, *ast.BlockStmt, *ast.GoStmt, *ast.DeferStmt, *ast.CaseClause, *ast.CommClause:
			return nested
		}
		return true
	})
	return found
}

// spawns returns a serving call that a statement runs in a goroutine of its own.
func (f *sourceFile) spawns(statement ast.Stmt) ast.Node {
	spawn, ok := statement.(*ast.GoStmt)
	if !ok {
		return nil
	}
	closure, ok := spawn.Call.Fun.(*ast.FuncLit)
	if !ok {
		return f.serves(spawn.Call, false)
	}
	for _, statement := range closure.Body.List {
		if found := f.serves(statement, false); found != nil {
			return found
		}
	}
	return nil
}

// jumps returns the labels that a goto leads to.
func (f *sourceFile) jumps() map[string]bool {
	labels := map[string]bool{}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if branch, ok := n.(*ast.BranchStmt); ok && branch.Tok == token.GOTO && branch.Label != nil {
			labels[branch.Label.Name] = true
		}
		return true
	})
	return labels
}
