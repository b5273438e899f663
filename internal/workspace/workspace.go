// Package workspace manages the folder that builds write to, and its lock. It also removes what killed runs of
// applications of Sparta 1.x have left beside that folder.
package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/go-sparta/sparta/internal/files"
)

// Name is the folder in the working directory that contains everything that a build writes. The go command
// ignores folders whose name begins with a dot.
const Name = ".sparta"

// Dir is the absolute path of such a folder.
type Dir string

// Src returns the folder of the transformed sources.
func (w Dir) Src() string { return filepath.Join(string(w), "src") }

// Bridge returns the folder of the sources of package bridge.
func (w Dir) Bridge() string { return filepath.Join(string(w), "bridge") }

// Overlay returns the file that makes the compiler read the transformed sources.
func (w Dir) Overlay() string { return filepath.Join(string(w), "overlay.json") }

// Stages returns the folder with the contents of packages.
func (w Dir) Stages() string { return filepath.Join(string(w), "stage") }

// Stage returns the folder with a package's content: each content has its own.
func (w Dir) Stage(name, fingerprint string) string {
	return filepath.Join(w.Stages(), name+"-"+fingerprint[:min(len(fingerprint), 12)])
}

// Local returns the workspace for local runs of a package that is built for another system.
func (w Dir) Local() Dir { return Dir(filepath.Join(string(w), "local")) }

// Records returns the folder with the records of builds.
func (w Dir) Records() string { return filepath.Join(string(w), "builds") }

// Findings returns the file with the go command's answers about the application.
func (w Dir) Findings() string { return filepath.Join(string(w), "findings.json") }

// Library returns the file of the compiled library.
func (w Dir) Library(name string) string { return filepath.Join(string(w), "build", name+".so") }

// Zip returns the package's file.
func (w Dir) Zip(name string) string { return filepath.Join(string(w), name+".zip") }

// Open creates the folder and waits for other builds in it to end. The lock ends with the process that holds
// it, so a killed process leaves none. If there is another build, Open calls busy and waits.
func (w Dir) Open(ctx context.Context, busy func()) (release func(), err error) {
	for {
		if err := os.MkdirAll(string(w), 0o755); err != nil {
			return nil, w.Unwritable(err)
		}
		if err := w.refuseLinks(); err != nil {
			return nil, err
		}
		if err := os.MkdirAll(filepath.Join(string(w), "build"), 0o755); err != nil {
			return nil, w.Unwritable(err)
		}
		if err := w.hide(); err != nil {
			return nil, w.Unwritable(err)
		}
		lock, err := os.OpenFile(filepath.Join(string(w), lockName), os.O_CREATE|os.O_RDWR, 0o644)
		if err != nil {
			return nil, w.Unwritable(err)
		}
		if err := lockFile(ctx, lock, busy); err != nil {
			return nil, errors.Join(fmt.Errorf("lock %s: %w", w, err), lock.Close())
		}
		if isCurrent(lock) {
			return func() { _ = lock.Close() }, nil
		}
		// The process that had the lock has removed the folder.
		if err := lock.Close(); err != nil {
			return nil, w.Unwritable(err)
		}
	}
}

// hide has git ignore the folder. A file that is complete is not written again: on a full disk, it would be lost.
func (w Dir) hide() error {
	path, all := filepath.Join(string(w), ".gitignore"), "*\n"
	if content, err := os.ReadFile(path); err == nil && string(content) == all {
		return nil
	}
	return os.WriteFile(path, []byte(all), 0o644)
}

// refuseLinks returns an error if an entry of the folder is a symbolic link: a build would write where it leads.
func (w Dir) refuseLinks() error {
	entries, err := os.ReadDir(string(w))
	if err != nil {
		return w.Unwritable(err)
	}
	var paths []string
	if filepath.Base(string(w)) != Name { // it is Local; the workspace itself may be a link to another disk
		paths = append(paths, string(w))
	}
	for _, entry := range entries {
		paths = append(paths, filepath.Join(string(w), entry.Name()))
	}
	for _, path := range paths {
		if info, err := os.Lstat(path); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return fmt.Errorf("write to the workspace: %s is a symbolic link, which no build has created: remove it",
				path)
		}
	}
	return nil
}

// isCurrent reports whether a file still has its name.
func isCurrent(f *os.File) bool {
	own, err := f.Stat()
	if err != nil {
		return false
	}
	found, err := os.Stat(f.Name())
	return err == nil && os.SameFile(own, found)
}

// Unwritable returns the error of a write to the workspace, with advice.
func (w Dir) Unwritable(err error) error {
	if next := w.Advice(err); next != "" {
		return fmt.Errorf("write to the workspace: %w; %s", err, next)
	}
	return fmt.Errorf("write to the workspace: %w", err)
}

// Advice returns what to do about an error of a write to the workspace.
func (w Dir) Advice(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "make it yours (`sudo chown -R $(id -u) " + Name + "`) and writable (`chmod -R u+w " + Name +
			"`), or remove it"
	case errors.Is(err, syscall.ENOSPC):
		return "free some space there and build again"
	case errors.Is(err, syscall.EROFS):
		return "builds write to " + Name + " beside the application: make its file system writable, or build a copy"
	case files.IsDangling(string(w)):
		return Name + " is a symbolic link to nothing: remove or fix it"
	case errors.Is(err, syscall.ENOTDIR):
		return Name + " is a file, but builds need a folder: move it away"
	}
	return ""
}
