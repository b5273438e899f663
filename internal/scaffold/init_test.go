package scaffold

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

func TestInit(t *testing.T) {
	const application = "-- main.go --\npackage main\n\nfunc main() {}\n-- go.mod --\nmodule github.com/me/shop\n"
	for name, test := range map[string]struct {
		archive, dir string
		want         []string // parts of the go.mod
	}{
		"a plain application": {
			application, "", []string{"module github.com/me/shop/magefiles\n", "sparta v1.2.3\n"},
		},
		"an application that requires this module": {
			application + "\nrequire github.com/go-sparta/sparta v1.0.0\n", "", []string{"sparta v1.0.0\n"},
		},
		"an application with a clone": {
			application + "\nrequire github.com/go-sparta/sparta v0.0.0\n\n" +
				"replace github.com/go-sparta/sparta => ../sparta\n",
			"",
			[]string{"replace github.com/go-sparta/sparta => ../../sparta\n"},
		},
		"an application with a clone elsewhere": {
			application + "\nreplace github.com/go-sparta/sparta => /clones/sparta\n",
			"",
			[]string{"replace github.com/go-sparta/sparta => /clones/sparta\n"},
		},
		"a folder of a module": {
			application + "-- cmd/orders/main.go --\npackage main\n", "cmd/orders",
			[]string{"module github.com/me/shop/cmd/orders/magefiles\n"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("GOWORK", "off")
			root := testfiles.Unpack(t, test.archive)
			dir := filepath.Join(root, filepath.FromSlash(test.dir))
			before := readAll(t, dir)
			result, err := Init(t.Context(), dir, released)
			if err != nil {
				t.Fatal(err)
			}
			got := readAll(t, dir)
			for _, want := range test.want {
				if !strings.Contains(got["magefiles/go.mod"], want) {
					t.Errorf("go.mod is %s, want %q in it", got["magefiles/go.mod"], want)
				}
			}
			if !strings.Contains(got["magefiles/magefile.go"], "//mage:import") {
				t.Errorf("the magefile is %q", got["magefiles/magefile.go"])
			}
			delete(got, "magefiles/go.mod")
			delete(got, "magefiles/magefile.go")
			if !maps.Equal(got, before) || len(result.Commands) != 3 {
				t.Errorf("the folder has %q, the commands are %q", slices.Sorted(maps.Keys(got)), result.Commands)
			}
		})
	}
}

// Glob would find no magefile in a folder whose name is a pattern.
func TestInitReadsOnlySources(t *testing.T) {
	t.Setenv("GOWORK", "off")
	root := testfiles.Unpack(t, "-- go.mod --\nmodule m\n-- notes.go/x --\n-- shop[1]/magefile.go --\n"+
		"//go:build mage\n\npackage main\n")
	if err := os.Symlink("ada@host.1:2", filepath.Join(root, ".#main.go")); err != nil {
		t.Skip(err)
	}
	if _, err := Init(t.Context(), filepath.Join(root, "shop[1]"), released); !says(err, "is a magefile already") {
		t.Errorf("a magefile in a folder with brackets: %v", err)
	}
	if _, err := Init(t.Context(), root, released); err != nil {
		t.Errorf("beside an editor's link and a folder: %v", err)
	}
}

func TestInitInAWorkspace(t *testing.T) {
	t.Setenv("GOWORK", "")
	dir := testfiles.Unpack(t, "-- go.work --\ngo 1.25\n\nuse ./shop\n-- shop/go.mod --\nmodule shop\n")
	result, err := Init(t.Context(), filepath.Join(dir, "shop"), released)
	if err != nil || len(result.Commands) != 4 || result.Commands[0] != "go work use ./magefiles" {
		t.Errorf("got %q, %v", result.Commands, err)
	}
}

func TestInitRefuses(t *testing.T) {
	for name, test := range map[string]struct{ archive, want string }{
		"a folder without a module": {"-- main.go --\npackage main\n", "is not in a Go module"},
		"a magefile": {
			"-- go.mod --\nmodule m\n-- targets.go --\n// Targets.\n\n//go:build mage && !never\n\npackage main\n",
			"targets.go is a magefile already",
		},
		"a magefile with the targets": {
			"-- go.mod --\nmodule m\n-- magefile.go --\n//go:build mage\n\npackage main\n\n" +
				"import _ \"github.com/go-sparta/sparta/spartamage\"\n",
			"magefile.go imports github.com/go-sparta/sparta/spartamage already",
		},
		"a folder with magefiles": {
			"-- go.mod --\nmodule m\n-- magefiles/x.go --\npackage main\n",
			"the folder magefiles exists already and is not empty (x.go)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("GOWORK", "off")
			dir := testfiles.Unpack(t, test.archive)
			before := readAll(t, dir)
			if _, err := Init(t.Context(), dir, released); !says(err, test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if after := readAll(t, dir); !maps.Equal(before, after) {
				t.Errorf("the folder has %q", slices.Sorted(maps.Keys(after)))
			}
		})
	}
}
