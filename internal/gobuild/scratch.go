package gobuild

import (
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/files"
)

// Scratch makes a folder for the go command's temporary files, and removes those of earlier builds, because the go
// command leaves them behind if it is killed. The folder is not in the module: some paths there would become part of
// the library. Scratch returns the variable that names the folder, or none if there is no folder for caches.
func Scratch() (variables []string, remove func()) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, func() {}
	}
	dir := filepath.Join(cache, "sparta", "tmp")
	if os.MkdirAll(dir, 0o700) != nil {
		return nil, func() {}
	}
	_ = files.SweepScratchFolder(dir) // what cannot be removed now is left to the next build
	own := files.Scratch(filepath.Join(dir, "build"))
	if os.Mkdir(own, 0o700) != nil {
		return nil, func() {}
	}
	return []string{"GOTMPDIR=" + own}, func() { _ = os.RemoveAll(own) }
}
