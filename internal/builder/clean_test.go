//go:build unix

package builder

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
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
		".sparta/build.json":     "",
		".sparta/lock":           "",
		".sparta/.gitignore":     "*\n",
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

func TestCleanKeepsWhatNoBuildHasMade(t *testing.T) {
	dir := t.TempDir()
	testfiles.Write(t, dir, map[string]string{
		".sparta/build/a.so": "", ".sparta/a.cdx.json": "", ".sparta/.gitignore": "*\n", ".sparta/lock": "",
		".sparta/notes.txt": "mine", ".sparta/testing/x.py": "mine", ".sparta/backup.zip": "mine",
	})
	for _, name := range []string{"a", "other"} {
		writeZip(t, filepath.Join(dir, ".sparta", name+".zip"), "bin/a.so")
	}
	if err := syscall.Mkfifo(filepath.Join(dir, ".sparta", "pipe.zip"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, ".sparta"), 0o500); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	log := logrus.New()
	log.SetOutput(&said)
	if err := Clean(t.Context(), log, dir); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{
		"build": false, "a.zip": false, "a.cdx.json": false, "lock": false, ".gitignore": true, // git sees the others
		"notes.txt": true, "testing/x.py": true, "backup.zip": true, "other.zip": true, "pipe.zip": true,
	} {
		if got := files.Exists(filepath.Join(dir, ".sparta", path)); got != want {
			t.Errorf("%s exists: %v, want %v", path, got, want)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, ".sparta")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v: others may not read what its owner keeps there", info.Mode(), err)
	}
	for _, name := range []string{"notes.txt", "testing", "backup.zip", "other.zip", "pipe.zip"} {
		if !strings.Contains(said.String(), filepath.Join(dir, ".sparta", name)+", which no build has made") {
			t.Errorf("the log does not name %s:\n%s", name, said.String())
		}
	}
}

func writeZip(t *testing.T, path, name string) {
	t.Helper()
	var content bytes.Buffer
	writer := zip.NewWriter(&content)
	_, err := writer.Create(name)
	if err == nil {
		err = writer.Close()
	}
	if err == nil {
		err = os.WriteFile(path, content.Bytes(), 0o600)
	}
	if err != nil {
		t.Fatal(err)
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

func TestCleanLeavesTheFolderThatALinkLeadsToAsItIs(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	source := filepath.Join(elsewhere, "src", "main.go") // builds have a folder of this name, too
	testfiles.Write(t, elsewhere, map[string]string{"src/main.go": "package main\n"})
	link := filepath.Join(dir, workspace.Name)
	if err := os.Symlink(elsewhere, link); err != nil {
		t.Fatal(err)
	}
	if err := Clean(t.Context(), quiet(), dir); err != nil || !files.Exists(source) || files.Exists(link) {
		t.Errorf("Clean() = %v; the source exists: %v, the link: %v", err, files.Exists(source), files.Exists(link))
	}
}

func TestCleanLeavesTheFileThatALinkLeadsToAsItIs(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "main.go")
	if err := os.WriteFile(path, []byte("package main\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("main.go", filepath.Join(dir, workspace.Name)); err != nil {
		t.Fatal(err)
	}
	if err := Clean(t.Context(), quiet(), dir); err == nil {
		t.Error("a link to a file is no workspace, but there is no error")
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("the file is %v, %v", info, err)
	}
}
