package product

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// inputs is the application of testdata/inputs.txtar, with everything that it is built from.
type inputs struct {
	work    string
	project project
	env     map[string]string // of builds, besides the project's
}

func newInputs(t *testing.T) inputs {
	t.Helper()
	work, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	in := inputs{work: work, env: map[string]string{}}
	in.project = project{dir: in.app(), env: bareEnvironment(work)}
	archive, err := txtar.ParseFile(filepath.Join("testdata", "inputs.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	if err := writeModule(in.app(), "example.com/inputs"); err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.Files {
		in.write(t, file.Name, string(file.Data))
	}
	in.write(t, "inputs/go.mod", in.read(t, "inputs/go.mod")+`
require (
	example.com/near v0.0.0
	example.com/odd v0.0.0
)

replace example.com/near => ../near

replace example.com/odd => ../third/vendor/odd
`)
	in.archive(t)
	return in
}

func (in inputs) app() string { return filepath.Join(in.work, "inputs") }

func (in inputs) path(name string) string { return filepath.Join(in.work, filepath.FromSlash(name)) }

func (in inputs) write(t *testing.T, name, content string) {
	t.Helper()
	if err := writeFile(in.path(name), content); err != nil {
		t.Fatal(err)
	}
}

func (in inputs) read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(in.path(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// archive compiles archives/answer.c to the archive that the application is linked with.
func (in inputs) archive(t *testing.T) {
	t.Helper()
	for _, command := range [][]string{
		{"gcc", "-fPIC", "-c", "answer.c", "-o", "answer.o"},
		{"ar", "rcsD", "libanswer.a", "answer.o"},
	} {
		cmd := exec.Command(command[0], command[1:]...)
		cmd.Dir = in.path("archives")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", strings.Join(command, " "), err, out)
		}
	}
}

// build builds the package. compiled reports whether it compiled anything.
func (in inputs) build(t *testing.T) (zip []byte, compiled bool) {
	t.Helper()
	var variables []string
	for name, value := range in.env {
		variables = append(variables, name+"="+value)
	}
	result := in.project.build(t, variables...)
	return []byte(in.read(t, "inputs/.sparta/inputs.zip")), !strings.Contains(result.stderr, "unchanged")
}

// fromNothing builds the sources where nothing was ever built, and then restores the earlier workspace.
func (in inputs) fromNothing(t *testing.T) []byte {
	t.Helper()
	workspace, aside := in.path("inputs/.sparta"), in.path("aside")
	if err := os.Rename(workspace, aside); err != nil {
		t.Fatal(err)
	}
	zip, _ := in.build(t)
	if err := errors.Join(os.RemoveAll(workspace), os.Rename(aside, workspace)); err != nil {
		t.Fatal(err)
	}
	return zip
}

// TestEveryInputCounts changes one input of a build after the other. Each changes the package, which is then that of
// a build from nothing; and a second build finds nothing to do.
func TestEveryInputCounts(t *testing.T) {
	needHost(t)
	t.Parallel()
	if _, err := compiledTargets(); err != nil {
		t.Fatal(err)
	}
	in := newInputs(t)
	replace := func(name, from, to string) func(*testing.T) {
		return func(t *testing.T) {
			content := in.read(t, name)
			if !strings.Contains(content, from) {
				t.Fatalf("%s has no %q", name, from)
			}
			in.write(t, name, strings.ReplaceAll(content, from, to))
		}
	}
	set := func(name, value string) func(*testing.T) {
		return func(*testing.T) { in.env[name] = strings.ReplaceAll(value, "$WORK", in.work) }
	}
	write := func(name, content string) func(*testing.T) {
		return func(t *testing.T) { in.write(t, name, strings.ReplaceAll(content, "$WORK", in.work)) }
	}
	last, _ := in.build(t)
	for _, input := range []struct {
		name   string
		change func(t *testing.T)
	}{
		{"a Go file", replace("inputs/main.go", `"none"`, `"some"`)},
		{"a new Go file", write("inputs/more.go", "package main\n\nfunc init() { version = \"more\" }\n")},
		{"a Go file less", func(t *testing.T) { remove(t, in.path("inputs/more.go")) }},
		{"another package", replace("inputs/internal/stamp/stamp.go", `"0"`, `"1"`)},
		{"an embedded file", write("inputs/motto.txt", "large")},
		{"a module in another folder", replace("near/near.go", `"near"`, `"nearer"`)},
		{"a module in a folder whose path contains vendor", replace("third/vendor/odd/odd.go", `"odd"`, `"even"`)},
		{"a C file", replace("inputs/code.c", "return CODE", "return CODE + 2")},
		{"a header beside it", replace("inputs/code.h", "CODE 1", "CODE 2")},
		{"C code in a Go file", replace("inputs/main.go", "return PREAMBLE", "return 3 * PREAMBLE")},
		{"a header in a folder of -I", replace("headers/answer.h", "PREAMBLE 1", "PREAMBLE 11")},
		{"a header that another includes", replace("headers/deep.h", "DEEP 1", "DEEP 2")},
		{"a header that now comes first", write("first/answer.h", "#define PREAMBLE 77\n#define DEEP 1\n")},
		{"an archive", func(t *testing.T) {
			replace("archives/answer.c", "return 1", "return 2")(t)
			in.archive(t)
		}},
		{"CGO_CFLAGS", set("CGO_CFLAGS", "-O2 -g -DFROM_FLAG=100")},
		{"CGO_CPPFLAGS", func(t *testing.T) {
			set("CGO_CFLAGS", "")(t)
			set("CGO_CPPFLAGS", "-DFROM_FLAG=200")(t)
		}},
		{"C_INCLUDE_PATH", set("C_INCLUDE_PATH", "$WORK/searched")},
		{"a header that C_INCLUDE_PATH finds", replace("searched/searched.h", "1000", "2000")},
		{"CPATH instead", func(t *testing.T) {
			replace("searched/searched.h", "2000", "3000")(t)
			set("C_INCLUDE_PATH", "")(t)
			set("CPATH", "$WORK/searched")(t)
		}},
		{"LIBRARY_PATH", func(t *testing.T) { // instead of -L
			in.write(t, "libraries/.keep", "")
			replace("archives/answer.c", "return 2", "return 3")(t)
			in.archive(t)
			replace("inputs/main.go", "-L${SRCDIR}/../archives ", "")(t)
			set("LIBRARY_PATH", "$WORK/archives")(t)
		}},
		{"an archive that LIBRARY_PATH finds", func(t *testing.T) {
			replace("archives/answer.c", "return 3", "return 4")(t)
			in.archive(t)
		}},
		{"the linker's flags", set("SPARTA_LDFLAGS", "-X main.version=flagged")},
		{"the linker's flags in GOFLAGS", func(t *testing.T) {
			set("SPARTA_LDFLAGS", "")(t)
			set("GOFLAGS", "-ldflags=-X=main.version=goflags")(t)
		}},
		{"an overlay in GOFLAGS", func(t *testing.T) {
			write("overlay.json", `{"Replace": {"$WORK/inputs/internal/stamp/stamp.go": "$WORK/other/stamp.go"}}`)(t)
			set("GOFLAGS", "-overlay=$WORK/overlay.json")(t)
		}},
		{"a file of the overlay", replace("other/stamp.go", "overlaid", "overlaid again")},
		{"the compiler's flags", set("GOFLAGS", "-overlay=$WORK/overlay.json -gcflags=-l")},
		{"a setting of go env -w", func(t *testing.T) {
			set("CGO_CPPFLAGS", "")(t)
			write("env", "CGO_CFLAGS=-O2 -g -DFROM_FLAG=300\n")(t)
			set("GOENV", "$WORK/env")(t)
		}},
		{"the version of the language", replace("inputs/go.mod", "\ngo 1.26\n", "\ngo 1.26\n\ngodebug panicnil=1\n")},
		{"a build tag", func(t *testing.T) {
			write("inputs/tagged.go", "//go:build special\n\npackage main\n\nfunc init() { version = \"tagged\" }\n")(t)
			set("SPARTA_BUILD_TAGS", "special")(t)
		}},
		{"a file of the package", func(t *testing.T) {
			write("inputs/conf.json", "{}")(t)
			set("SPARTA_INCLUDE", "conf.json")(t)
		}},
		{"its content", write("inputs/conf.json", "[]")},
	} {
		t.Run(input.name, func(t *testing.T) {
			input.change(t)
			zip, compiled := in.build(t)
			if !compiled || bytes.Equal(zip, last) {
				t.Fatalf("the package did not change (compiled: %t)", compiled)
			}
			if !bytes.Equal(zip, in.fromNothing(t)) {
				t.Error("the package is not that of a build from nothing")
			}
			if again, compiled := in.build(t); compiled || !bytes.Equal(again, zip) {
				t.Errorf("a second build found something to do (compiled: %t)", compiled)
			}
			last = zip
		})
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}
