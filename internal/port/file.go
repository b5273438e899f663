package port

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// file is a Go file of the application, with the edits that its port needs.
type file struct {
	path       string // from the folder in which the command runs
	importPath string // of its package
	read       []byte // what the file has
	content    []byte // the same with Unix line breaks, and names for dot imports of the original
	fset       *token.FileSet
	syntax     *ast.File

	names      map[string]bool // all identifiers of the file
	unresolved map[*ast.Ident]bool
	locals     map[string]string // local names of packages, by the import path that the file has after its port
	adds       []string          // import paths to add
	edits      []edit
	left       []Remark
}

// edit replaces the bytes from start to end.
type edit struct {
	start, end int
	text       string
}

// parse reads a file. An error names the line of what is not Go.
func parse(path string, read []byte) (*file, error) {
	f := &file{path: path, read: read}
	return f, f.parse(bytes.ReplaceAll(read, []byte("\r\n"), []byte("\n")))
}

func (f *file) parse(content []byte) error {
	*f = file{
		path: f.path, read: f.read, content: content, fset: token.NewFileSet(),
		names: map[string]bool{}, unresolved: map[*ast.Ident]bool{}, locals: map[string]string{},
	}
	syntax, err := parser.ParseFile(f.fset, f.path, content, parser.ParseComments)
	if err != nil {
		return fmt.Errorf("%w: correct the file, so that it is Go, and run the command again", err)
	}
	f.syntax = syntax
	for _, ident := range syntax.Unresolved {
		f.unresolved[ident] = true
	}
	ast.Inspect(syntax, func(n ast.Node) bool {
		if ident, ok := n.(*ast.Ident); ok {
			f.names[ident.Name] = true
		}
		return true
	})
	for _, imported := range syntax.Imports {
		if path, name := pathOf(imported); name != "_" && name != "." {
			f.locals[path] = name
		}
	}
	return nil
}

func (f *file) line(at token.Pos) int { return f.fset.PositionFor(at, false).Line }

func (f *file) offset(at token.Pos) int { return f.fset.PositionFor(at, false).Offset }

// text returns the source of a node.
func (f *file) text(n ast.Node) string { return string(f.content[f.offset(n.Pos()):f.offset(n.End())]) }

func (f *file) replace(n ast.Node, text string) {
	f.edits = append(f.edits, edit{f.offset(n.Pos()), f.offset(n.End()), text})
}

func (f *file) insert(at token.Pos, text string) {
	f.edits = append(f.edits, edit{f.offset(at), f.offset(at), text})
}

// remove removes what is between two positions.
func (f *file) remove(start, end token.Pos) {
	f.edits = append(f.edits, edit{f.offset(start), f.offset(end), ""})
}

// leave adds a line about what the user has to do.
func (f *file) leave(at token.Pos, format string, args ...any) {
	position := f.fset.PositionFor(at, false)
	remark := Remark{File: f.path, Line: position.Line, Text: fmt.Sprintf(format, args...)}
	if !slices.Contains(f.left, remark) {
		f.left = append(f.left, remark)
	}
}

// remarks returns what is left in the file, by line. The edits have moved the lines below them, and imports are sorted.
func (f *file) remarks(after []byte) []Remark {
	now := bytes.Split(after, []byte("\n"))
	lines := bytes.SplitAfter(f.content, []byte("\n"))
	for i := range f.left {
		start := len(bytes.Join(lines[:f.left[i].Line-1], nil))
		f.left[i].NewLine = f.left[i].Line
		for _, e := range f.edits {
			if e.end <= start {
				f.left[i].NewLine += strings.Count(e.text, "\n") - bytes.Count(f.content[e.start:e.end], []byte("\n"))
			}
		}
	}
	for i, remark := range f.left {
		f.left[i].NewLine = nearest(now, remark.NewLine, bytes.TrimSpace(lines[remark.Line-1]))
	}
	slices.SortStableFunc(f.left, func(a, b Remark) int { return cmp.Compare(a.Line, b.Line) })
	return f.left
}

// nearest returns the number of the line with a text that is next to the given one, or that one if no line is near.
func nearest(lines [][]byte, number int, text []byte) int {
	for distance := range 5 {
		for _, candidate := range []int{number - distance, number + distance} {
			if candidate >= 1 && candidate <= len(lines) && bytes.Equal(bytes.TrimSpace(lines[candidate-1]), text) {
				return candidate
			}
		}
	}
	return number
}

