package chores

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// Find lists the files under root whose base name matches pattern (see [filepath.Match]), sorted, relative to
// root and with forward slashes. Like the go command, it skips vendor and testdata folders and folders whose
// name begins with a dot.
func Find(root, pattern string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || name == "vendor" || name == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		matched, err := filepath.Match(pattern, name)
		if err != nil || !matched {
			return err
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		found = append(found, filepath.ToSlash(relative))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find %s under %s: %w", pattern, root, err)
	}
	return found, nil
}
