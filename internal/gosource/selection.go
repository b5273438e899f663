package gosource

import (
	"fmt"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// selection adds a file that selects modules, and the go.mod files of the folders that it names, relative to dir: they
// affect the versions even if none of their packages is used. So do the modules that those of a workspace replace.
func (s *signer) selection(path, dir string) {
	if s.files[path] {
		return
	}
	workspace := filepath.Ext(path) == ".work" // its folders need not begin with a dot
	for line := range strings.Lines(string(s.file(path))) {
		for _, word := range words(line) {
			if workspace || strings.HasPrefix(word, ".") || filepath.IsAbs(word) {
				folder := files.Absolute(dir, filepath.FromSlash(word))
				s.selection(filepath.Join(folder, "go.mod"), folder)
			}
		}
	}
}

// words returns the words of a line of go.mod or go.work, without quotes.
func words(line string) []string {
	var all []string
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		if quoted, err := strconv.QuotedPrefix(line); err == nil {
			if word, err := strconv.Unquote(quoted); err == nil {
				all, line = append(all, word), line[len(quoted):]
				continue
			}
		}
		end := strings.IndexAny(line, " \t")
		if end < 0 {
			end = len(line)
		}
		all, line = append(all, line[:end]), line[end:]
	}
	return all
}

// rivals adds the names of Go files in the folders where other modules would have a package of the same path: the go
// command refuses to choose if two have it. Only the user's own modules can get further files.
func (s *signer) rivals(app *Application) {
	modules := map[string]string{} // folders by path
	for _, p := range app.Packages {
		if app.Local(p) {
			modules[p.Module.Path] = p.Module.Dir
		}
	}
	for _, p := range app.Packages {
		for above := p.ImportPath; above != "." && above != "/"; above = path.Dir(above) {
			dir := modules[above]
			if dir == "" {
				continue
			}
			rival := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(p.ImportPath, above)))
			if rival != p.Dir {
				s.goFiles(rival)
			}
		}
	}
}

// goFiles adds the names of the Go files in a folder, which need not exist.
func (s *signer) goFiles(dir string) {
	names, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	s.note(dir)
	fmt.Fprintln(s, dir, len(names), names)
}