// pathOf returns the import path of an import, and its local name if it has none of its own.
func pathOf(spec *ast.ImportSpec) (path, name string) {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return "", ""
	}
	if spec.Name != nil {
		return path, spec.Name.Name
	}
	return path, packageName(path)
}

// uses lists the selections from a package that the file has under a local name.
func (f *file) uses(local string) (found []*ast.SelectorExpr) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if ident, ok := selector.X.(*ast.Ident); ok && ident.Name == local && f.unresolved[ident] {
				found = append(found, selector)
			}
		}
		return true
	})
	return found
}

// local returns the name under which the file has a package after its port. It adds the import if there is none.
func (f *file) local(path string) string {
	if name := f.locals[path]; name != "" {
		return name
	}
	name := f.free(path)
	f.names[name] = true
	f.locals[path] = name
	f.adds = append(f.adds, path)
	return name
}

// free returns a name for a package that means nothing else in the file. The names of packages that the file loses
// count, too.
func (f *file) free(path string) string {
	name := packageName(path)
	for _, prefix := range prefixes(path) {
		if candidate := prefix + name; !f.names[candidate] {
			return candidate
		}
	}
	return name
}

// prefixes are what goes before a package's name if the file has another meaning for it.
func prefixes(path string) []string {
	if !strings.Contains(path, ".") {
		return []string{"", "go", "std"}
	}
	return []string{"", "sparta", "go"}
}

// result returns the file with its edits, formatted if it was formatted before, with its own line breaks.
func (f *file) result() ([]byte, error) {
	if len(f.edits) == 0 {
		return f.read, nil
	}
	changed, err := f.formatted()
	if err == nil && isCRLF(f.read) {
		changed = bytes.ReplaceAll(changed, []byte("\n"), []byte("\r\n"))
	}
	return changed, err
}

// isCRLF reports whether all lines of a text end as on Windows.
func isCRLF(text []byte) bool {
	breaks := bytes.Count(text, []byte("\n"))
	return breaks > 0 && bytes.Count(text, []byte("\r\n")) == breaks
}

func (f *file) formatted() ([]byte, error) {
	if err := f.settleEdits(); err != nil {
		return nil, err
	}
	changed := splice(f.content, f.edits)
	before, err := format.Source(f.content)
	if err != nil || !bytes.Equal(before, f.content) {
		return changed, nil
	}
	after, err := format.Source(changed)
	if err != nil {
		return nil, fmt.Errorf("%s: the changed file is not Go (%w): please report this with the file", f.path, err)
	}
	return after, nil
}

// settleEdits sorts the edits, and removes those that are inside of others.
func (f *file) settleEdits() error {
	slices.SortStableFunc(f.edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	var kept []edit
	last := 0
	for _, e := range f.edits {
		switch {
		case e.start >= last:
			kept = append(kept, e)
			last = e.end
		case e.end > last:
			return fmt.Errorf("%s: two changes overlap at byte %d: please report this with the file", f.path, e.start)
		}
	}
	f.edits = kept
	return nil
}

// splice returns a text with edits, which must not overlap.
func splice(text []byte, edits []edit) []byte {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	var out bytes.Buffer
	last := 0
	for _, e := range edits {
		out.Write(text[last:e.start])
		out.WriteString(e.text)
		last = e.end
	}
	out.Write(text[last:])
	return out.Bytes()
}

// spec returns an import of a path under a local name.
func spec(local, path string) string {
	if local == packageName(path) {
		return strconv.Quote(path)
	}
	return local + " " + strconv.Quote(path)
}

// packageName returns the name of the package at an import path, as far as applications of Sparta import it.
func packageName(path string) string {
	switch {
	case strings.HasSuffix(path, "/magefile"):
		return "spartamage"
	case strings.HasSuffix(path, "/go-cloudformation"):
		return "cloudformation"
	case strings.HasSuffix(path, "/iam/builder"):
		return "iambuilder"
	}
	name := path[strings.LastIndex(path, "/")+1:]
	if strings.HasPrefix(name, "v") && len(name) > 1 && name[1] >= '0' && name[1] <= '9' {
		return packageName(strings.TrimSuffix(path, "/"+name))
	}
	return strings.ToLower(strings.TrimPrefix(name, "go-"))
}
