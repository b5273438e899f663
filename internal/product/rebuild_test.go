package product

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// A build compiles only if something that affects the library has changed.
func TestRebuilds(t *testing.T) {
	needHost(t)
	t.Parallel()
	p := newProject(t, "plain")
	// A module outside of the application's folder that is part of the application.
	p.write(t, "../near/go.mod", "module example.com/near\n\ngo 1.26\n")
	p.write(t, "../near/near.go", "package near\n\nconst Name = \"near\"\n")
	p.write(t, "near.go", "package main\n\nimport \"example.com/near\"\n\nvar _ = near.Name\n")
	p.write(t, "go.mod", p.read(t, "go.mod")+`
require example.com/near v0.0.0

replace example.com/near => ../near
`)
	const original = `["0","small\n","none"]`

	for _, c := range []struct {
		name    string
		change  func()
		env     string
		rebuilt bool
		sameZip bool // as that of the case before
		answer  string
	}{
		{name: "the first build", rebuilt: true, answer: original},
		{name: "nothing", sameZip: true, answer: original},
		{name: "a new time of a file", sameZip: true, answer: original, change: func() {
			later := time.Now().Add(time.Hour)
			if err := os.Chtimes(filepath.Join(p.dir, "main.go"), later, later); err != nil {
				t.Fatal(err)
			}
		}},
		{
			name:    "a file that is not a source",
			sameZip: true,
			answer:  original,
			change:  func() { p.write(t, "README.md", "# Plain\n") },
		},
		{
			name:    "a test",
			sameZip: true,
			answer:  original,
			change:  func() { p.write(t, "main_test.go", "package main\n") },
		},
		{
			name:    "a comment", // the provenance in the zip has a hash of the sources
			rebuilt: true,
			answer:  original,
			change:  func() { p.write(t, "main.go", p.read(t, "main.go")+"// The end.\n") },
		},
		{
			name:    "an embedded file",
			rebuilt: true,
			answer:  `["0","large","none"]`,
			change:  func() { p.write(t, "motto.txt", "large") },
		},
		{name: "another package", rebuilt: true, answer: `["1","large","none"]`, change: func() {
			p.write(t, "internal/stamp/stamp.go", "package stamp\n\nconst Stamp = \"1\"\n")
		}},
		{name: "another module", rebuilt: true, answer: `["1","large","none"]`, change: func() {
			p.write(t, "../near/near.go", "package near\n\nconst Name = \"nearer\"\n")
		}},
		{name: "a new file", rebuilt: true, answer: `["1","large","from init"]`, change: func() {
			p.write(t, "more.go", "package main\n\nfunc init() { version = \"from init\" }\n")
		}},
		{name: "a file less", rebuilt: true, answer: `["1","large","none"]`, change: func() {
			if err := os.Remove(filepath.Join(p.dir, "more.go")); err != nil {
				t.Fatal(err)
			}
		}},
		{name: "a linker flag", env: "SPARTA_LDFLAGS=-X main.version=2", rebuilt: true, answer: `["1","large","2"]`},
		{
			name:    "the same linker flag",
			env:     "SPARTA_LDFLAGS=-X main.version=2",
			sameZip: true,
			answer:  `["1","large","2"]`,
		},
		{
			name:    "the linker flag in GOFLAGS",
			env:     "GOFLAGS=-ldflags=-X=main.version=3",
			rebuilt: true,
			answer:  `["1","large","3"]`,
		},
		{name: "a file to go with it", env: "SPARTA_INCLUDE=README.md", rebuilt: true, answer: `["1","large","none"]`},
		{
			name:    "its content",
			env:     "SPARTA_INCLUDE=README.md",
			rebuilt: true,
			answer:  `["1","large","none"]`,
			change:  func() { p.write(t, "README.md", "# Plainer\n") },
		},
		{name: "no file to go with it", rebuilt: true, answer: `["1","large","none"]`},
		{name: "a removed zip", sameZip: true, answer: `["1","large","none"]`, change: func() {
			if err := os.Remove(filepath.Join(p.dir, ".sparta", "plain.zip")); err != nil {
				t.Fatal(err)
			}
		}},
		{
			name:    "a zip that is another",
			sameZip: true,
			answer:  `["1","large","none"]`,
			change:  func() { p.write(t, ".sparta/plain.zip", "PK") },
		},
		{name: "a removed stage", rebuilt: true, sameZip: true, answer: `["1","large","none"]`, change: func() {
			if err := os.RemoveAll(p.stage()); err != nil {
				t.Fatal(err)
			}
		}},
		{
			name:    "a library that was removed from the stage",
			rebuilt: true,
			sameZip: true,
			answer:  `["1","large","none"]`,
			change: func() {
				if err := os.Remove(filepath.Join(p.stage(), "bin", "plain.so")); err != nil {
					t.Fatal(err)
				}
			},
		},
	} {
		before := p.zipSum()
		if c.change != nil {
			c.change()
		}
		result := p.build(t, c.env)
		if rebuilt := strings.Contains(result.stderr, "\ncompile "); rebuilt != c.rebuilt {
			t.Errorf("%s: compiled: %v, want %v\n%s", c.name, rebuilt, c.rebuilt, result.stderr)
		}
		if same := p.zipSum() == before; same != c.sameZip {
			t.Errorf("%s: the same zip: %v, want %v", c.name, same, c.sameZip)
		}
		run := p.mage(t, []string{c.env}, "cgo:invoke")
		if run.stdout != c.answer+"\n" {
			t.Errorf("%s: got %q, want %s\n%s", c.name, run.stdout, c.answer, run.stderr)
		}
		if strings.Contains(run.stderr, "\ncompile ") {
			t.Errorf("%s: cgo:invoke compiled again what cgo:build had built", c.name)
		}
	}
}

