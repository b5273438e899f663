package gosource

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
)

// signature identifies everything that findings follow from: the options, the files that select modules and settings,
// the names of files in the packages' folders, and what precedes the code in Go files, with the lines for package
// embed. It is empty if that cannot be said. Newest is when one of the files was changed last.
func (f Findings) signature(opts ListOptions) (signature string, newest time.Time) {
	sum, err := blake2b.New256(nil)
	if err != nil || f.App == nil || len(f.App.Overlay) > 0 {
		return "", newest
	}
	s := &signer{Hash: sum}
	fmt.Fprintf(s, "%+v\n", opts)
	for dir := opts.Dir; ; dir = filepath.Dir(dir) { // one may be created in any of them
		for _, name := range []string{"go.mod", "go.work"} {
			s.file(filepath.Join(dir, name))
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	selected := append(f.App.ModuleFiles(f.Env), settingsFile())
	if flags, err := goflags.Read(f.Env.GOFLAGS); err == nil {
		selected = append(selected, flags.ModFile(opts.Dir))
	}
	for _, path := range selected {
		s.file(path)
	}
	for _, p := range f.App.Packages {
		if !files.Under(p.Dir, f.App.ModCache) {
			s.names(p)
			for _, path := range p.Sources() {
				s.header(path)
			}
		}
	}
	if s.failed {
		return "", s.newest
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), s.newest
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
	newest time.Time
	failed bool // whether a file could not be read
}

// file adds the content of a file, which need not exist.
func (s *signer) file(path string) {
	content, err := os.ReadFile(path)
	fmt.Fprintf(s, "%s %t %d\n%s\n", path, err == nil, len(content), content)
	if info, err := os.Stat(path); err == nil {
		s.note(info)
	}
}

func (s *signer) note(info fs.FileInfo) {
	if info.ModTime().After(s.newest) {
		s.newest = info.ModTime()
	}
}

// names adds the names of a package's files, and of those in folders from which it embeds files.
func (s *signer) names(p *Package) {
	s.folder(p.Dir, len(p.EmbedFiles) > 0)
	for dir := range embedded(p) {
		err := filepath.WalkDir(filepath.Join(p.Dir, dir), func(path string, entry fs.DirEntry, err error) error {
			fmt.Fprintln(s, path, err == nil && entry.Type().IsRegular())
			return err
		})
		s.failed = s.failed || err != nil
	}
}

// embedded returns the names of folders of a package from which it embeds files.
func embedded(p *Package) map[string]bool {
	folders := map[string]bool{}
	for _, name := range p.EmbedFiles {
		if first, _, nested := strings.Cut(filepath.ToSlash(name), "/"); nested {
			folders[first] = true
		}
	}
	return folders
}

// folder adds the names of a folder's files: all of them, or only those that the go command considers.
func (s *signer) folder(dir string, all bool) {
	entries, err := os.ReadDir(dir)
	s.failed = s.failed || err != nil
	for _, entry := range entries {
		name := entry.Name()
		if all || IsSource(name) {
			fmt.Fprintln(s, dir, name)
		}
	}
}

// header adds what a Go file has up to its last import, and its lines for package embed.
func (s *signer) header(path string) {
	content, err := os.ReadFile(path)
	if err != nil {
		s.failed = true
		return
	}
	if info, err := os.Stat(path); err == nil {
		s.note(info)
	}
	positions := token.NewFileSet()
	syntax, err := parser.ParseFile(positions, path, content, parser.ImportsOnly)
	if err != nil {
		s.failed = true
		return
	}
	end := syntax.Name.End()
	if count := len(syntax.Decls); count > 0 {
		end = syntax.Decls[count-1].End()
	}
	fmt.Fprintf(s, "%s\n%s\n", path, content[:positions.Position(end).Offset])
	for line := range bytes.Lines(content) {
		if bytes.Contains(line, []byte("//go:embed")) || bytes.Contains(line, []byte("//go:cgo_")) {
			_, _ = s.Write(line)
		}
	}
}
