// Package stage collects the files of a package for Lambda in a folder.
package stage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/files"
)

// Options says what a package contains.
type Options struct {
	Dir     string // the folder to create or replace
	Library string // path of the compiled library
	Name    string // the library's name in the package: bin/<Name>.so
	Python  fs.FS  // contains index.py and _sparta/*.py

	Bytecode map[string][]byte // of some of these, by their names in the package

	Files // of the user

	Documents map[string][]byte // more files of Sparta's own, by their names in the package

	Credentials bool // whether the library asks Python for AWS credentials
}

// Write copies the package's files to a folder. After an error, the folder is unchanged. The user's files are
// only read.
func Write(ctx context.Context, opts Options) error {
	if opts.Name == "" || opts.Name != filepath.Base(opts.Name) || !filepath.IsLocal(opts.Name) {
		return fmt.Errorf("stage the package: %q is not a valid library name", opts.Name)
	}
	extras, err := Plan(ctx, opts.Files, opts.Name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(opts.Dir), 0o755); err != nil {
		return fmt.Errorf("stage the package: %w", err)
	}
	if err := files.SweepScratch(opts.Dir); err != nil {
		return fmt.Errorf("stage the package: %w", err)
	}
	fresh := files.Scratch(opts.Dir)
	if err := fill(ctx, fresh, opts, extras); err != nil {
		return fmt.Errorf("stage the package: %w", errors.Join(files.WithDiskAdvice(err), os.RemoveAll(fresh)))
	}
	if err := swap(fresh, opts.Dir); err != nil {
		return fmt.Errorf("stage the package: %w", errors.Join(err, os.RemoveAll(fresh)))
	}
	return nil
}

// fill writes the files of the package to a folder.
func fill(ctx context.Context, dir string, opts Options, extras []Extra) error {
	library := "bin/" + opts.Name + ".so"
	if err := copyPython(dir, opts.Python); err != nil {
		return err
	}
	for _, own := range []map[string][]byte{opts.Bytecode, opts.Documents} {
		for name, content := range own {
			if err := writeFile(dir, name, content); err != nil {
				return err
			}
		}
	}
	settings := library + "\n"
	if opts.Credentials {
		settings += "credentials\n"
	}
	apart, err := contains(opts.Library, goexit)
	if err != nil {
		return fmt.Errorf("copy %s: %w", opts.Library, err)
	}
	if apart {
		settings += "apart\n"
	}
	if err := writeFile(dir, "_sparta/library", []byte(settings)); err != nil {
		return err
	}
	for _, e := range append([]Extra{{Source: opts.Library, Target: library}}, extras...) {
		if err := copyFile(ctx, e.Source, filepath.Join(dir, filepath.FromSlash(e.Target))); err != nil {
			return fmt.Errorf("copy %s: %w", e.Source, err)
		}
	}
	return nil
}

// copyPython copies only the runtime's files, without the tests and caches beside them.
func copyPython(dir string, python fs.FS) error {
	modules, err := fs.Glob(python, "_sparta/*.py")
	if err != nil {
		return err
	}
	for _, name := range append(modules, "index.py") {
		content, err := fs.ReadFile(python, name)
		if err != nil {
			return fmt.Errorf("read Sparta's own %s: %w", name, err)
		}
		if err := writeFile(dir, name, content); err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes a file of ours and makes its folder.
func writeFile(dir, name string, content []byte) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}

// swap replaces dir with fresh. If the process is killed between the two renames, dir does not exist, and the
// next sweep removes the old one; dir never has parts of both.
func swap(fresh, dir string) error {
	old := files.Scratch(dir)
	switch err := os.Rename(dir, old); {
	case errors.Is(err, fs.ErrNotExist):
		return os.Rename(fresh, dir)
	case err != nil:
		return err
	}
	if err := os.Rename(fresh, dir); err != nil {
		return errors.Join(err, os.Rename(old, dir))
	}
	return os.RemoveAll(old)
}
