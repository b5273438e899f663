package rewrite

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

const (
	// RejectedSuffix is the end of the names of the files that SaveRejected writes.
	RejectedSuffix = ".sparta-cgo"

	// rejectedMark is the end of their content: a file without it is the user's own.
	rejectedMark = "\n// Left by spartamage, because it does not compile. The next build replaces or removes it.\n"
)

// SaveRejected writes the main package's transformed files to dir, for users to examine after a compile error,
// and returns their names. Their suffix keeps them out of every build. A file of the user's is not replaced.
func (t *Transformation) SaveRejected(dir string) (names []string) {
	for _, path := range t.mains {
		name := filepath.Base(path) + RejectedSuffix
		target := filepath.Join(dir, name)
		if _, err := os.Lstat(target); err == nil && !isRejected(target) {
			continue
		}
		if files.Write(target, append(bytes.Clone(t.files[path].content), rejectedMark...)) == nil {
			names = append(names, name)
		}
	}
	return names
}

// RemoveRejected removes the files that SaveRejected wrote to dir after earlier failures.
func RemoveRejected(dir string) error {
	entries, err := os.ReadDir(dir) // not filepath.Glob: a path of the user's may contain the characters of patterns
	if err != nil {
		return err
	}
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		if !strings.HasSuffix(path, RejectedSuffix) || !isRejected(path) {
			continue
		}
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// isRejected reports whether SaveRejected has written a file.
func isRejected(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	content, err := os.ReadFile(path)
	return err == nil && bytes.HasSuffix(content, []byte(rejectedMark))
}
