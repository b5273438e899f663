package spartamage

import (
	"path/filepath"
	"strings"
)

// absolute joins a path to a folder unless it is absolute already.
func absolute(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// under tells whether a path is a folder or lies below it.
func under(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
