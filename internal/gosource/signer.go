package gosource

import (
	"fmt"
	"hash"
	"iter"
	"os"
	"path/filepath"
	"time"
)

// signer adds files to a signature.
type signer struct {
	hash.Hash
	files  map[string]bool // those that have been added
	newest time.Time
	failed bool // whether a file could not be read
}

// file adds the content of a file, which need not exist, and returns it.
func (s *signer) file(path string) []byte {
	if s.files[path] {
		return nil
	}
	s.files[path] = true
	content, err := os.ReadFile(path)
	fmt.Fprintf(s, "%s %t %d\n%s\n", path, err == nil, len(content), content)
	s.note(path)
	return content
}

func (s *signer) note(path string) {
	if info, err := os.Stat(path); err == nil && info.ModTime().After(s.newest) {
		s.newest = info.ModTime()
	}
}

// upward yields a folder and those above it.
func upward(dir string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for yield(dir) && dir != filepath.Dir(dir) {
			dir = filepath.Dir(dir)
		}
	}
}
