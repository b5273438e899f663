package archive_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/go-sparta/sparta/internal/archive"
)

func TestCompare(t *testing.T) {
	pack := func(files map[string]string, executable string) string {
		dir := t.TempDir()
		for name, content := range files {
			mode := os.FileMode(0o644)
			if name == executable {
				mode = 0o755
			}
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), mode); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(t.TempDir(), "a.zip")
		if _, err := archive.Write(t.Context(), dir, path); err != nil {
			t.Fatal(err)
		}
		return path
	}
	one := map[string]string{"a": "1", "b": "2", "c": "3", "d": "4", "e": "5"}
	two := map[string]string{"a": "1", "b": "x", "c": "33", "d": "4", "f": ""}
	first, second := archive.Named{Path: pack(one, ""), Name: "one"}, archive.Named{Path: pack(two, "d"), Name: "two"}
	got, err := archive.Compare(first, second)
	want := []archive.Difference{
		{Name: "b", How: "other content of the same size"},
		{Name: "c", How: "1 bytes in one, 2 in two"},
		{Name: "d", How: "permissions -rw-r--r-- in one, -rwxr-xr-x in two"},
		{Name: "e", How: "only in one"},
		{Name: "f", How: "only in two"},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if same, err := archive.Compare(first, first); err != nil || len(same) > 0 {
		t.Errorf("an archive differs from itself: %v, %v", same, err)
	}
	if _, err := archive.Compare(first, archive.Named{Path: filepath.Join(t.TempDir(), "none.zip")}); err == nil {
		t.Error("an archive that does not exist is compared")
	}
}
