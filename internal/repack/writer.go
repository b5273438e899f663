package repack

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/stage"
)

// writer collects files in a folder. It implements sparta.PackageWriter.
type writer struct {
	pkg   Package
	dir   string
	file  *os.File // that is being written, or nil
	count int      // of files
	ended bool
}

// Create implements sparta.PackageWriter.
func (w *writer) Create(name string) (io.Writer, error) { return w.create(name, 0o644) }

// AddFile implements sparta.PackageWriter.
func (w *writer) AddFile(name, path string) error {
	source, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("add %s to the package: %w", name, err)
	}
	defer source.Close()
	return w.copy(name, source)
}

// AddFS implements sparta.PackageWriter.
func (w *writer) AddFS(files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("add %s to the package: %w", name, err)
		case stage.LeftOut(path.Base(name)) && entry.IsDir():
			return fs.SkipDir
		case entry.IsDir(), stage.LeftOut(path.Base(name)):
			return nil
		case !entry.Type().IsRegular():
			return fmt.Errorf("add %s to the package: it is not a regular file (%s): leave it out", name, entry.Type())
		}
		source, err := files.Open(name)
		if err != nil {
			return fmt.Errorf("add %s to the package: %w", name, err)
		}
		defer source.Close()
		return w.copy(name, source)
	})
}

// copy adds a file that is executable if its owner may execute the source.
func (w *writer) copy(name string, source fs.File) error {
	info, err := source.Stat()
	if err != nil {
		return fmt.Errorf("add %s to the package: %w", name, err)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("add %s to the package: it is not a regular file (%s): use AddFS for a folder",
			name, info.Mode().Type())
	}
	target, err := w.create(name, 0o644|info.Mode()&0o100)
	if err != nil {
		return err
	}
	if _, err := io.Copy(target, source); err != nil {
		return fmt.Errorf("add %s to the package: %w", name, err)
	}
	return w.close()
}

// create adds an empty file, and closes the previous one.
func (w *writer) create(name string, mode fs.FileMode) (*os.File, error) {
	if w.ended {
		return nil, fmt.Errorf("add %s to the package: the Archive hooks have ended: "+
			"add files before the hook returns", name)
	}
	if err := w.close(); err != nil {
		return nil, err
	}
	if err := w.checkName(name); err != nil {
		return nil, fmt.Errorf("add a file to the package: %w", err)
	}
	target := filepath.Join(w.dir, filepath.FromSlash(name))
	err := os.MkdirAll(filepath.Dir(target), 0o755)
	if err == nil {
		w.file, err = os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	}
	if errors.Is(err, fs.ErrExist) {
		err = errors.New("a hook has added a file of this name already: choose another name")
	}
	if err != nil {
		return nil, fmt.Errorf("add %s to the package: %w", name, err)
	}
	w.count++
	return w.file, nil
}

func (w *writer) checkName(name string) error {
	if err := stage.CheckName(name, w.pkg.Name); err != nil {
		return err
	}
	if _, err := os.Lstat(filepath.Join(w.pkg.Stage, filepath.FromSlash(name))); err == nil {
		return fmt.Errorf("the package already has %s: choose another name, "+
			"or do not include that file (SPARTA_INCLUDE)",
			name)
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		info, err := os.Lstat(filepath.Join(w.pkg.Stage, filepath.FromSlash(dir)))
		if err == nil && !info.IsDir() {
			return fmt.Errorf("the package already has %s, so that it cannot be the folder of %s: choose another name",
				dir, name)
		}
	}
	return nil
}

// close closes the file that is being written, if there is one.
func (w *writer) close() error {
	if w.file == nil {
		return nil
	}
	err := w.file.Close()
	w.file = nil
	return err
}
