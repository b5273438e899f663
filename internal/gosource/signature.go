package gosource

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"hash"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/workspace"
)

// signature identifies everything that findings follow from: the options, the environment, the go command, the files
// that select modules and settings, the names of files in the packages' folders, and what precedes the code in source
// files, with the lines for package embed. It is empty if that cannot be said. Newest is when one of the files was
// changed last.
func (f Findings) signature(opts ListOptions, variables []string) (signature string, newest time.Time) {
	sum, err := blake2b.New256(nil)
	if err != nil || f.App == nil || len(f.App.Overlay) > 0 {
		return "", newest
	}
	s := &signer{Hash: sum, files: map[string]bool{}}
	fmt.Fprintf(s, "%+v %q %+v %q\n", opts, variables, goCommand(), environment())
	fmt.Fprintf(s, "%+v %+v %+v\n", Package{}, Module{}, Environment{}) // other versions ask for other fields
	s.modules(f, opts.Dir)
	for _, p := range f.App.Packages {
		if files.Under(p.Dir, f.App.ModCache) {
			s.failed = s.failed || !files.Exists(p.Dir) // go clean -modcache has removed it
			continue
		}
		s.names(p)
		for dir := p.Dir; f.App.Local(p) && files.Under(dir, p.Module.Dir); dir = filepath.Dir(dir) {
			s.file(filepath.Join(dir, "go.mod")) // which would make it another module
		}
		for _, path := range p.Sources() {
			s.source(path) // it may be named like a test
		}
	}
	if s.failed {
		return "", s.newest
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), s.newest
}

// modules adds the files that select modules and their versions, and settings of the go command.
func (s *signer) modules(f Findings, dir string) {
	for dir := dir; ; dir = filepath.Dir(dir) { // one may be created in any of them
		s.selection(filepath.Join(dir, "go.mod"), dir)
		s.selection(filepath.Join(dir, "go.work"), dir)
		if dir == filepath.Dir(dir) {
			break
		}
	}
	for _, path := range f.App.ModuleFiles(f.Env) {
		s.selection(path, filepath.Dir(path))
	}
	if flags, err := goflags.Read(f.Env.GOFLAGS); err == nil {
		s.selection(flags.ModFile(dir), filepath.Dir(f.Env.GOMOD))
	}
	s.file(settingsFile())
	s.file(filepath.Join(f.Env.GOROOT, "go.env"))
	s.file(filepath.Join(f.Env.GOROOT, "VERSION"))
}

// selection adds a file that selects modules, and the go.mod files of the folders that it names, relative to dir: they
// have a say in the versions, even if no package of theirs is used.
func (s *signer) selection(path, dir string) {
	if s.files[path] {
		return
	}
	for field := range bytes.FieldsSeq(s.file(path)) {
		folder := strings.Trim(string(field), "\"`")
		if strings.HasPrefix(folder, ".") || filepath.IsAbs(folder) {
			s.file(filepath.Join(files.Absolute(dir, filepath.FromSlash(folder)), "go.mod"))
		}
	}
}

// settingsFile returns the path of the file that `go env -w` writes.
func settingsFile() string {
	if path := os.Getenv("GOENV"); path != "" {
		return path
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "go", "env")
}

// signer adds files to a signature.
type signer struct {
	hash.Hash
	files  map[string]bool // those that have been added
	newest time.Time
	failed bool // whether a file could not be read
}

// file adds the content of a file, which need not exist, and returns it.
func (s *signer) file(path string) []byte {
	if s.files[path] {
		return nil
	}
	s.files[path] = true
	content, err := os.ReadFile(path)
	fmt.Fprintf(s, "%s %t %d\n%s\n", path, err == nil, len(content), content)
	s.note(path)
	return content
}

func (s *signer) note(path string) {
	if info, err := os.Stat(path); err == nil && info.ModTime().After(s.newest) {
		s.newest = info.ModTime()
	}
}

// names adds the names of a package's files, with the beginnings of its sources, and the names of the files in folders
// from which it embeds files.
func (s *signer) names(p *Package) {
	s.folder(p.Dir, len(p.EmbedFiles) > 0)
	for _, dir := range embedded(p) {
		err := filepath.WalkDir(filepath.Join(p.Dir, dir), func(path string, entry fs.DirEntry, err error) error {
			fmt.Fprintln(s, path, err == nil && entry.Type().IsRegular())
			return err
		})
		s.failed = s.failed || err != nil
	}
}

// embedded returns the names of folders of a package from which it embeds files, sorted.
func embedded(p *Package) []string {
	folders := map[string]bool{}
	for _, name := range p.EmbedFiles {
		if first, _, nested := strings.Cut(filepath.ToSlash(name), "/"); nested {
			folders[first] = true
		}
	}
	return slices.Sorted(maps.Keys(folders))
}

// folder adds the names of a folder's files: all of them, or only those that the go command considers. Of these it adds
// the beginnings, too: build constraints may include one that has been ignored.
func (s *signer) folder(dir string, all bool) {
	entries, err := os.ReadDir(dir)
	s.failed = s.failed || err != nil
	for _, entry := range entries {
		name := entry.Name()
		if all && name != workspace.Name || IsSource(name) {
			fmt.Fprintln(s, dir, name)
		}
		if IsSource(name) && !entry.IsDir() {
			s.source(filepath.Join(dir, name))
		}
	}
}

// source adds what precedes the code in a source file: of a Go file, what it has up to its last import, and its lines
// for package embed; of another one, or one that is not Go, all of it.
func (s *signer) source(path string) {
	if filepath.Ext(path) == ".syso" || s.files[path] {
		return
	}
	content, err := os.ReadFile(path)
	s.failed = s.failed || err != nil
	s.files[path] = true
	s.note(path)
	fmt.Fprintf(s, "%s\n%s\n", path, content[:beginning(path, content)])
	for line := range bytes.Lines(content) {
		if bytes.Contains(line, []byte("//go:embed")) || bytes.Contains(line, []byte("//go:cgo_")) {
			_, _ = s.Write(line)
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
