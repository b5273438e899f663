package gobuild

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// PartialPrefix begins the names of folders for libraries that are not complete.
const PartialPrefix = "partial-"

// NewPartial makes a folder for a library until it is complete, beside its final path, and removes those of builds that
// were killed. Its name is new, because a killed build's container may still write to the old one.
func NewPartial(output string) (string, error) {
	parent := filepath.Dir(output)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return "", fmt.Errorf("write to the workspace: %w", err)
	}
	// Not filepath.Glob, because a path of the user's may contain the characters of patterns.
	entries, err := os.ReadDir(parent)
	if err != nil {
		return "", fmt.Errorf("read the workspace: %w", err)
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), PartialPrefix) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(parent, entry.Name())); err != nil {
			return "", fmt.Errorf("remove what a killed build left: %w", err)
		}
	}
	partial, err := os.MkdirTemp(parent, PartialPrefix)
	if err != nil {
		return "", fmt.Errorf("write to the workspace: %w", err)
	}
	return partial, nil
}
