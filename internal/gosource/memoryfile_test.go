package gosource

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

// Other processes use what one has found, unless something other than a source may have changed the answers.
func TestOtherProcesses(t *testing.T) {
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		before, after func(t *testing.T, dir string)
		kept          bool
	}{
		"the same": {kept: true},
		"settings of go env -w": {
			before: func(t *testing.T, dir string) {
				t.Setenv("GOFLAGS", "")
				testfiles.Write(t, dir, map[string]string{"env": "GOFLAGS=-mod=mod\nGOAMD64=v2\n"})
			},
			kept: true,
		},
		"a variable that does not matter": {
			after: func(t *testing.T, _ string) { t.Setenv("EDITOR", "ed") }, kept: true,
		},
		"the PATH of go run": {
			after: func(t *testing.T, _ string) {
				t.Setenv("PATH", filepath.Dir(goCommand)+string(filepath.ListSeparator)+os.Getenv("PATH"))
			},
			kept: true,
		},
		"a setting": {
			after: func(t *testing.T, _ string) { t.Setenv("GOAMD64", "v3") },
		},
		"other flags": {
			after: func(t *testing.T, _ string) { t.Setenv("GOFLAGS", "-mod=readonly") },
		},
		"a program in place of go, which could choose another version": {
			before: func(t *testing.T, dir string) {
				standIn(t, dir, goCommand)
			},
		},
		"such a program beside another program's VERSION": {
			before: func(t *testing.T, dir string) {
				testfiles.Write(t, dir, map[string]string{"VERSION": "1.2.3\n"})
				standIn(t, dir, goCommand)
			},
		},
		"a damaged file": {
			after: func(t *testing.T, dir string) {
				testfiles.Write(t, dir, map[string]string{"findings.json": `{"Main": 1`})
			},
		},
		"a file with null for a package": {
			after: func(t *testing.T, dir string) {
				testfiles.Write(t, dir, map[string]string{
					"findings.json": `{"Signature": "x", "Packages": [{}, null]}`,
				})
			},
		},
		"a file with a module in the root folder": {
			after: func(t *testing.T, dir string) {
				testfiles.Write(t, dir, map[string]string{
					"findings.json": `{"Signature": "x", "Packages": [{"Dir": "/", "Module": {"Dir": "/"}}]}`,
				})
			},
		},
		"a file without packages": {
			after: func(t *testing.T, dir string) {
				testfiles.Write(t, dir, map[string]string{"findings.json": `{}`})
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, opts := newApp(t)
			t.Setenv("GOENV", filepath.Join(dir, "env"))
			t.Setenv("GOFLAGS", "-mod=mod")
			if test.before != nil {
				test.before(t, dir)
			}
			first, _ := saved(t, dir, opts)
			if test.after != nil {
				test.after(t, dir)
			}
			second := &Memory{File: first.File}
			second.load()
			loaded := second.findings.App
			if kept := remember(t, second, opts).App == loaded && loaded != nil; kept != test.kept {
				t.Errorf("the answers are kept: %t, want %t", kept, test.kept)
			}
		})
	}
}

// standIn writes a program that passes everything on to the go command, and puts it first on PATH.
func standIn(t *testing.T, dir, goCommand string) {
	t.Helper()
	testfiles.Write(t, dir, map[string]string{"bin/go": "#!/bin/sh\nexec " + goCommand + ` "$@"` + "\n"})
	if err := os.Chmod(filepath.Join(dir, "bin", "go"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", filepath.Join(dir, "bin")+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

func TestOtherVariablesAndPackages(t *testing.T) {
	dir, opts := newApp(t)
	testfiles.Write(t, dir, map[string]string{"cmd/y/main.go": emptyMain})
	memory, _ := saved(t, dir, opts)
	other := opts
	other.Package = "./cmd/y"
	for _, found := range []Findings{
		remember(t, &Memory{File: memory.File}, other),
		remember(t, &Memory{File: memory.File}, opts, "GOAMD64=v3"),
	} {
		if found.App.Main.ImportPath == "x" && found.Settings["GOAMD64"] != "v3" {
			t.Errorf("answers about other options are used: %+v", found)
		}
	}
}

// After go clean -modcache, what builds have found there is gone.
func TestRemovedModulesAreListedAgain(t *testing.T) {
	cache := t.TempDir()
	found := Findings{App: &Application{
		ModCache: cache, Packages: []*Package{{ImportPath: "y", Dir: filepath.Join(cache, "y@v1.0.0")}},
	}}
	if signature, _ := found.signature(ListOptions{Dir: cache}, nil); signature != "" {
		t.Errorf("signature of an application whose module is gone: %s", signature)
	}
	testfiles.Write(t, cache, map[string]string{"y@v1.0.0/y.go": "package y\n"})
	if signature, _ := found.signature(ListOptions{Dir: cache}, nil); signature == "" {
		t.Error("there is no signature of an application whose module is there")
	}
}

// Variables for the compiler may contain secrets, for example in -X for the linker.
func TestTheFileHasNoValues(t *testing.T) {
	t.Setenv("GOFLAGS", "-ldflags=-X=main.token=sesame")
	t.Setenv("CGO_CFLAGS", "-DTOKEN=sesame")
	dir, opts := newApp(t)
	memory, _ := saved(t, dir, opts)
	content, err := os.ReadFile(memory.File)
	if err != nil || bytes.Contains(content, []byte("sesame")) {
		t.Errorf("the file is %s, error %v", content, err)
	}
	found := remember(t, &Memory{File: memory.File}, opts)
	if found.Env.GOFLAGS != os.Getenv("GOFLAGS") || found.Settings["CGO_CFLAGS"] != "-DTOKEN=sesame" {
		t.Errorf("found %+v", found)
	}
}
