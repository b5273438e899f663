//go:build unix

package spartamage

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// fakeCLI is a PATH on which engines are shell scripts. Each notes its arguments, a line a call.
type fakeCLI struct{ dir string }

func newFakeCLI(t *testing.T) fakeCLI {
	t.Helper()
	f := fakeCLI{dir: t.TempDir()}
	t.Setenv("PATH", f.dir)
	return f
}

// add puts an engine on the PATH: script is the branches of a `case "$*"`.
func (f fakeCLI) add(t *testing.T, name, script string) {
	t.Helper()
	text := "#!/bin/sh\necho \"$*\" >>'" + filepath.Join(f.dir, name+".calls") + "'\ncase \"$*\" in\n" + script + "\nesac\n"
	if err := os.WriteFile(filepath.Join(f.dir, name), []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
}

func (f fakeCLI) calls(t *testing.T, name string) []string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(f.dir, name+".calls"))
	if err != nil {
		return nil
	}
	return strings.Split(strings.TrimSpace(string(content)), "\n")
}

// exitError is what a command that exits with status 1 gives.
func exitError(t *testing.T) error {
	t.Helper()
	err := exec.Command("/bin/sh", "-c", "exit 1").Run()
	if err == nil {
		t.Fatal("sh -c 'exit 1' succeeded")
	}
	return err
}
