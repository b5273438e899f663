package explore

import (
	"bytes"
	"go/build/constraint"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/files"
)

// isMagefile reports whether a file of an application is part of its magefile: mage compiles the Go files of the folder
// that require its tag, or else those of the folder magefiles.
func isMagefile(path, dir string) bool {
	if files.Under(path, filepath.Join(dir, "magefiles")) {
		return true
	}
	if filepath.Dir(path) != dir || filepath.Ext(path) != ".go" {
		return false
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	for line := range bytes.Lines(content) {
		line = bytes.TrimSpace(line)
		if bytes.HasPrefix(line, []byte("package ")) {
			return false
		}
		if expression, err := constraint.Parse(string(line)); err == nil {
			return expression.Eval(func(tag string) bool { return tag == "mage" }) &&
				!expression.Eval(func(string) bool { return false })
		}
	}
	return false
}
