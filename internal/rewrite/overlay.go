package rewrite

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/workspace"
)

// Write writes the transformed sources to the workspace's src folder, and the overlay with which the compiler
// reads them instead of the user's, and what the user's own overlay replaces. It returns the overlay's path.
func (t *Transformation) Write(w workspace.Dir) (overlay string, err error) {
	if err := os.RemoveAll(w.Src()); err != nil {
		return "", fmt.Errorf("clear the transformed sources: %w", err)
	}
	replace := map[string]string{}
	maps.Copy(replace, t.overlay)
	for path, file := range t.files {
		copied := filepath.Join(w.Src(), filepath.FromSlash(file.importPath), filepath.Base(path))
		if err := os.MkdirAll(filepath.Dir(copied), 0o755); err != nil {
			return "", fmt.Errorf("write the transformed sources: %w", files.WithDiskAdvice(err))
		}
		if err := os.WriteFile(copied, file.content, 0o644); err != nil {
			return "", fmt.Errorf("write the transformed sources: %w", files.WithDiskAdvice(err))
		}
		if file.origin != unchanged {
			replace[path] = copied
		}
	}
	content, err := json.MarshalIndent(map[string]any{"Replace": replace}, "", "\t")
	if err != nil {
		return "", fmt.Errorf("write the overlay: %w", err)
	}
	if err := os.WriteFile(w.Overlay(), content, 0o644); err != nil {
		return "", fmt.Errorf("write the overlay: %w", files.WithDiskAdvice(err))
	}
	return w.Overlay(), t.Bridge.write()
}

// SaveRejected writes the main package's transformed files to dir, for users to examine after a compile error,
// and returns their names. Their suffix keeps them out of every build.
func (t *Transformation) SaveRejected(dir string) (names []string) {
	for _, path := range t.mains {
		name := filepath.Base(path) + RejectedSuffix
		if err := os.WriteFile(filepath.Join(dir, name), t.files[path].content, 0o644); err == nil {
			names = append(names, name)
		}
	}
	return names
}

// RemoveRejected removes the files that SaveRejected wrote after an earlier failure.
func (t *Transformation) RemoveRejected(dir string) {
	for _, path := range t.mains {
		_ = os.Remove(filepath.Join(dir, filepath.Base(path)+RejectedSuffix))
	}
}

// RejectedSuffix is the end of the names of the files that SaveRejected writes.
const RejectedSuffix = ".sparta-cgo"
