package explore

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/explore/console"
)

// sources lists the folders of source files that stack traces name.
func (e *engine) sources() []console.SourceRoot {
	e.mu.RLock()
	defer e.mu.RUnlock()
	var found []console.SourceRoot
	for _, root := range e.roots {
		mod, _ := os.ReadFile(filepath.Join(root, "go.mod")) // without one, files have their whole paths
		found = append(found, console.SourceRoot{Dir: root, Prefix: modulePath(string(mod))})
	}
	return append(found, console.SourceRoot{Dir: e.current()})
}

// modulePath returns the path that a go.mod gives its module, which programs have as the beginning of their files'
// names.
func modulePath(mod string) string {
	isBlock := false // the path is on a line after "module ("
	for line := range strings.Lines(mod) {
		line, _, _ = strings.Cut(line, "//") // no path contains these
		fields := strings.Fields(line)
		if !isBlock && (len(fields) < 2 || fields[0] != "module") || len(fields) == 0 {
			continue
		}
		path := fields[len(fields)-1]
		if path == "(" {
			isBlock = true
			continue
		}
		if unquoted, err := strconv.Unquote(path); err == nil {
			return unquoted
		}
		return path
	}
	return ""
}
