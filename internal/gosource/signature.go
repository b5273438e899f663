package gosource

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
)

// signature identifies everything that findings follow from: the options, the environment, the go command, the files
// that select modules and settings, the names of files in the packages' folders, and what precedes the code in source
// files, with the lines for package embed. It is empty if that cannot be said. Newest is when one of the files was
// changed last.
func (f Findings) signature(opts ListOptions, variables []string) (signature string, newest time.Time) {
	sum, err := blake2b.New256(nil)
	flags, flagsErr := goflags.Read(f.Env.GOFLAGS)
	if err != nil || flagsErr != nil || f.App == nil || flags.Overlay(opts.Dir) != "" {
		return "", newest
	}
	if strings.Contains(opts.Package, "...") { // which may match more than one package later
		return "", newest
	}
	s := &signer{Hash: sum, files: map[string]bool{}}
	fmt.Fprintf(s, "%+v %q %+v %q\n", opts, variables, goCommand(), environment())
	fmt.Fprintf(s, "%+v %+v %+v\n", Package{}, Module{}, Environment{}) // other versions ask for other fields
	s.modules(f, flags.ModFile(opts.Dir), opts.Dir)
	s.rivals(f.App)
	for _, p := range f.App.Packages {
		if files.Under(p.Dir, f.App.ModCache) {
			s.failed = s.failed || !files.Exists(p.Dir) // go clean -modcache has removed it
			continue
		}
		s.folder(p)
		for dir := range upward(p.Dir) {
			if !f.App.Local(p) || !files.Under(dir, p.Module.Dir) {
				break
			}
			s.file(filepath.Join(dir, "go.mod")) // which would make it another module
		}
		for _, path := range p.Sources() {
			s.source(path) // folder passes over a main file that is named like a test
		}
	}
	if s.failed {
		return "", s.newest
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), s.newest
}

// modules adds the files that select modules and their versions, and settings of the go command. The file modFile
// replaces go.mod, unless it is empty.
func (s *signer) modules(f Findings, modFile, dir string) {
	for dir := range upward(dir) { // one may be created in any of them
		s.selection(filepath.Join(dir, "go.mod"), dir)
		s.selection(filepath.Join(dir, "go.work"), dir)
	}
	for _, path := range f.App.ModuleFiles(f.Env) {
		s.selection(path, filepath.Dir(path))
	}
	if modFile != "" {
		s.selection(modFile, filepath.Dir(f.Env.GOMOD))
		s.file(strings.TrimSuffix(modFile, ".mod") + ".sum")
	}
	for _, selecting := range []string{f.Env.GOMOD, f.Env.GOWORK} { // vendor counts even if it is empty
		vendor := filepath.Join(filepath.Dir(selecting), "vendor")
		fmt.Fprintln(s, vendor, files.Exists(vendor))
	}
	s.file(settingsFile())
	s.file(filepath.Join(f.Env.GOROOT, "go.env"))
	s.file(filepath.Join(f.Env.GOROOT, "VERSION"))
}

// settingsFile returns the path of the file that `go env -w` writes.
func settingsFile() string {
	if path := os.Getenv("GOENV"); path == "off" {
		return ""
	} else if path != "" {
		return path
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "go", "env")
}

// folder adds the names of a package's files that the go command considers, with the beginnings of all sources, because
// build constraints may come to include an ignored one. Tests count, too: go list refuses a package if it cannot read
// one of them or finds another package's name there. The names that patterns for package embed match are also added.
func (s *signer) folder(p *Package) {
	entries, err := os.ReadDir(p.Dir)
	s.failed = s.failed || err != nil
	s.note(p.Dir)
	for _, entry := range entries {
		path := filepath.Join(p.Dir, entry.Name())
		source, embedded := IsSource(entry.Name()) || isTest(entry.Name()), p.mayEmbed(entry.Name())
		if source || embedded {
			fmt.Fprintln(s, path, entry.Type())
		}
		switch {
		case !source || entry.IsDir():
		case pipeKind(path, entry) != "":
			s.failed, s.files[path] = true, true // Find reports it
		default:
			s.source(path)
		}
		if embedded && entry.IsDir() {
			s.tree(path)
		}
	}
}

// tree adds the names of everything in a folder.
func (s *signer) tree(dir string) {
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			s.note(path)
		}
		fmt.Fprintln(s, path, entry.Type())
		return nil
	})
	s.failed = s.failed || err != nil
}

// mayEmbed reports whether a pattern for package embed may match a file or folder of that name in the package's folder,
// or something inside it.
func (p *Package) mayEmbed(name string) bool {
	return slices.ContainsFunc(p.EmbedPatterns, func(pattern string) bool {
		first, _, _ := strings.Cut(strings.TrimPrefix(pattern, "all:"), "/")
		matches, err := path.Match(first, name)
		return matches || err != nil || first == "."
	})
}

// source adds what precedes the code in a source file: of a Go file, everything up to its last import, and its lines
// for package embed; of another file, or one with a syntax error there, everything.
func (s *signer) source(path string) {
	if filepath.Ext(path) == ".syso" || s.files[path] {
		return
	}
	content, err := os.ReadFile(path)
	s.failed = s.failed || err != nil
	s.files[path] = true
	s.note(path)
	fmt.Fprintf(s, "%s\n%s\n", path, content[:beginning(path, content)])
	s.directives(content)
}

// directives adds the lines for package embed in a Go file, but not those inside another comment or a string.
func (s *signer) directives(content []byte) {
	const directive = "//go:embed"
	if !bytes.Contains(content, []byte(directive)) {
		return
	}
	var tokens scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(content))
	tokens.Init(file, content, nil, scanner.ScanComments)
	for {
		position, kind, text := tokens.Scan()
		if kind == token.EOF {
			return
		}
		if kind == token.COMMENT && strings.HasPrefix(text, directive) {
			before := content[:file.Offset(position)]
			fmt.Fprintf(s, "%s%s\n", before[bytes.LastIndexByte(before, '\n')+1:], text)
		}
	}
}

// beginning returns the length of what precedes the code in a source file.
func beginning(path string, content []byte) int {
	if filepath.Ext(path) != ".go" {
		return len(content)
	}
	positions := token.NewFileSet()
	syntax, err := parser.ParseFile(positions, path, content, parser.ImportsOnly)
	if err != nil {
		return len(content)
	}
	end := syntax.Name.End()
	if count := len(syntax.Decls); count > 0 {
		end = syntax.Decls[count-1].End()
	}
	return positions.Position(end).Offset
}
