package gosource

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/go-sparta/sparta/internal/files"
)

// Overlay says, by absolute path, which file the go command reads instead of another: that of GOFLAGS=-overlay. An
// empty path means that the file does not exist for it.
type Overlay map[string]string

// Replacements returns the files that replace others.
func (o Overlay) Replacements() []string {
	var paths []string
	for _, replacement := range o {
		if replacement != "" {
			paths = append(paths, replacement)
		}
	}
	return paths
}

// readOverlay reads the JSON file of an -overlay flag. Its paths are relative to dir. An empty path means none.
func readOverlay(path, dir string) (Overlay, error) {
	if path == "" {
		return nil, nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the -overlay of GOFLAGS: %w", err)
	}
	var file struct{ Replace map[string]string }
	if err := json.Unmarshal(content, &file); err != nil {
		return nil, fmt.Errorf("read the -overlay of GOFLAGS: %s: %w", path, err)
	}
	overlay := Overlay{}
	for from, to := range file.Replace {
		if to != "" {
			to = files.Absolute(dir, to)
		}
		overlay[files.Absolute(dir, from)] = to
	}
	return overlay, nil
}

// Path returns the file that the go command reads for a path.
func (o Overlay) Path(path string) string {
	if actual, replaced := o[path]; replaced {
		return actual
	}
	return path
}
