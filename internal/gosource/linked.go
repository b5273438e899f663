package gosource

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/go-sparta/sparta/internal/files"
)

// Linked lists the real paths of those of the application's own sources that are outside the roots, but are
// reached through symbolic links below them. A container sees the links and needs their targets.
func (a *Application) Linked(roots []string) []string {
	known := slices.Clone(roots)
	for _, root := range roots {
		if actual, err := filepath.EvalSymlinks(root); err == nil {
			known = append(known, actual)
		}
	}
	var found []string
	add := func(path string) {
		actual, err := filepath.EvalSymlinks(path)
		if err != nil { // the go command has read it, and reports it if it is gone
			return
		}
		if !slices.ContainsFunc(known, func(root string) bool { return files.Under(actual, root) }) {
			found = append(found, actual)
			known = append(known, actual)
		}
	}
	for _, p := range a.Packages {
		if !a.Local(p) {
			continue
		}
		add(p.Dir)
		for _, path := range p.Inputs() {
			if info, err := os.Lstat(path); err == nil && info.Mode()&os.ModeSymlink != 0 {
				add(path)
			}
		}
	}
	return found
}
