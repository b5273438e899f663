package spartamage

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// clean removes the workspace of an application's folder, and what compile
// errors left beside it. Folders without write permission, as Go's module cache
// has them, are made writable first.
func clean(dir string) error {
	root := filepath.Join(dir, workspaceName)
	if info, err := os.Lstat(root); err == nil && info.Mode().IsRegular() {
		return fmt.Errorf("remove the workspace: %s is a file, which no build has made: move it away", root)
	}
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			_ = os.Chmod(path, 0o755)
		}
		return nil
	})
	if err := os.RemoveAll(root); err != nil {
		return fmt.Errorf("remove the workspace: %w", err)
	}
	// No path of the user's may be taken for a pattern.
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("remove what a compile error left: %w", err)
	}
	for _, entry := range entries {
		if entry.IsDir() || !strings.HasSuffix(entry.Name(), leftSuffix) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, entry.Name())); err != nil {
			return fmt.Errorf("remove what a compile error left: %w", err)
		}
	}
	return nil
}
