package workspace

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
)

// own are the names, as patterns, of what builds, deployments and local runs write to the folder, except the zip.
// Early versions wrote their record to build.json.
var own = []string{
	".gitignore", "build", "build.json", "builds", "bridge", "src", "overlay.json", "findings.json", "stage", "local",
	"verify", "cache", "programs", "deploy", "done-*", "archive", "edge", OriginalFolder,
	"*.cdx.json", "*.notices.txt", "*.provenance.json",
	"template.json", "configuration.json", "summary.json", "site.zip", "describe.html",
	"runtime-client-*", "empty-home", ".sparta-doctor-*", ".*.[0-9]*.*.tmp",
}

const lockName = "lock"

// Remove waits for builds in the folder to end, calls last and removes what this module has written there. It returns
// the paths of everything else; without any, it removes the folder. It makes read-only folders, such as Go's module
// cache, writable first. Of a link to a folder, which may have files of others with the same names, it removes the
// link.
func (w Dir) Remove(ctx context.Context, busy, last func()) (kept []string, err error) {
	lock, err := os.OpenFile(filepath.Join(string(w), lockName), os.O_RDWR, 0)
	switch {
	case err != nil: // there was no build
	case runtime.GOOS == "windows": // which cannot remove open files
		_ = lock.Close()
	default:
		defer lock.Close()
		if err := lockFile(ctx, lock, busy); err != nil {
			return nil, fmt.Errorf("lock %s: %w", w, err)
		}
		last()
	}
	info, err := os.Lstat(string(w))
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if target, err := os.Stat(string(w)); err != nil || target.IsDir() {
			return nil, Unremovable(removeOne(string(w)))
		}
	}
	if err == nil && info.IsDir() && info.Mode()&0o700 != 0o700 {
		_ = os.Chmod(string(w), info.Mode()|0o700)
	}
	entries, err := os.ReadDir(string(w))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, Unremovable(err)
	}
	var ours []string
	for _, entry := range entries {
		path := filepath.Join(string(w), entry.Name())
		switch {
		case entry.Name() == lockName:
		case isOwn(path, entry.Type()):
			ours = append(ours, path)
		default:
			kept = append(kept, path)
		}
	}
	if len(kept) > 0 { // which git would see now
		ours = slices.DeleteFunc(ours, func(path string) bool { return filepath.Base(path) == ".gitignore" })
	}
	// A build that waits for the lock goes on when that has gone.
	for _, path := range append(ours, filepath.Join(string(w), lockName)) {
		if err := removeAll(path); err != nil {
			return nil, Unremovable(err)
		}
	}
	if len(kept) > 0 {
		return kept, nil
	}
	if err := removeOne(string(w)); err != nil && !errors.Is(err, fs.ErrExist) { // a build may have begun
		return nil, Unremovable(err)
	}
	return nil, nil
}

// isOwn reports whether this module has written a file or folder of the workspace.
func isOwn(path string, kind fs.FileMode) bool {
	name := filepath.Base(path)
	if slices.ContainsFunc(own, func(pattern string) bool {
		matches, _ := filepath.Match(pattern, name)
		return matches
	}) {
		return true
	}
	// To open a named pipe would wait for somebody to write to it.
	return strings.HasSuffix(name, ".zip") && kind.IsRegular() && isPackage(path)
}

// isPackage reports whether a zip is a package of this module: it has the library that is named after it.
func isPackage(path string) bool {
	reader, err := zip.OpenReader(path)
	if err != nil {
		return false
	}
	defer reader.Close()
	library := "bin/" + strings.TrimSuffix(filepath.Base(path), ".zip") + ".so"
	return slices.ContainsFunc(reader.File, func(file *zip.File) bool { return file.Name == library })
}

func removeAll(path string) error {
	_ = filepath.WalkDir(path, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			_ = os.Chmod(path, 0o755)
		}
		return nil
	})
	return os.RemoveAll(path)
}

func removeOne(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Unremovable returns the error of a file that could not be removed, with advice.
func Unremovable(err error) error {
	at := new(fs.PathError)
	switch {
	case !errors.As(err, &at):
	case errors.Is(err, fs.ErrPermission):
		folder := filepath.Dir(at.Path)
		return fmt.Errorf("%w: %s is read-only or belongs to somebody else: make it writable (`chmod u+w %s`), or "+
			"yours (`sudo chown $(id -u) %s`)", err, folder, folder, folder)
	case errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: make the file system writable, and run the command again", err)
	}
	return err
}
