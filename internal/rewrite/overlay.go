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
		return "", w.Unwritable(fmt.Errorf("clear the transformed sources: %w", err))
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
