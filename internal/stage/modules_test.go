package stage

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testrequire"
)

func TestModulesAreAtTheRootOfThePackage(t *testing.T) {
	f := newPackageFixture(t)
	layOut(t, f.root, map[string]string{
		"python/app.py":                      "app",
		"python/shop/__init__.py":            "shop",
		"python/index.html":                  "page",
		"python/indexes.py":                  "indexes",
		"python/.env":                        "SECRET=1",
		"python/.venv/lib/six.py":            "six",
		"python/venv/pyvenv.cfg":             "home",
		"python/venv/lib/six.py":             "six",
		"python/shop/__pycache__/x.pyc":      "cache",
		"python/shop/.pytest_cache/x":        "cache",
		"packages/six.py":                    "six",
		"packages/six-1.0.dist-info/WHEEL":   "wheel",
		"packages/nested/.hidden/needed.txt": "needed",
	})
	linkTo(t, filepath.Join("..", "python", ".env"), filepath.Join(f.root, "python", "link.txt"))
	files := Files{Root: f.root, Modules: "python", Packages: filepath.Join(f.root, "packages")}
	extras, err := Plan(t.Context(), files, "hello")
	noError(t, err)
	got := map[string]bool{}
	for _, e := range extras {
		got[e.Target] = e.Known
	}
	want := map[string]bool{
		"app.py": false, "shop/__init__.py": false, "index.html": false, "indexes.py": false,
		"six.py": true, "six-1.0.dist-info/WHEEL": true, "nested/.hidden/needed.txt": true,
	}
	if !maps.Equal(got, want) {
		t.Errorf("planned %v\n   want %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
}

func TestRefusedModules(t *testing.T) {
	for name, test := range map[string]struct {
		files  map[string]string
		folder string // empty means python
		want   string
	}{
		"index":              {map[string]string{"python/index.py": ""}, "", "index.py in python would replace"},
		"index in capitals":  {map[string]string{"python/Index.PY": ""}, "", "rename it, for example to app.py"},
		"a package index":    {map[string]string{"python/index/__init__.py": ""}, "", "index in python would replace"},
		"an extension index": {map[string]string{"python/index.abi3.so": ""}, "", "would replace"},
		"_sparta":            {map[string]string{"python/_sparta.py": ""}, "", "own module _sparta"},
		"a package _sparta":  {map[string]string{"python/_SPARTA/x.py": ""}, "", "own module _sparta"},
		"no folder":          {nil, "missing", "/missing: create it, or correct SPARTA_PYTHON_DIR"},
		"a file":             {nil, "main.go", "main.go is a file: name the folder"},
		"the application":    {nil, ".", "move them to a folder of their own"},
		"the workspace":      {map[string]string{".sparta/x/a.py": ""}, ".sparta/x", "never packed (.git, .sparta,"},
		"a folder of Sparta": {map[string]string{"python/bin/hello.so": ""}, "", "Sparta's own: rename it, or move it"},
		"a file called bin":  {map[string]string{"python/bin": ""}, "", "the folder of bin/hello.so: choose another"},
		"nothing to pack":    {map[string]string{"python/.env": ""}, "", "the folder python has no files"},
		"installed module":   {map[string]string{"python/six.py": "", "packages/six.py": ""}, "", "both called six.py"},
		"a module with the name of an installed package": {
			map[string]string{"python/six.py": "", "packages/six/__init__.py": ""}, "", "both called six.py",
		},
		"an installed index": {
			map[string]string{"python/app.py": "", "packages/index/__init__.py": ""},
			"",
			"a package of SPARTA_REQUIREMENTS has a module index",
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newPackageFixture(t)
			layOut(t, f.root, test.files)
			files := Files{Root: f.root, Modules: "python"}
			if test.folder != "" {
				files.Modules = test.folder
			}
			if packages := filepath.Join(f.root, "packages"); isFolder(packages) {
				files.Packages = packages
			}
			_, err := Plan(t.Context(), files, "hello")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}

func TestLinksOfModules(t *testing.T) {
	for name, test := range map[string]struct{ link, to, want string }{
		"the folder links to itself":   {"python", "python", "too many levels of symbolic links: name a folder that"},
		"a file links to itself":       {"python/x.py", "x.py", "x.py is a symbolic link to itself: remove it"},
		"a link to the folder":         {"python/self", ".", "self is a symbolic link to a folder that contains it"},
		"a link to nothing":            {"python/x.py", "nothing", "is a symbolic link to nothing: remove or fix it"},
		"the folder is somewhere else": {"python", "elsewhere", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := newPackageFixture(t)
			layOut(t, f.root, map[string]string{"elsewhere/app.py": "app"})
			if test.link != "python" {
				layOut(t, f.root, map[string]string{"python/app.py": "app"})
			}
			linkTo(t, test.to, filepath.Join(f.root, test.link))
			extras, err := Plan(t.Context(), Files{Root: f.root, Modules: "python"}, "hello")
			if test.want != "" {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("error is %v\n    want %s", err, test.want)
				}
				return
			}
			if err != nil || len(extras) != 1 || extras[0].Target != "app.py" {
				t.Errorf("planned %v, error %v", extras, err)
			}
		})
	}
}

func TestExaminedModules(t *testing.T) {
	for name, test := range map[string]struct{ runtime, file, content, warning, err string }{
		"a syntax error":             {"python3.6", "app.py", "def f(:\n", "", "app.py:1: "},
		"a NUL":                      {"python3.6", "app.py", "a\x00", "", "correct it, or move the file out of"},
		"a runtime that is newer":    {"python3.99", "app.py", "def f(:\n", "", ""},
		"no error":                   {"python3.6", "app.py", "def f(): pass\n", "", ""},
		"an error that is no syntax": {"python3.6", "app.py", "import missing\n", "", ""},
		"a module of Python's":       {"python3.99", "json.py", "", "json.py in python: Python has a module of", ""},
		"a package of Python's":      {"python3.6", "email/x.py", "", "email in python: Python has a module", ""},
		"a module of a package":      {"python3.6", "shop/json.py", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			testrequire.Need(t, "python")
			f := newPackageFixture(t)
			layOut(t, f.root, map[string]string{"python/" + test.file: test.content})
			files := Files{Root: f.root, Modules: "python"}
			extras, err := Plan(t.Context(), files, "hello")
			noError(t, err)
			warning, err := CheckModules(t.Context(), files, extras, test.runtime)
			if !strings.Contains(warning, test.warning) || test.warning == "" && warning != "" {
				t.Errorf("warning is %q, want %q", warning, test.warning)
			}
			if test.err == "" && err != nil || test.err != "" &&
				(err == nil || !strings.Contains(err.Error(), test.err)) {
				t.Errorf("error is %v, want %q", err, test.err)
			}
		})
	}
}
