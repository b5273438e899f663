package spartamage

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// clean removes the workspace of an application's folder, and what compile
// errors left beside it. Folders without write permission, as Go's module cache
// has them, are made writable first.
func clean(dir string) error {
	root := filepath.Join(dir, workspaceName)
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			_ = os.Chmod(path, 0o755)
		}
		return nil
	})
	if err := os.RemoveAll(root); err != nil {
		return fmt.Errorf("remove the workspace: %w", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"+leftSuffix))
	if err != nil {
		return fmt.Errorf("remove what a compile error left: %w", err)
	}
	for _, path := range left {
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("remove what a compile error left: %w", err)
		}
	}
	return nil
}
