package rewrite

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestSaveRejected(t *testing.T) {
	dir, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "victim")
	main := filepath.Join(dir, "main.go")
	saved := main + RejectedSuffix
	tr := &Transformation{
		mains: []string{main},
		files: map[string]transformed{main: {content: []byte("package main\n")}},
	}
	check := func(what, path, want string) {
		t.Helper()
		if content, err := os.ReadFile(path); err != nil || string(content) != want {
			t.Errorf("%s: %q, %v, want %q", what, content, err, want)
		}
	}
	write := func(path, content string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}

	// A file of the user's stays, and so does what a link leads to.
	write(saved, "mine")
	if names := tr.SaveRejected(dir); names != nil {
		t.Errorf("replaced %q", names)
	}
	check("a file of the user's", saved, "mine")
	write(elsewhere, "mine")
	if err := os.Remove(saved); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, saved); err != nil {
		t.Fatal(err)
	}
	if names := tr.SaveRejected(dir); names != nil {
		t.Errorf("replaced %q", names)
	}
	if err := RemoveRejected(dir); err != nil {
		t.Error(err)
	}
	check("what a link leads to", elsewhere, "mine")
	if err := os.Remove(saved); err != nil {
		t.Fatal(err)
	}

	for range 2 { // the second time, it replaces its own
		if names := tr.SaveRejected(dir); !slices.Equal(names, []string{"main.go" + RejectedSuffix}) {
			t.Errorf("saved %q", names)
		}
	}
	check("a saved file", saved, "package main\n"+rejectedMark)
	write(filepath.Join(dir, "other.go"+RejectedSuffix), "mine")
	if err := RemoveRejected(dir); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(saved); err == nil {
		t.Error("a saved file was not removed")
	}
	check("another file of the user's", filepath.Join(dir, "other.go"+RejectedSuffix), "mine")
}
