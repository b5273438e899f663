// Package workspace is the folder that builds write to, and its lock.
package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/go-sparta/sparta/internal/files"
)

// Name is the folder, in the working directory, that holds everything
// a build writes. The go command passes over folders that start with a dot.
const Name = ".sparta"

// Dir is the absolute path of such a folder.
type Dir string

// Src is the folder of the transformed sources.
func (w Dir) Src() string { return filepath.Join(string(w), "src") }

// Bridge is the folder of the bridge's sources.
func (w Dir) Bridge() string { return filepath.Join(string(w), "bridge") }

// Overlay is the file that shows the transformed sources to the compiler.
func (w Dir) Overlay() string { return filepath.Join(string(w), "overlay.json") }

// Stage is the folder with the package's content.
func (w Dir) Stage() string { return filepath.Join(string(w), "stage") }

// Local is the workspace for runs here of what is built for another system.
func (w Dir) Local() Dir { return Dir(filepath.Join(string(w), "local")) }

// Record is the file that says what the package was made from.
func (w Dir) Record() string { return filepath.Join(string(w), "build.json") }

// Library is the file of the compiled library.
func (w Dir) Library(name string) string { return filepath.Join(string(w), "build", name+".so") }

// Zip is the package's file.
func (w Dir) Zip(name string) string { return filepath.Join(string(w), name+".zip") }

// Open makes the folder and waits for other builds in it to end. The lock goes
// with the process that holds it, so a killed one leaves none. busy is called if
// there is another build to wait for.
func (w Dir) Open(ctx context.Context, busy func()) (release func(), err error) {
	for {
		if err := os.MkdirAll(filepath.Join(string(w), "build"), 0o755); err != nil {
			return nil, w.Unwritable(err)
		}
		if err := os.WriteFile(filepath.Join(string(w), ".gitignore"), []byte("*\n"), 0o644); err != nil {
			return nil, w.Unwritable(err)
		}
		lock, err := os.OpenFile(filepath.Join(string(w), "lock"), os.O_CREATE|os.O_RDWR, 0o644)
		if err != nil {
			return nil, w.Unwritable(err)
		}
		if err := lockFile(ctx, lock, busy); err != nil {
			return nil, errors.Join(fmt.Errorf("lock %s: %w", w, err), lock.Close())
		}
		if isCurrent(lock) {
			return func() { _ = lock.Close() }, nil
		}
		// What the lock was waited for was the end of the folder.
		if err := lock.Close(); err != nil {
			return nil, w.Unwritable(err)
		}
	}
}

// isCurrent reports whether a file is still found under its name.
func isCurrent(f *os.File) bool {
	own, err := f.Stat()
	if err != nil {
		return false
	}
	found, err := os.Stat(f.Name())
	return err == nil && os.SameFile(own, found)
}

// Remove removes the folder once no build works in it any more, and after a call of last. Folders without
// write permission, as Go's module cache has them, are made writable first.
func (w Dir) Remove(ctx context.Context, busy, last func()) error {
	lock, err := os.OpenFile(filepath.Join(string(w), "lock"), os.O_RDWR, 0)
	switch {
	case err != nil: // there was no build
	case runtime.GOOS == "windows": // which removes no file that is open
		_ = lock.Close()
	default:
		defer lock.Close()
		if err := lockFile(ctx, lock, busy); err != nil {
			return fmt.Errorf("lock %s: %w", w, err)
		}
		last()
	}
	_ = filepath.WalkDir(string(w), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			_ = os.Chmod(path, 0o755)
		}
		return nil
	})
	return os.RemoveAll(string(w))
}

// Unwritable is the error of writing to the workspace, with what to do about it.
func (w Dir) Unwritable(err error) error {
	if next := w.Advice(err); next != "" {
		return fmt.Errorf("write to the workspace: %w; %s", err, next)
	}
	return fmt.Errorf("write to the workspace: %w", err)
}

// Advice is what to do about an error of writing to the workspace.
func (w Dir) Advice(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "make it yours (`sudo chown -R $(id -u) " + Name + "`) or remove it"
	case errors.Is(err, syscall.ENOSPC):
		return "free some space there and build again"
	case errors.Is(err, syscall.EROFS):
		return "builds write to " + Name + " beside the application: make its file system writable, or build a copy"
	case files.IsDangling(string(w)):
		return Name + " is a symbolic link to nothing: remove or mend it"
	case errors.Is(err, syscall.ENOTDIR):
		return Name + " is a file, where builds need a folder: move it away"
	}
	return ""
}
