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

// splice gives the file's content with the functions of the bridge, which has this
// import path, in place of those that they stand in for. Every line keeps its number, because what is added
// has no newline, but for what follows the last line.
func (f *sourceFile) splice(importPath string) []byte {
	bridge := unused("sparta_bridge", f.identifiers)

	edits := []edit{f.insertPath(), f.insertImport(bridge, importPath)}
	for _, r := range f.replaced {
		text := bridge
		if r.node == r.from {
			text += "." + r.name
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

// insertPath tells the compiler whose lines these are: the user's file's.
func (f *sourceFile) insertPath() edit {
	at := f.fset.PositionFor(f.syntax.Package, false)
	return edit{at.Offset, at.Offset, lineComment(f.path, at.Line, at.Column)}
}

// lineComment tells the compiler where it is. It knows the place of an overlaid
// file by itself, but not of one below the package's own folder, which -trimpath
// rewrites first; and a compiled package in Go's cache has the place that it was
// first compiled in.
func lineComment(path string, line, column int) string {
	if strings.Contains(path, "*/") {
		return "" // stack traces name the copy, then
	}
	return fmt.Sprintf("/*line %s:%d:%d*/", path, line, column)
}

func (f *sourceFile) offset(at token.Pos) int {
	return f.fset.Position(at).Offset
}

// insertImport adds the bridge's import behind the package clause, on its line.
func (f *sourceFile) insertImport(name, importPath string) edit {
	at := f.offset(f.syntax.Name.End())
	return edit{at, at, fmt.Sprintf("; import %s %q", name, importPath)}
}

// keepImports lists an expression for each import that the edits may have left
// without a use, which the compiler would refuse.
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

func unused(name string, taken map[string]bool) string {
	for taken[name] {
		name += "_"
	}
	return name
}
