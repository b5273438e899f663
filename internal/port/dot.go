package port

import (
	"fmt"
	"go/ast"
)

// nameDots gives each dot import of the original a name, and writes it before the names that the import brings.
func (f *file) nameDots(table map[[2]string]entry) error {
	var edits []edit
	for _, imported := range f.syntax.Imports {
		path, local := pathOf(imported)
		if local != "." {
			continue
		}
		if isGocf(path) {
			return fmt.Errorf("%s:%d: import %q under a name, such as gocf, write it before the package's names, "+
				"and run the command again", f.path, f.line(imported.Pos()), path)
		}
		folder, ours := originalFolder(path)
		if !ours {
			continue
		}
		name := f.free(path)
		edits = append(edits, edit{f.offset(imported.Name.Pos()), f.offset(imported.Name.End()), name})
		for _, ident := range f.dotted(folder, table) {
			edits = append(edits, edit{f.offset(ident.Pos()), f.offset(ident.Pos()), name + "."})
		}
	}
	if edits == nil {
		return nil
	}
	return f.parse(splice(f.content, edits))
}

// dotted lists the file's uses of names that a dot import brings.
func (f *file) dotted(folder string, table map[[2]string]entry) (found []*ast.Ident) {
	for _, ident := range f.syntax.Unresolved { // without the names before colons in literals
		if _, known := table[[2]string{folder, ident.Name}]; known {
			found = append(found, ident)
		}
	}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if pair, ok := n.(*ast.KeyValueExpr); ok {
			key, ok := pair.Key.(*ast.Ident)
			if ok && key.Obj == nil && table[[2]string{folder, key.Name}].Verdict == literal {
				found = append(found, key) // all others may be fields
			}
		}
		return true
	})
	return found
}
