package spartamage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// workspaceName is the folder, in the working directory, that holds everything
// a build writes. The go command passes over folders that start with a dot.
const workspaceName = ".sparta"

// workspace is the absolute path of such a folder.
type workspace string

func (w workspace) src() string      { return filepath.Join(string(w), "src") }
func (w workspace) bridge() string   { return filepath.Join(string(w), "bridge") }
func (w workspace) overlay() string  { return filepath.Join(string(w), "overlay.json") }
func (w workspace) stage() string    { return filepath.Join(string(w), "stage") }
func (w workspace) local() workspace { return workspace(filepath.Join(string(w), "local")) } // for runs of another target here

func (w workspace) record() string { return filepath.Join(string(w), "build.json") }

func (w workspace) library(name string) string {
	return filepath.Join(string(w), "build", name+".so")
}

func (w workspace) zip(name string) string {
	return filepath.Join(string(w), name+".zip")
}

// open makes the folder and waits for other builds in it to end. The lock goes
// with the process that holds it, so a killed one leaves none. busy is called if
// there is another build to wait for.
func (w workspace) open(ctx context.Context, busy func()) (release func(), err error) {
	for {
		if err := os.MkdirAll(filepath.Join(string(w), "build"), 0o755); err != nil {
			return nil, w.unwritable(err)
		}
		if err := os.WriteFile(filepath.Join(string(w), ".gitignore"), []byte("*\n"), 0o644); err != nil {
			return nil, w.unwritable(err)
		}
		lock, err := os.OpenFile(filepath.Join(string(w), "lock"), os.O_CREATE|os.O_RDWR, 0o644)
		if err != nil {
			return nil, w.unwritable(err)
		}
		if err := lockFile(ctx, lock, busy); err != nil {
			return nil, errors.Join(fmt.Errorf("lock %s: %w", w, err), lock.Close())
		}
		if isCurrent(lock) {
			return func() { _ = lock.Close() }, nil
		}
		// What the lock was waited for was the end of the folder.
		if err := lock.Close(); err != nil {
			return nil, w.unwritable(err)
		}
	}
}

// isCurrent tells whether a file is still found under its name.
func isCurrent(f *os.File) bool {
	own, err := f.Stat()
	if err != nil {
		return false
	}
	found, err := os.Stat(f.Name())
	return err == nil && os.SameFile(own, found)
}

// remove removes the folder once no build works in it any more. Folders without
// write permission, as Go's module cache has them, are made writable first.
func (w workspace) remove(ctx context.Context, busy func()) error {
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
		endLeftovers(ctx, string(w))
		endLeftovers(ctx, string(w.local()))
	}
	_ = filepath.WalkDir(string(w), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			_ = os.Chmod(path, 0o755)
		}
		return nil
	})
	return os.RemoveAll(string(w))
}

func (w workspace) unwritable(err error) error {
	if next := w.advice(err); next != "" {
		return fmt.Errorf("write to the workspace: %w; %s", err, next)
	}
	return fmt.Errorf("write to the workspace: %w", err)
}

// advice is what to do about an error of writing to the workspace.
func (w workspace) advice(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "make it yours (`sudo chown -R $(id -u) " + workspaceName + "`) or remove it"
	case errors.Is(err, syscall.ENOSPC):
		return "free some space there and build again"
	case errors.Is(err, syscall.EROFS):
		return "builds write to " + workspaceName + " beside the application: make its file system writable, or build a copy"
	case isDangling(string(w)):
		return workspaceName + " is a symbolic link to nothing: remove or mend it"
	case errors.Is(err, syscall.ENOTDIR):
		return workspaceName + " is a file, where builds need a folder: move it away"
	}
	return ""
}

// isDangling tells a symbolic link to nothing.
func isDangling(path string) bool {
	_, err := os.Lstat(path)
	return err == nil && !exists(path)
}

// roomFor adds the next step to the error of a full disk.
func roomFor(err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return fmt.Errorf("%w: free some space there and build again", err)
	}
	return err
}
