//go:build unix

package builder

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/internal/workspace"
)

func quiet() *logrus.Logger {
	log := logrus.New()
	log.SetOutput(io.Discard)
	return log
}

func TestCleanRemovesOnlyWhatBuildsMade(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a[b]*") // no pattern, whatever it looks like
	// What a compile error leaves ends with this line.
	const left = "package main\n" +
		"\n// Left by spartamage, because it does not compile. The next build replaces or removes it.\n"
	testfiles.Write(t, dir, map[string]string{
		".sparta/build/a.so":     "",
		".sparta/cache/mod/x.go": "",
		"main.go.sparta-cgo":     left,
		"mine.go.sparta-cgo":     "",
		"main.go":                "",
		"sub/x.sparta-cgo":       "",
	})
	if err := os.Chmod(filepath.Join(dir, ".sparta/cache/mod"), 0o555); err != nil {
		t.Fatal(err)
	}
	if err := Clean(t.Context(), quiet(), dir); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{
		".sparta": false, "main.go.sparta-cgo": false, "mine.go.sparta-cgo": true, "main.go": true,
		"sub/x.sparta-cgo": true,
	} {
		if got := files.Exists(filepath.Join(dir, path)); got != want {
			t.Errorf("%s exists: %v, want %v", path, got, want)
		}
	}
	if err := Clean(t.Context(), quiet(), dir); err != nil {
		t.Errorf("a second time: %v", err)
	}
}

func TestCleanKeepsAFileWithTheNameOfTheWorkspace(t *testing.T) {
	path := filepath.Join(t.TempDir(), workspace.Name)
	if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Clean(t.Context(), quiet(), filepath.Dir(path)); err == nil || !files.Exists(path) {
		t.Errorf("Clean() = %v, and the file exists: %v", err, files.Exists(path))
	}
}
