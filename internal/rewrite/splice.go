package rewrite

import (
	"bytes"
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
)

// edit replaces the bytes from start to end.
type edit struct {
	start, end int
	text       string
}

// splice returns the file's content with functions of the bridge, which has this import path, in place of those
// that they replace. All lines keep their numbers, because additions contain no newline, except those after the
// last line. A comment after each addition lets the rest of the line keep its columns.
func (f *sourceFile) splice(importPath string) []byte {
	bridge := unused("sparta_bridge", f.identifiers)

	edits := []edit{f.insertPath(), f.insertImport(bridge, importPath)}
	for _, r := range f.replaced {
		text := bridge + f.columnComment(r.from.End())
		if r.node == r.from {
			text = bridge + "." + f.columnComment(r.from.Pos()) + r.name
		}
		edits = append(edits, edit{f.offset(r.from.Pos()), f.offset(r.from.End()), text})
	}
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })

	var out bytes.Buffer
	last := 0
	for _, e := range edits {
		out.Write(f.content[last:e.start])
		out.WriteString(e.text)
		last = e.end
	}
	out.Write(f.content[last:])
	for _, use := range f.keepImports() {
		fmt.Fprintf(&out, "\nvar _ = %s // keeps the import used", use)
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// insertPath adds the comment that names the user's file, or the one that a line comment of the user's names.
func (f *sourceFile) insertPath() edit {
	at := f.fset.Position(f.syntax.Package)
	return edit{at.Offset, at.Offset, lineComment(at.Filename, at.Line, at.Column)}
}

// lineComment returns a comment that sets the file and line for the compiler. The compiler knows the
// path of an overlaid file, but not of one below the package's own folder, which -trimpath rewrites first. A
// compiled package in Go's cache has the path that it was first compiled with.
func lineComment(path string, line, column int) string {
	const limit = 1 << 30 // of the compiler, for lines and columns
	switch {
	case strings.Contains(path, "*/"), line > limit, column > limit:
		return "" // stack traces then name the copy
	case column == 0: // a line comment of the user's without a column: the compiler counts none
		return fmt.Sprintf("/*line %s:%d*/", path, line)
	}
	return fmt.Sprintf("/*line %s:%d:%d*/", path, line, column)
}

func (f *sourceFile) offset(at token.Pos) int {
	return f.fset.Position(at).Offset
}

// insertImport adds the bridge's import after the package clause, on the same line.
func (f *sourceFile) insertImport(name, importPath string) edit {
	at := f.offset(f.syntax.Name.End())
	return edit{at, at, fmt.Sprintf("; import %s %q", name, importPath) + f.columnComment(f.syntax.Name.End())}
}

// columnComment returns a comment after which the compiler counts columns as in the user's file.
func (f *sourceFile) columnComment(next token.Pos) string {
	at := f.fset.Position(next)
	if at.Column == 0 {
		return "" // the compiler counts none, and without a column, a line comment has to name a file
	}
	return lineComment("", at.Line, at.Column)
}

// keepImports lists an expression for each import that may have become unused, which the compiler would reject.
func (f *sourceFile) keepImports() []string {
	var uses []string
	for _, spec := range f.syntax.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		replacement, known := replacements[path]
		if err != nil || !known || !slices.ContainsFunc(f.replaced, func(r reference) bool { return r.path == path }) {
			continue
		}
		switch {
		case spec.Name == nil:
			uses = append(uses, map[string]string{gosource.LambdaPath: "lambda", "os": "os"}[path]+"."+replacement.keep)
		case spec.Name.Name == ".":
			uses = append(uses, replacement.keep)
		case spec.Name.Name != "_":
			uses = append(uses, spec.Name.Name+"."+replacement.keep)
		}
	}
	return uses
}

// unused returns a name that begins with the given one and is not taken.
func unused(name string, taken map[string]bool) string {
	for taken[name] {
		name += "_"
	}
	return name
}
