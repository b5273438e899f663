package scaffold

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/go-sparta/sparta/internal/files"
)

// checkFree returns an error if something is at a path where a folder is to be made. An empty folder may exist.
func checkFree(path string) (exists bool, err error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	name := filepath.Base(path)
	if !info.IsDir() {
		return true, fmt.Errorf("%s exists already and is not a folder: nothing is overwritten, so move it first", name)
	}
	entries, err := os.ReadDir(path)
	if err != nil || len(entries) == 0 {
		return true, err
	}
	const shown = 5
	var names []string
	for _, entry := range entries[:min(shown, len(entries))] {
		names = append(names, entry.Name())
	}
	if more := len(entries) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return true, fmt.Errorf("the folder %s exists already and is not empty (%s): nothing is overwritten, so move it "+
		"first", name, strings.Join(names, ", "))
}

// write makes a folder with files, completely or not at all.
func write(ctx context.Context, path string, content tree) (err error) {
	if _, err := checkFree(path); err != nil {
		return err
	}
	if err := files.SweepScratch(path); err != nil {
		return err
	}
	unfinished := files.Scratch(path)
	defer func() {
		err = errors.Join(err, os.RemoveAll(unfinished))
	}()
	for name, text := range content {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		file := filepath.Join(unfinished, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(file), 0o755)
		if err == nil {
			err = os.WriteFile(file, []byte(text), 0o644)
		}
		if err != nil {
			return notMade(path, err)
		}
	}
	exists, err := checkFree(path) // again, because another program may have made it
	if err != nil {
		return err
	}
	if exists { // os.Rename does not replace a folder; Remove does not remove one that is not empty
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return os.Rename(unfinished, path)
}

// notMade returns the error of making a folder. It leaves out the path in err, which is that of an unfinished folder.
func notMade(path string, err error) error {
	if inner := (*fs.PathError)(nil); errors.As(err, &inner) {
		err = inner.Err
	}
	around := filepath.Dir(path)
	if shown, absErr := filepath.Abs(around); absErr == nil {
		around = shown
	}
	err = fmt.Errorf("make the folder %s in %s: %w", filepath.Base(path), around, err)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return fmt.Errorf("%w: change to a folder that you may write to", err)
	}
	return err
}
