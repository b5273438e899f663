//go:build unix

package gosource

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Errors of the application are frequent while it is developed.
func TestAnErrorLeavesNoTemporaryFolder(t *testing.T) {
	dir := t.TempDir()
	// This go command has a folder while it answers slowly about settings, and fails otherwise.
	const program = "#!/bin/sh\n" +
		"if [ \"$2\" != -changed ]; then while [ ! -d go-build1 ]; do sleep 0.01; done; echo wrong >&2; exit 1; fi\n" +
		"mkdir go-build1\nsleep 0.3\nrmdir go-build1\necho {}\n"
	if err := os.WriteFile(filepath.Join(dir, "go"), []byte(program), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
	opts := ListOptions{Dir: dir, Package: ".", GOOS: "linux", GOARCH: "amd64"}
	_, err := new(Memory).Find(t.Context(), opts, nil, func(Environment) {})
	if err == nil || !strings.Contains(err.Error(), "wrong") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "go-build1")); err == nil {
		t.Error("there is a temporary folder of a go command that was killed")
	}
}
