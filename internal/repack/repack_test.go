package repack_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/repack"
	"github.com/go-sparta/sparta/sparta"
)

// built makes a package like that of a build.
func built(t *testing.T) repack.Package {
	t.Helper()
	dir := t.TempDir()
	pkg := repack.Package{
		Zip: filepath.Join(dir, "hello.zip"), Stage: filepath.Join(dir, "stage", "hello-1"), Name: "hello",
	}
	for name, content := range map[string]string{"index.py": "pass\n", "bin/hello.so": "\x7fELF", "data/old": "old"} {
		path := filepath.Join(pkg.Stage, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := archive.Write(t.Context(), pkg.Stage, pkg.Zip); err != nil {
		t.Fatal(err)
	}
	return pkg
}

// addAll adds files in each of the ways, in some order.
func addAll(t *testing.T, backwards bool) func(sparta.PackageWriter) error {
	t.Helper()
	tool := filepath.Join(t.TempDir(), "tool")
	if err := os.WriteFile(tool, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	steps := []func(w sparta.PackageWriter) error{
		func(w sparta.PackageWriter) error {
			out, err := w.Create("data/prices.json")
			if err == nil {
				_, err = io.WriteString(out, "{}\n")
			}
			return err
		},
		func(w sparta.PackageWriter) error { return w.AddFile("tools/tool", tool) },
		func(w sparta.PackageWriter) error {
			return w.AddFS(fstest.MapFS{
				"a/b.txt":            {Data: []byte("b")},
				"a/run":              {Data: []byte("run"), Mode: 0o700},
				"__pycache__/a.pyc":  {Data: []byte("cache")},
				".git/config":        {Data: []byte("git")},
				"main.go.sparta-cgo": {Data: []byte("rejected")},
			})
		},
	}
	if backwards {
		slices.Reverse(steps)
	}
	return func(w sparta.PackageWriter) error {
		for _, step := range steps {
			if err := step(w); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestAddedFiles(t *testing.T) {
	pkg := built(t)
	before, err := os.ReadFile(pkg.Zip)
	if err != nil {
		t.Fatal(err)
	}
	report, err := repack.Add(t.Context(), pkg, addAll(t, false))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := zip.OpenReader(report.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	var got []string
	for _, file := range reader.File {
		got = append(got, fmt.Sprintf("%s %v %d", file.Name, file.Mode(), file.UncompressedSize64))
	}
	want := []string{
		"a/b.txt -rw-r--r-- 1", "a/run -rwxr-xr-x 3", "bin/hello.so -rwxr-xr-x 4", "data/old -rw-r--r-- 3",
		"data/prices.json -rw-r--r-- 3", "index.py -rw-r--r-- 5", "tools/tool -rwxr-xr-x 10",
	}
	if runtime.GOOS != "windows" && !slices.Equal(got, want) {
		t.Errorf("the package has %q\n  want %q", got, want)
	}
	first, err := os.ReadFile(report.Path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := repack.Add(t.Context(), pkg, addAll(t, true)); err != nil {
		t.Fatal(err)
	}
	if second, err := os.ReadFile(report.Path); err != nil || !bytes.Equal(first, second) {
		t.Errorf("the same files in another order make another package (error %v)", err)
	}
	if after, err := os.ReadFile(pkg.Zip); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the build's package has changed (error %v)", err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(report.Path), ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("temporary files %v are left (error %v)", left, err)
	}
}

func TestAPackageToWhichNothingIsAdded(t *testing.T) {
	pkg := built(t)
	report, err := repack.Add(t.Context(), pkg, func(sparta.PackageWriter) error { return nil })
	if info, statErr := os.Stat(pkg.Zip); err != nil || statErr != nil || report.Path != pkg.Zip ||
		report.Size != info.Size() {
		t.Errorf("the package is %+v, errors %v, %v, want %s", report, err, statErr, pkg.Zip)
	}
}

func TestRefusedFiles(t *testing.T) {
	create := func(names ...string) func(sparta.PackageWriter) error {
		return func(w sparta.PackageWriter) error {
			for _, name := range names {
				if _, err := w.Create(name); err != nil {
					return err
				}
			}
			return nil
		}
	}
	for name, test := range map[string]struct {
		add  func(sparta.PackageWriter) error
		want string
	}{
		"outside the package":         {create("../x"), `"../x" is not a relative path`},
		"an absolute path":            {create("/x"), `"/x" is not a relative path`},
		"the library":                 {create("bin/hello.so"), "bin/hello.so is a file of Sparta's own"},
		"the handler, in other cases": {create("INDEX.py/x"), "INDEX.py/x is a file of Sparta's own"},
		"a backslash":                 {create(`a\b`), "does not unzip to the same name"},
		"an included file":            {create("data/old"), "the package already has data/old"},
		"an included folder":          {create("data"), "the package already has data"},
		"below an included file":      {create("data/old/x"), "cannot be the folder of data/old/x"},
		"twice":                       {create("x", "x"), "a hook has added a file of this name already"},
		"a folder as a file": {
			func(w sparta.PackageWriter) error { return w.AddFile("x", ".") }, "use AddFS for a folder",
		},
		"more than Lambda accepts": {
			func(w sparta.PackageWriter) error {
				out, err := w.Create("large")
				if err != nil {
					return err
				}
				return out.(*os.File).Truncate(archive.MaxUnzipped)
			},
			"too large for Lambda",
		},
	} {
		t.Run(name, func(t *testing.T) {
			pkg := built(t)
			_, err := repack.Add(t.Context(), pkg, test.add)
			_, stageErr := repack.Stage(t.Context(), pkg, test.add)
			for _, err := range []error{err, stageErr} {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("error is %v\n    want %s", err, test.want)
				}
			}
			left, globErr := filepath.Glob(filepath.Join(filepath.Dir(pkg.Zip), "archive", "*"))
			if globErr != nil || len(left) > 0 {
				t.Errorf("files %v are left (error %v)", left, globErr)
			}
		})
	}
}

func TestAFileThatIsWrittenTooLate(t *testing.T) {
	var kept sparta.PackageWriter
	keep := func(w sparta.PackageWriter) error { kept = w; return nil }
	if _, err := repack.Add(t.Context(), built(t), keep); err != nil {
		t.Fatal(err)
	}
	if _, err := kept.Create("late"); err == nil || !strings.Contains(err.Error(), "have ended") {
		t.Errorf("error is %v", err)
	}
}
