package workspace

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/testfiles"
)

func TestWhatAKilledRunHasLeftIsRemoved(t *testing.T) {
	dir, folder := t.TempDir(), t.TempDir()
	testfiles.Write(t, dir, map[string]string{
		"main.go": "", "old.lambda.amd64": "old", ".sparta/Old-cftemplate.json": "old", "empty.lambda.amd64": "",
	})
	if _, err := BeginOriginal(folder, dir); err != nil {
		t.Fatal(err)
	}
	testfiles.Write(t, dir, map[string]string{
		"Sparta.lambda.amd64": "", "built.lambda.amd64": "by the user since", "notes.txt": "",
		".sparta/A-cftemplate.json": "{}", ".sparta/A-code.zip": "", ".sparta/A-S3Site.zip": "", ".sparta/other": "",
	})
	for range 2 { // a second time, there is nothing to do
		if err := SweepOriginal(folder, filepath.Dir(dir)); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]bool{
		"main.go": true, "old.lambda.amd64": true, ".sparta/Old-cftemplate.json": true, "empty.lambda.amd64": true,
		"built.lambda.amd64": true, "notes.txt": true, ".sparta/other": true,
		"Sparta.lambda.amd64": false, ".sparta/A-cftemplate.json": false, ".sparta/A-code.zip": false,
		".sparta/A-S3Site.zip": false,
	} {
		if got := files.Exists(filepath.Join(dir, path)); got != want {
			t.Errorf("%s exists: %t, want %t", path, got, want)
		}
	}
}

func TestTheScratchFolderGoesIfTheRunHasMadeIt(t *testing.T) {
	dir, folder := t.TempDir(), t.TempDir()
	if _, err := BeginOriginal(folder, dir); err != nil {
		t.Fatal(err)
	}
	testfiles.Write(t, dir, map[string]string{".sparta/A-code.zip": ""})
	if err := SweepOriginal(folder, dir); err != nil {
		t.Fatal(err)
	}
	if files.Exists(filepath.Join(dir, ".sparta")) {
		t.Error("the folder .sparta is left")
	}
}

// A repository may contain a workspace that somebody has added by mistake, or on purpose.
func TestRecordsOfOtherFoldersAreIgnored(t *testing.T) {
	for name, test := range map[string]struct{ record func(dir string) string }{
		"a folder elsewhere": {func(dir string) string { return `{"Dir": "` + filepath.ToSlash(dir) + `"}` }},
		"not JSON":           {func(string) string { return "{" }},
	} {
		t.Run(name, func(t *testing.T) {
			dir, folder := t.TempDir(), t.TempDir()
			testfiles.Write(t, dir, map[string]string{".sparta/A-code.zip": ""})
			testfiles.Write(t, folder, map[string]string{"running.json": test.record(dir)})
			if err := SweepOriginal(folder, filepath.Join(dir, "app")); err != nil {
				t.Fatal(err)
			}
			if !files.Exists(filepath.Join(dir, ".sparta", "A-code.zip")) {
				t.Error("a file outside of the application is removed")
			}
			if _, err := os.Stat(filepath.Join(folder, "running.json")); err == nil {
				t.Error("the record is left")
			}
		})
	}
}
