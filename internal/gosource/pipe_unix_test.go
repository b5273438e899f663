//go:build unix

package gosource

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/testfiles"
)

// The go command, and whatever else reads a named pipe, waits until somebody writes to it.
func TestNamedPipesAreRefusedBeforeTheyAreRead(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for name, c := range map[string]struct {
		path, link string
		known      bool // whether an earlier build has found the packages
	}{
		"beside func main":              {path: "app/x.go"},
		"a test":                        {path: "app/x_test.go"},
		"behind a link":                 {path: "pipe", link: "app/x.go"},
		"since the last build":          {path: "app/x.go", known: true},
		"in another package since then": {path: "app/inner/x.c", known: true},
		"behind a link since then":      {path: "pipe", link: "app/inner/x.go", known: true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			testfiles.Write(t, dir, map[string]string{
				"app/go.mod":         "module x\n\ngo 1.24\n",
				"app/main.go":        "package main\n\nimport _ \"x/inner\"\n\nfunc main() {}\n",
				"app/inner/inner.go": "package inner\n",
				"app/_x.go/README":   "",
			})
			opts := ListOptions{Dir: filepath.Join(dir, "app"), Package: ".", GOOS: "linux", GOARCH: "amd64"}
			memory := &Memory{File: filepath.Join(dir, "findings.json")}
			if c.known {
				memory, _ = saved(t, dir, opts)
			}
			path := filepath.Join(dir, c.path)
			if err := syscall.Mkfifo(path, 0o600); err != nil {
				t.Fatal(err)
			}
			if c.link != "" {
				path = filepath.Join(dir, c.link)
				if err := os.Symlink(filepath.Join(dir, c.path), path); err != nil {
					t.Fatal(err)
				}
			}
			_, err := memory.Find(ctx, opts, nil, func(Environment) {})
			if err == nil || !strings.Contains(err.Error(), path+" is a named pipe, not a file") {
				t.Errorf("error %v", err)
			}
		})
	}
}
