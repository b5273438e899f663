package explore

import (
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gosource"
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
	return err == nil && gosource.OnlyForMage(string(content))
}
