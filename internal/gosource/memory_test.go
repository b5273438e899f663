package gosource

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/testfiles"
)

// A Memory keeps answers exactly as long as the go command would give the same ones, in the same process and in others.
func TestMemory(t *testing.T) {
	t.Setenv("GOFLAGS", "-mod=mod")
	const main = "package main\n\nimport _ \"x/inner\"\n\nfunc main() { println(1) }\n"
	const inner = "package inner\n\nimport _ \"embed\"\n\n//go:embed data/*\nvar text string\n"
	start := map[string]string{
		"app/go.mod":  "module x\n\ngo 1.24\n\nrequire y v0.0.0\n\nreplace y => ../y\n",
		"app/main.go": main, "app/inner/inner.go": inner, "app/inner/data/a": "1",
		"app/ignored.go":       "//go:build never\n\npackage main\n\nimport _ \"x/unused\"\n",
		"app/inner/empty.s":    "//go:build never\n",
		"app/main_test.go":     "package main\n",
		"app/unused/unused.go": "package unused\n",
		"y/go.mod":             "module y\n\ngo 1.24\n",
	}
	change := func(text, old, by string) string { return strings.Replace(text, old, by, 1) }
	for name, test := range map[string]struct {
		file, content string
		kept          bool
	}{
		"nothing":                        {"app/x.txt", "", true},
		"code":                           {"app/main.go", change(main, "1", "2"), true},
		"an embedded file's content":     {"app/inner/data/a", "2", true},
		"a package that is not imported": {"app/unused/unused.go", "package unused\n\nimport _ \"fmt\"\n", true},
		"what a build writes":            {"app/inner/.sparta/lock", "", true},
		"a test's code":                  {"app/main_test.go", "package main\n\nvar x = 1\n", true},
		"another test":                   {"app/more_test.go", "package main\n", false},
		"an import":                      {"app/main.go", change(main, "x/inner", "fmt"), false},
		"a build constraint":             {"app/inner/inner.go", "//go:build linux\n\n" + inner, false},
		"an ignored file":                {"app/ignored.go", "package main\n\nimport _ \"x/unused\"\n", false},
		"an ignored file of assembly":    {"app/inner/empty.s", "//go:build linux\n", false},
		"another file":                   {"app/inner/more.go", "package inner\n", false},
		"another file for package embed": {"app/inner/data/b", "1", false},
		"another pattern":                {"app/inner/inner.go", change(inner, "data/*", "data/a"), false},
		"go.mod":                         {"app/go.mod", change(start["app/go.mod"], "1.24", "1.25"), false},
		"go.mod of an unused module":     {"y/go.mod", "module y\n\ngo 1.23\n", false},
		"go.work above":                  {"go.work", "go 1.24\n\nuse ./app\n", false},
		"go env -w":                      {"env", "GOAMD64=v2\n", false},
	} {
		for _, process := range []string{"the same process", "another process"} {
			t.Run(name+" in "+process, func(t *testing.T) {
				dir := t.TempDir()
				t.Setenv("GOENV", filepath.Join(dir, "env"))
				testfiles.Write(t, dir, start)
				opts := ListOptions{Dir: filepath.Join(dir, "app"), Package: ".", GOOS: "linux", GOARCH: "amd64"}
				memory, _ := saved(t, dir, opts)
				signature := memory.signature
				testfiles.Write(t, dir, map[string]string{test.file: test.content})
				if process != "the same process" {
					memory = &Memory{File: memory.File}
				}
				found := remember(t, memory, opts)
				if kept := memory.signature == signature; kept != test.kept {
					t.Errorf("the answers are kept: %t, want %t", kept, test.kept)
				}
				fresh, err := find(t.Context(), opts, nil, func(Environment) {})
				if err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(found, fresh) {
					t.Errorf("found %+v, want %+v", found, fresh)
				}
			})
		}
	}
}

// makeOld makes everything in a folder an hour old.
func makeOld(t *testing.T, dir string) {
	t.Helper()
	before := time.Now().Add(-time.Hour)
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		return os.Chtimes(path, before, before)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// newApp writes an application, and returns its folder and what to list.
func newApp(t *testing.T) (dir string, opts ListOptions) {
	t.Helper()
	dir = t.TempDir()
	testfiles.Write(t, dir, map[string]string{"go.mod": "module x\n\ngo 1.24\n", "main.go": emptyMain})
	return dir, ListOptions{Dir: dir, Package: ".", GOOS: "linux", GOARCH: "amd64"}
}

// saved returns what is found in a folder long after its last change, and the Memory that has written it there.
func saved(t *testing.T, dir string, opts ListOptions) (*Memory, Findings) {
	t.Helper()
	makeOld(t, dir)
	memory := &Memory{File: filepath.Join(dir, "findings.json")}
	found := remember(t, memory, opts)
	if err := memory.Save(); err != nil {
		t.Fatal(err)
	}
	return memory, found
}

func remember(t *testing.T, memory *Memory, opts ListOptions, variables ...string) Findings {
	t.Helper()
	started := false
	found, err := memory.Find(t.Context(), opts, variables, func(Environment) { started = true })
	if err != nil || !started {
		t.Fatalf("error %v, started: %t", err, started)
	}
	return found
}

// If files or their names change while the go command reads them, its answer may be the old or the new one.
func TestAMemoryKeepsNothingThatIsNew(t *testing.T) {
	for _, changed := range []string{"main.go", "."} {
		dir, opts := newApp(t)
		makeOld(t, dir)
		later := time.Now().Add(time.Hour)
		if err := os.Chtimes(filepath.Join(dir, changed), later, later); err != nil {
			t.Fatal(err)
		}
		memory := &Memory{File: filepath.Join(t.TempDir(), "findings.json")}
		remember(t, memory, opts)
		if err := memory.Save(); err != nil || memory.signature != "" || files.Exists(memory.File) {
			t.Errorf("%s: error %v, signature %q", changed, err, memory.signature)
		}
	}
}
