package scaffold

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

var released = Source{Version: "v1.2.3"}

func TestNew(t *testing.T) {
	for _, template := range Templates() {
		t.Run(template.Name, func(t *testing.T) {
			dir := t.TempDir()
			options := Options{Dir: dir, Name: "Shop-1", Template: template.Name, Source: released}
			result, err := New(t.Context(), options)
			if err != nil {
				t.Fatal(err)
			}
			if result.Module != "example.com/Shop-1" || result.Commands[0] != "cd Shop-1" {
				t.Errorf("got %+v", result)
			}
			got := readAll(t, filepath.Join(dir, "Shop-1"))
			for _, name := range []string{
				".github/workflows/ci.yml", ".gitignore", "README.md", "events/example.json", "go.mod", "magefile.go",
				"main.go", "main_test.go",
			} {
				if got[name] == "" {
					t.Errorf("there is no %s", name)
				}
			}
			for _, line := range []string{".sparta/\n", "*.sparta-cgo\n"} { // what builds write, and failed ones leave
				if !strings.Contains(got[".gitignore"], line) {
					t.Errorf(".gitignore is %q, want a line %q", got[".gitignore"], line)
				}
			}
			for name, content := range got {
				if strings.Contains(content, placeholder) || strings.HasSuffix(name, ".tmpl") {
					t.Errorf("%s has not been rendered", name)
				}
			}
			if lines := strings.Count(got["README.md"], "\n"); lines > 12 {
				t.Errorf("the README has %d lines", lines)
			}
			if !strings.HasPrefix(got["README.md"], "# Shop-1\n") {
				t.Errorf("the README begins with %.40q", got["README.md"])
			}
			for _, want := range []string{
				"module example.com/Shop-1\n", "github.com/go-sparta/sparta v1.2.3\n",
			} {
				if !strings.Contains(got["go.mod"], want) || strings.Contains(got["go.mod"], "replace") {
					t.Errorf("go.mod is %s, want %s in it, and no replace line", got["go.mod"], want)
				}
			}
			if names := readAll(t, dir); len(names) != len(got) {
				t.Errorf("beside the application: %q", slices.Sorted(maps.Keys(names)))
			}
		})
	}
}

// Whatever is wrong is reported before anything is written.
func TestNothingIsOverwritten(t *testing.T) {
	for name, test := range map[string]struct {
		options Options
		archive string
		want    string
	}{
		"a folder with files": {
			Options{Name: "shop"},
			"-- shop/a --\n1\n-- shop/b --\n1\n-- shop/c --\n1\n-- shop/d --\n1\n" +
				"-- shop/e --\n1\n-- shop/f --\n1\n-- shop/.git/x --\n1\n",
			"the folder shop exists already and is not empty (.git, a, b, c, d, 2 more): nothing is overwritten",
		},
		"a file": {Options{Name: "shop"}, "-- shop --\n1\n", "shop exists already and is not a folder"},
		"an unknown template": {
			Options{Name: "shop", Template: "apl"}, "", `unknown template "apl": did you mean api?`,
		},
		"another template":   {Options{Name: "shop", Template: "graphql"}, "", "use one of hello, api, queue"},
		"a bad name":         {Options{Name: "a/b"}, "", "use a name without a path"},
		"a bad module path":  {Options{Name: "shop", Module: "a b"}, "", "the module path"},
		"a standard package": {Options{Name: "shop", Module: "net/shop"}, "", "a package of the standard library"},
		"a program of no release": {
			Options{Name: "shop", Source: Source{Version: "(devel)"}}, "", "name a clone with --replace",
		},
		"a changed working tree": {
			Options{Name: "shop", Source: Source{Version: "v1.0.1-0.20260101000000-abcdefabcdef+dirty"}},
			"",
			"name a clone with --replace",
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := testfiles.Unpack(t, test.archive)
			before := readAll(t, dir)
			test.options.Dir = dir
			if test.options.Source == (Source{}) {
				test.options.Source = released
			}
			if _, err := New(t.Context(), test.options); !says(err, test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if after := readAll(t, dir); !maps.Equal(before, after) {
				t.Errorf("the folder has now %q", slices.Sorted(maps.Keys(after)))
			}
		})
	}
}

func TestALinkIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink(t.TempDir(), filepath.Join(dir, "shop")); err != nil {
		t.Skip(err)
	}
	_, err := New(t.Context(), Options{Dir: dir, Name: "shop", Source: released})
	if !says(err, "shop exists already and is not a folder") {
		t.Errorf("got %v", err)
	}
}

func TestAnEmptyFolderIsUsed(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "shop"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := New(t.Context(), Options{Dir: dir, Name: "shop", Source: released}); err != nil {
		t.Error(err)
	}
	if got := readAll(t, dir); got["shop/go.mod"] == "" {
		t.Errorf("the folder has %q", slices.Sorted(maps.Keys(got)))
	}
}

// What a killed run has left is removed by the next one.
func TestAnInterruptLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancelCause(t.Context())
	interrupt := errors.New("interrupted")
	cancel(interrupt)
	if err := write(ctx, filepath.Join(dir, "shop"), tree{"a/b": "1"}); !errors.Is(err, interrupt) {
		t.Errorf("got %v", err)
	}
	if got := readAll(t, dir); len(got) > 0 {
		t.Errorf("the folder has %q", slices.Sorted(maps.Keys(got)))
	}
	const nobody = "1073741824" // more than the kernel's highest process ID
	left := filepath.Join(dir, ".shop."+nobody+".x.tmp")
	if err := os.Mkdir(left, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := write(t.Context(), filepath.Join(dir, "shop"), tree{"a/b": "1"}); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what an earlier run has left is still there: %v", err)
	}
}

func TestAClone(t *testing.T) {
	for clone, want := range map[string]string{
		"/home/me/sparta":    "\nreplace github.com/go-sparta/sparta => /home/me/sparta\n",
		"/home/me/my sparta": "\nreplace github.com/go-sparta/sparta => \"/home/me/my sparta\"\n",
	} {
		dir := t.TempDir()
		source := Source{Version: "(devel)", Folder: clone}
		if _, err := New(t.Context(), Options{Dir: dir, Name: "shop", Source: source}); err != nil {
			t.Fatal(err)
		}
		mod := readAll(t, dir)["shop/go.mod"]
		if !strings.HasSuffix(mod, want) || !strings.Contains(mod, "sparta v0.0.0\n") {
			t.Errorf("go.mod is %s, want %s at its end", mod, want)
		}
	}
}

func TestSurroundings(t *testing.T) {
	for name, test := range map[string]struct {
		archive, module string
		commands        int
	}{
		"a module": {
			"-- go.mod --\nmodule github.com/me/services\n-- apps/x --\n", "github.com/me/services/apps/shop", 3,
		},
		"a workspace": {
			"-- go.work --\ngo 1.25\n-- apps/x --\n", "example.com/shop", 4,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("GOWORK", "")
			t.Chdir(filepath.Join(testfiles.Unpack(t, test.archive), "apps"))
			result, err := New(t.Context(), Options{Dir: ".", Name: "shop", Source: released})
			if err != nil || result.Module != test.module || len(result.Commands) != test.commands {
				t.Errorf("got %+v, %v, want %s and %d commands", result, err, test.module, test.commands)
			}
		})
	}
}

func readAll(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Type() == fs.ModeSymlink {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, path))
		files[path] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// The workflow of the template mixed differs from the others' only in the command for Python.
func TestWorkflows(t *testing.T) {
	const path = ".github/workflows/ci.yml"
	common, err := read("common")
	if err != nil {
		t.Fatal(err)
	}
	mixed, err := read("mixed")
	if err != nil {
		t.Fatal(err)
	}
	const invoke = "      - run: go tool mage cgo:invoke"
	want := strings.Replace(common[path], invoke, "      - run: go tool mage test # of Python\n"+invoke, 1)
	if mixed[path] != want {
		t.Errorf("the workflow of mixed is %s, want %s", mixed[path], want)
	}
	for line := range strings.Lines(common[path]) {
		if _, action, ok := strings.Cut(line, "uses: "); ok && !regexp.MustCompile(`@v[0-9]+\n$`).MatchString(action) {
			t.Errorf("the action %q does not have a major version", action)
		}
	}
}

func TestDocumentsListTheTemplates(t *testing.T) {
	for _, name := range []string{"README.md", "docs/new.md"} {
		text, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, template := range Names() {
			if !strings.Contains(string(text), "`"+template+"`") {
				t.Errorf("%s does not mention the template %s", name, template)
			}
		}
	}
}
