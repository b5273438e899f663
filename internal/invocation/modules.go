package invocation

import (
	"io/fs"
	"path/filepath"
)

// HasModules reports whether a package has Python modules other than its own.
func HasModules(stage string) bool {
	found := false
	_ = filepath.WalkDir(stage, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // then it cannot be run either
		case path == filepath.Join(stage, "_sparta"):
			return fs.SkipDir
		case filepath.Ext(path) == ".py" && path != filepath.Join(stage, "index.py"):
			found = true
			return fs.SkipAll
		}
		return nil
	})
	return found
}
