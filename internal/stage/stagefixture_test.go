package stage

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"testing/fstest"
)

// packageFixture is an application's folder with a compiled library.
type packageFixture struct {
	root string
	opts Options
}

func newPackageFixture(t *testing.T) packageFixture {
	t.Helper()
	root := filepath.Join(t.TempDir(), "app [1]") // the name of a folder may look like a glob
	layOut(t, root, map[string]string{
		"main.go":                 "package main\n",
		"conf/prod.json":          "prod",
		"conf/dev.json":           "dev",
		"conf/__pycache__/a.pyc":  "cache",
		"conf/deep/x.txt":         "x",
		"conf/deep/.git/HEAD":     "ref",
		"conf/main.go.sparta-cgo": "left behind",
		"a=b.txt":                 "equals",
		"b*.txt":                  "star",
		"baz.txt":                 "baz",
		"__pycache__/m.pyc":       "cache",
		".sparta/build/hello.so":  "library",
		"../shared/common.json":   "common",
		"../shared/python/lib.py": "lib",
	})
	return packageFixture{root: root, opts: Options{
		Dir: filepath.Join(root, ".sparta", "stage"), Library: filepath.Join(root, ".sparta", "build", "hello.so"),
		Name: "hello", Files: Files{Root: root},
		Python: fstest.MapFS{
			"index.py":                {Data: []byte("index")},
			"_sparta/__init__.py":     {Data: []byte("")},
			"_sparta/bootstrap.py":    {Data: []byte("bootstrap")},
			"_sparta/__pycache__/x.p": {Data: []byte("cache")},
			"tests/test_index.py":     {Data: []byte("test")},
		},
		Bytecode: map[string][]byte{"__pycache__/index.cpython-313.pyc": []byte("bytecode")},
	}}
}

func layOut(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		noError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Skipf("this machine has no file system for such names: %v", err)
		}
	}
}

// contentOf returns the content of a folder: that of every file, "/" for an empty folder, and the target of a
// link.
func contentOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	noError(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		name = filepath.ToSlash(name)
		switch {
		case entry.Type()&fs.ModeSymlink != 0:
			files[name], err = os.Readlink(path)
		case entry.IsDir():
			if children, _ := os.ReadDir(path); len(children) == 0 {
				files[name] = "/"
			}
		default:
			var content []byte
			content, err = os.ReadFile(path)
			files[name] = string(content)
		}
		return err
	}))
	return files
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func linkTo(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path); err != nil {
		if runtime.GOOS == "windows" {
			t.Skipf("this machine has no symbolic links: %v", err)
		}
		t.Fatal(err)
	}
}
