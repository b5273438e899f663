package explore

import (
	"path/filepath"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

func TestMagefiles(t *testing.T) {
	dir := t.TempDir()
	testfiles.Write(t, dir, map[string]string{
		"main.go":             "package main\n",
		"tagged.go":           "//go:build linux || !windows\n\npackage main\n",
		"late.go":             "package main\n\n//go:build mage\n",
		"magefile.go":         "// Targets.\n\n//go:build mage\n\npackage main\n",
		"more.go":             "//go:build mage && !windows\n\npackage main\n",
		"inner/magefile.go":   "//go:build mage\n\npackage main\n",
		"magefiles/build.go":  "package main\n",
		"magefiles/a/data.go": "package a\n",
	})
	for name, want := range map[string]bool{
		"main.go": false, "tagged.go": false, "late.go": false, "magefile.go": true, "more.go": true, "gone.go": false,
		"inner/magefile.go": false, "magefiles/build.go": true, "magefiles/a/data.go": true,
	} {
		if got := isMagefile(filepath.Join(dir, filepath.FromSlash(name)), dir); got != want {
			t.Errorf("%s is part of the magefile: %t, want %t", name, got, want)
		}
	}
}
