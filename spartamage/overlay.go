package spartamage

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// write puts the transformed sources into the workspace's src folder and gives
// the overlay that shows them to the compiler in the place of the user's.
func (t *transformation) write(w workspace) (overlay string, err error) {
	if err := os.RemoveAll(w.src()); err != nil {
		return "", fmt.Errorf("clear the transformed sources: %w", err)
	}
	replace := map[string]string{}
	for path, file := range t.files {
		copied := filepath.Join(w.src(), filepath.FromSlash(file.importPath), filepath.Base(path))
		if err := os.MkdirAll(filepath.Dir(copied), 0o755); err != nil {
			return "", fmt.Errorf("write the transformed sources: %w", roomFor(err))
		}
		if err := os.WriteFile(copied, file.content, 0o644); err != nil {
			return "", fmt.Errorf("write the transformed sources: %w", roomFor(err))
		}
		if file.differs {
			replace[path] = copied
		}
	}
	content, err := json.MarshalIndent(map[string]any{"Replace": replace}, "", "\t")
	if err != nil {
		return "", fmt.Errorf("write the overlay: %w", err)
	}
	if err := os.WriteFile(w.overlay(), content, 0o644); err != nil {
		return "", fmt.Errorf("write the overlay: %w", roomFor(err))
	}
	return w.overlay(), t.bridge.write()
}

// leaveBehind puts the main package's transformed files into the working
// directory for a look after a compile error. Their suffix keeps them out of
// every build.
func (t *transformation) leaveBehind(dir string) (left []string) {
	for _, path := range t.mains {
		name := filepath.Base(path) + leftSuffix
		if err := os.WriteFile(filepath.Join(dir, name), t.files[path].content, 0o644); err == nil {
			left = append(left, name)
		}
	}
	return left
}

// takeAway removes what an earlier failure left behind.
func (t *transformation) takeAway(dir string) {
	for _, path := range t.mains {
		_ = os.Remove(filepath.Join(dir, filepath.Base(path)+leftSuffix))
	}
}

const leftSuffix = ".sparta-cgo"
