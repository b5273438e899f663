package gosource

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

// stale is a change after which a build must not use what the last one has found.
type stale struct {
	goflags, pkg string
	files        map[string]string // beside go.mod and, without pkg, main.go
	remove       string            // what is removed before further files are written
	write        map[string]string
	link         [2]string // a symbolic link and where it leads
}

const emptyMain = "package main\n\nfunc main() {}\n"

// check tests that another process finds what the go command says after the change, or its error.
func (s stale) check(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("GOENV", filepath.Join(dir, "env"))
	t.Setenv("GOFLAGS", s.goflags)
	opts := ListOptions{Dir: dir, Package: s.pkg, GOOS: "linux", GOARCH: "amd64"}
	testfiles.Write(t, dir, map[string]string{"go.mod": "module x\n\ngo 1.24\n"})
	if s.pkg == "" {
		testfiles.Write(t, dir, map[string]string{"main.go": emptyMain})
		opts.Package = "."
	}
	testfiles.Write(t, dir, s.files)
	memory, before := saved(t, dir, opts)
	if s.remove != "" {
		if err := os.RemoveAll(filepath.Join(dir, s.remove)); err != nil {
			t.Fatal(err)
		}
	}
	testfiles.Write(t, dir, s.write)
	if s.link[0] != "" {
		if err := os.Symlink(s.link[1], filepath.Join(dir, s.link[0])); err != nil {
			t.Fatal(err)
		}
	}
	found, err := (&Memory{File: memory.File}).Find(t.Context(), opts, nil, func(Environment) {})
	fresh, freshErr := find(t.Context(), opts, nil, func(Environment) {})
	switch {
	case (err == nil) != (freshErr == nil):
		t.Errorf("error %v, want %v", err, freshErr)
	case err == nil && !reflect.DeepEqual(found, fresh):
		t.Errorf("found %+v, want %+v", found, fresh)
	case err == nil && reflect.DeepEqual(before, fresh):
		t.Error("the change does not change the go command's answers")
	}
}
