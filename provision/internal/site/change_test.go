package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/provision/internal/site/testchange"
)

// changedFile writes a file, measures it, and then changes it.
func changedFile(t *testing.T, change testchange.Change) File {
	t.Helper()
	file := File{Key: "a.txt", Path: filepath.Join(folderOf(t, map[string]string{"a.txt": change.Before}), "a.txt")}
	file, err := file.Measured()
	if err == nil {
		err = change.Make(file.Path)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAFileThatChangesIsNotArchived(t *testing.T) {
	for name, test := range testchange.All() {
		t.Run(name, func(t *testing.T) {
			file, path := changedFile(t, test), filepath.Join(t.TempDir(), ArchiveName)
			err := WriteArchive(path, &Folder{Files: []File{file}})
			if (err != nil) != test.Fails || err != nil && !strings.Contains(err.Error(), "a.txt") {
				t.Errorf("error is %v, want one: %t", err, test.Fails)
			}
			if _, missing := os.Stat(path); (missing != nil) != test.Fails {
				t.Errorf("the archive: %v", missing)
			}
		})
	}
}
