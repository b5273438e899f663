package rewrite

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/workspace"
)

// Write writes the transformed sources to the workspace's src folder, and the overlay with which the compiler
// reads them instead of the user's. It returns the overlay's path.
func (t *Transformation) Write(w workspace.Dir) (overlay string, err error) {
	if err := os.RemoveAll(w.Src()); err != nil {
		return "", fmt.Errorf("clear the transformed sources: %w", err)
	}
	replace := map[string]string{}
	for path, file := range t.files {
		copied := filepath.Join(w.Src(), filepath.FromSlash(file.importPath), filepath.Base(path))
		if err := os.MkdirAll(filepath.Dir(copied), 0o755); err != nil {
			return "", fmt.Errorf("write the transformed sources: %w", files.RoomFor(err))
		}
		if err := os.WriteFile(copied, file.content, 0o644); err != nil {
			return "", fmt.Errorf("write the transformed sources: %w", files.RoomFor(err))
		}
		if file.differs {
			replace[path] = copied
		}
	}
	content, err := json.MarshalIndent(map[string]any{"Replace": replace}, "", "\t")
	if err != nil {
		return "", fmt.Errorf("write the overlay: %w", err)
	}
	if err := os.WriteFile(w.Overlay(), content, 0o644); err != nil {
		return "", fmt.Errorf("write the overlay: %w", files.RoomFor(err))
	}
	return w.Overlay(), t.Bridge.write()
}

// LeaveBehind writes the main package's transformed files to the working directory, for users to examine after
// a compile error. Their suffix keeps them out of every build.
func (t *Transformation) LeaveBehind(dir string) (left []string) {
	for _, path := range t.mains {
		name := filepath.Base(path) + LeftSuffix
		if err := os.WriteFile(filepath.Join(dir, name), t.files[path].content, 0o644); err == nil {
			left = append(left, name)
		}
	}
	return left
}

// TakeAway removes the files that LeaveBehind wrote after an earlier failure.
func (t *Transformation) TakeAway(dir string) {
	for _, path := range t.mains {
		_ = os.Remove(filepath.Join(dir, filepath.Base(path)+LeftSuffix))
	}
}

// LeftSuffix ends the names of what LeaveBehind writes.
const LeftSuffix = ".sparta-cgo"
