package port

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/go-sparta/sparta/internal/files"
)

// Write writes all changes. Files of modules come first: as long as others remain, the command can be run again. If one
// file cannot be written, those before it get their content back.
func (r *Result) Write(dir string) error {
	for _, change := range r.Changes {
		if err := change.check(dir); err != nil {
			return fmt.Errorf("%w: nothing has been changed", err)
		}
	}
	for i, change := range r.Changes {
		err := write(inDir(dir, change.Path), change.New)
		if err == nil {
			continue
		}
		for _, done := range r.Changes[:i] {
			err = errors.Join(err, write(inDir(dir, done.Path), done.Old))
		}
		return fmt.Errorf("%w: nothing has been changed", err)
	}
	return nil
}

// check returns an error if the file no longer has the content that was read, or must not be written.
func (c Change) check(dir string) error {
	path := inDir(dir, c.Path)
	now, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if string(now) != string(c.Old) {
		return fmt.Errorf("%s has changed since it was read: run the command again", c.Path)
	}
	mode, err := modeOf(path)
	if err != nil {
		return err
	}
	if mode&0o200 == 0 {
		return fmt.Errorf("%s is read-only: let its owner write it (chmod u+w), and run the command again", c.Path)
	}
	return nil
}

func modeOf(path string) (fs.FileMode, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Mode().Perm(), nil
}

// write replaces the content of a file, which keeps its permissions.
func write(path string, content []byte) error {
	mode, err := modeOf(path)
	if err != nil {
		return err
	}
	if err := files.Write(path, content); err != nil {
		return err
	}
	return os.Chmod(path, mode)
}
