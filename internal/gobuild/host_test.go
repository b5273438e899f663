package gobuild

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/testrequire"
)

func TestHostTargetRecognizesTriples(t *testing.T) {
	tests := map[string]struct {
		target Target
		triple string
		want   bool
	}{
		"Debian's gcc":            {Target{"linux", "amd64"}, "x86_64-linux-gnu", true},
		"Fedora's gcc":            {Target{"linux", "amd64"}, "x86_64-redhat-linux", true},
		"clang":                   {Target{"linux", "arm64"}, "aarch64-unknown-linux-gnu", true},
		"a cross compiler":        {Target{"linux", "arm64"}, "aarch64-linux-gnu", true},
		"another architecture":    {Target{"linux", "arm64"}, "x86_64-linux-gnu", false},
		"another system":          {Target{"linux", "arm64"}, "arm64-apple-darwin24.1.0", false},
		"a Mac's own":             {Target{"darwin", "arm64"}, "arm64-apple-darwin24.1.0", true},
		"MinGW":                   {Target{"windows", "amd64"}, "x86_64-w64-mingw32", true},
		"no triple":               {Target{"linux", "amd64"}, "x86_64", false},
		"an unknown architecture": {Target{"linux", "loong64"}, "loongarch64-linux-gnu", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.target.matches(test.triple); got != test.want {
				t.Errorf("%v.matches(%q) = %t", test.target, test.triple, got)
			}
		})
	}
}

// fakeCompiler writes a C compiler that only reports its machine.
func fakeCompiler(t *testing.T, triple string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not run shell scripts")
	}
	path := filepath.Join(t.TempDir(), "my cc")
	if err := os.WriteFile(path, []byte("#!/bin/sh\necho '"+triple+"'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return "'" + path + "'"
}

func TestHostTargetCheck(t *testing.T) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("the table is about a host of linux/amd64")
	}
	tests := map[string]struct {
		target Target
		triple string // of the compiler that CC names
		cc     string // instead of it
		err    string
	}{
		"this machine's own compiler":         {Target{"linux", "amd64"}, "x86_64-linux-gnu", "", ""},
		"a cross compiler":                    {Target{"linux", "arm64"}, "aarch64-linux-gnu", "", ""},
		"a cross compiler for another system": {Target{"darwin", "arm64"}, "arm64-apple-darwin24", "", ""},
		"a compiler without -dumpmachine":     {Target{"linux", "arm64"}, "", "", ""},
		"no compiler":                         {Target{"linux", "amd64"}, "", "no-such-cc", "install one"},
		"no cross compiler": {
			Target{"linux", "arm64"}, "x86_64-linux-gnu", "", "CC='aarch64-linux-gnu-gcc'",
		},
		"a cross compiler that does not exist": {
			Target{"linux", "arm64"}, "", "no-such-cc", "CC='aarch64-linux-gnu-gcc'",
		},
		"a cross compiler where none is needed": {
			Target{"linux", "amd64"}, "aarch64-linux-gnu", "", "not for linux/amd64: unset CC",
		},
		"a compiler for a libc that Lambda does not have": {
			Target{"linux", "amd64"}, "x86_64-alpine-linux-musl", "", "musl",
		},
		"another system": {
			Target{"darwin", "arm64"}, "x86_64-linux-gnu", "", "zig cc -target aarch64-darwin",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cc := test.cc
			if cc == "" {
				cc = fakeCompiler(t, test.triple)
			}
			t.Setenv("CC", cc)
			env, err := gosource.ReadEnvironment(t.Context(), ".", test.target.GOOS, test.target.GOARCH)
			if err != nil {
				t.Fatal(err)
			}
			if err := test.target.Check(t.Context(), env); !says(err, test.err) {
				t.Errorf("check() = %v, want %q", err, test.err)
			}
		})
	}
}

func TestHostTargetCheckAcceptsTheRealCompiler(t *testing.T) {
	testrequire.Need(t, "gcc")
	target := Target{runtime.GOOS, runtime.GOARCH}
	env, err := gosource.ReadEnvironment(t.Context(), ".", target.GOOS, target.GOARCH)
	if err != nil {
		t.Fatal(err)
	}
	if err := target.Check(t.Context(), env); err != nil {
		t.Error(err)
	}
}

// says reports whether err contains the text, or for an empty text that there is no error.
func says(err error, text string) bool {
	if text == "" || err == nil {
		return text == "" && err == nil
	}
	return strings.Contains(err.Error(), text)
}
