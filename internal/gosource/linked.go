package gosource

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/go-sparta/sparta/internal/files"
)

// Linked lists the real folders and files of the application's own sources that
// symbolic links put below the roots, but that lie outside of them. A container
// finds the links there, and needs what they lead to.
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
		if err != nil { // the go command has read it, and will tell if it is gone
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