// The go command is asked about the packages again only if its answer may have changed.
func TestAChangedLineIsCompiledWithoutListing(t *testing.T) {
	needHost(t)
	t.Parallel()
	p := newProject(t, "plain")
	original, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	distribution := t.TempDir() // of a go command that records what it is asked
	asked := filepath.Join(distribution, "asked")
	testfiles.Write(t, distribution, map[string]string{
		"VERSION": runtime.Version() + "\n",
		"bin/go":  "#!/bin/sh\necho \"$1\" >> " + asked + "\nexec " + original + ` "$@"` + "\n",
	})
	if err := os.Chmod(filepath.Join(distribution, "bin", "go"), 0o755); err != nil {
		t.Fatal(err)
	}
	p.env = append(p.env, "SPARTA_BUILDER=host", "PATH="+filepath.Join(distribution, "bin")+
		string(filepath.ListSeparator)+os.Getenv("PATH"))
	lists := func() bool {
		t.Helper()
		if err := os.RemoveAll(asked); err != nil {
			t.Fatal(err)
		}
		p.build(t)
		content, err := os.ReadFile(asked)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(string(content), "list\n")
	}
	if !lists() {
		t.Fatal("the go command was not asked about the packages")
	}
	p.write(t, "main.go", strings.Replace(p.read(t, "main.go"), "none", "changed", 1))
	if lists() {
		t.Error("a change of a line lists the packages again")
	}
	p.write(t, "more.go", "package main\n\nimport _ \"net/url\"\n")
	if !lists() {
		t.Error("a new import does not list the packages again")
	}
}

// zipSum returns the package's SHA-256, or that of no bytes if there is no package.
func (p project) zipSum() [32]byte {
	content, err := os.ReadFile(filepath.Join(p.dir, ".sparta", filepath.Base(p.dir)+".zip"))
	if err != nil {
		return [32]byte{}
	}
	return sha256.Sum256(content)
}

// The same sources result in the same bytes, in any folder and with any builder.
func TestSameBytes(t *testing.T) {
	needHost(t)
	t.Parallel()
	one, two := newProject(t, "plain"), newProject(t, "plain")
	if one.dir == two.dir {
		t.Fatal("both are in one folder")
	}
	one.build(t)
	if err := os.Chmod(filepath.Join(two.dir, "main.go"), 0o600); err != nil {
		t.Fatal(err)
	}
	two.build(t)
	if one.zipSum() != two.zipSum() || one.zipSum() == [32]byte{} {
		t.Error("two folders make two packages")
	}
	t.Run("in a container", func(t *testing.T) {
		testrequire.Need(t, "docker")
		// The Sparta application compiles C code of this module, whose headers are the compiler's.
		for _, name := range []string{"plain", "hooks"} {
			host, container := newProject(t, name), newProject(t, name)
			host.build(t)
			result := container.build(t, "SPARTA_BUILDER=docker")
			if !strings.Contains(result.stderr, "Building `cgo` library in Docker") {
				t.Fatalf("%s was not built in a container:\n%s", name, result.stderr)
			}
			if host.zipSum() != container.zipSum() {
				t.Errorf("a container builds another package of %s than the host", name)
			}
		}
	})
	t.Run("where Go's cache has a local run's compilation", func(t *testing.T) {
		p := newProject(t, "plain")
		source := "package main\n\nconst _ = %d // is nowhere in the cache\n"
		p.write(t, "fresh.go", fmt.Sprintf(source, time.Now().UnixNano()))
		other := map[string]string{"amd64": "arm64", "arm64": "amd64"}[runtime.GOARCH]
		// CC is the target's compiler, which a run on this machine does not use.
		variables := []string{"SPARTA_BUILDER=host", "SPARTA_GOARCH=" + other, "CC=cross-compiler"}
		if run := p.mage(t, variables, "cgo:invoke"); run.code != 0 {
			t.Fatalf("mage cgo:invoke: exit status %d\n%s", run.code, run.stderr)
		}
		p.build(t, "SPARTA_BUILDER=host")
		library, err := os.ReadFile(filepath.Join(p.stage(), "bin", "plain.so"))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(library, []byte(".sparta/src")) || bytes.Contains(library, []byte(".sparta/local")) {
			t.Error("the library names the folder that its source was first compiled in")
		}
	})
	t.Run("with C code", func(t *testing.T) { // of one compiler: a container may have another
		for _, p := range []project{one, two} {
			p.write(t, "inc.go", `package main

// static int one(void) { return __LINE__; }
import "C"

var _ = C.one()
`)
			p.build(t)
		}
		if one.zipSum() != two.zipSum() {
			t.Error("the same sources in two folders result in different packages")
		}
	})
}
