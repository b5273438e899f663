package interpreter_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// script writes an executable that takes the place of an interpreter.
func script(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
}

func TestFind(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-ins are shell scripts")
	}
	answer := func(path, version, client string) string {
		return fmt.Sprintf("printf '%s\\n%s\\n%s\\n'", path, version, client)
	}
	for name, c := range map[string]struct {
		scripts map[string]string
		version string
		want    interpreter.Python
		errors  []string
	}{
		"the version asked for": {
			scripts: map[string]string{
				"python3.13": answer("/a/python3.13", "3.13", ""), "python3": answer("/a/python3", "3.9", ""),
			},
			version: "3.13",
			want:    interpreter.Python{Path: "/a/python3.13", Version: "3.13"},
		},
		"a runtime's name": {
			scripts: map[string]string{
				"python3.13": answer("/a/python3.13", "3.13", "4.0.1"), "python3": answer("/a/python3", "3.9", ""),
			},
			version: "python3.13",
			want:    interpreter.Python{Path: "/a/python3.13", Version: "3.13", Client: "4.0.1"},
		},
		"any other version, if that one is missing": {
			scripts: map[string]string{"python3": answer("/a/python3", "3.9", "")},
			version: "3.13", want: interpreter.Python{Path: "/a/python3", Version: "3.9"},
		},
		"any other version, if that one is not enabled": {
			scripts: map[string]string{"python3.13": "exit 127", "python3": answer("/a/python3", "3.9", "")},
			version: "3.13", want: interpreter.Python{Path: "/a/python3", Version: "3.9"},
		},
		"no interpreter": {
			version: "3.13", errors: []string{"find python3.13", "apt-get install python3", "brew install python@3.13"},
		},
		"an interpreter that fails": {
			scripts: map[string]string{"python3": "echo cannot load >&2; exit 1"},
			errors:  []string{"find python3", "cannot load"},
		},
		"an interpreter that is too old": {
			scripts: map[string]string{"python": answer("/a/python", "2.7", "")},
			errors:  []string{"is Python 2.7, but 3.6 or newer is required"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for program, text := range c.scripts {
				script(t, dir, program, text)
			}
			t.Setenv("PATH", dir)
			got, err := interpreter.Find(t.Context(), c.version)
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if (err != nil) != (c.errors != nil) {
				t.Fatalf("error %v", err)
			}
			for _, part := range c.errors {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %v, want %q", err, part)
				}
			}
		})
	}
}

func TestFindEndsWithItsContext(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in is a shell script")
	}
	dir := t.TempDir()
	script(t, dir, "python3", "exit 1")
	t.Setenv("PATH", dir)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := interpreter.Find(ctx, ""); !errors.Is(err, context.Canceled) ||
		strings.Contains(err.Error(), "install") {
		t.Errorf("Find() = %v", err)
	}
}

func TestModulesOfTheWorkingDirectoryAreNotImported(t *testing.T) {
	testrequire.Need(t, "python")
	dir := t.TempDir()
	for _, name := range []string{"logging.py", "json.py", "types.py", "http.py", "awslambdaric.py"} {
		text := []byte("raise SystemExit('imported ' + __name__)\n")
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	if _, err := interpreter.Find(t.Context(), ""); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat("__pycache__"); err == nil {
		t.Error("it has left a __pycache__")
	}
}
