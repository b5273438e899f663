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

// list returns the names of the files under dir, with slashes, in byte order.
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
	// A walk visits folder by folder, which is a different order: "a-b" comes before "a/b".
	slices.Sort(names)
	return names, nil
}

func packable(name string, entry fs.DirEntry) error {
	switch {
	case entry.Type()&fs.ModeSymlink != 0:
		return errors.New("a symbolic link cannot be packed: replace it with the file itself")
	case !entry.Type().IsRegular():
		return fmt.Errorf("not a regular file (%s): remove it", entry.Type())
	case !utf8.ValidString(name) || strings.ContainsRune(name, '\\'):
		return fmt.Errorf("the name %q does not unzip to the same name on every system: rename the file", name)
	}
	return nil
}
