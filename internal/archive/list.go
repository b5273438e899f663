package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

// list names the files under dir with slashes, sorted by their bytes.
func list(ctx context.Context, dir string) ([]string, error) {
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if entry.IsDir() {
			return nil
		}
		if err := packable(name, entry); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		names = append(names, name)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", dir, err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no files in %s", dir)
	}
	// A walk goes folder by folder, which is another order: "a-b" is before "a/b".
	slices.Sort(names)
	return names, nil
}

func packable(name string, entry fs.DirEntry) error {
	switch {
	case entry.Type()&fs.ModeSymlink != 0:
		return errors.New("a symbolic link cannot be packed: put the file itself there")
	case !entry.Type().IsRegular():
		return fmt.Errorf("not a regular file (%s): remove it", entry.Type())
	case !utf8.ValidString(name) || strings.ContainsRune(name, '\\'):
		return fmt.Errorf("the name %q has bytes that unzip differently elsewhere: rename it", name)
	}
	return nil
}
