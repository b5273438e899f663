//go:build unix

// Package testengine replaces container engines in tests.
package testengine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Answers of engines, as branches of a script.
const (
	Ready    = `"image inspect"*) echo linux/amd64 sha256:0;; info*) echo '{}';;`
	NoDaemon = `*) echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.` +
		` Is the docker daemon running?' >&2; exit 1;;`
)

// CLI is a PATH on which engines are shell scripts. Each call appends its arguments to a file, as one line.
type CLI struct{ Dir string }

// New returns a PATH without engines, and sets it for the test.
func New(t *testing.T) CLI {
	t.Helper()
	f := CLI{Dir: t.TempDir()}
	t.Setenv("PATH", f.Dir)
	return f
}

// Add adds an engine to the PATH. The script is the branches of a `case "$*"`.
func (f CLI) Add(t *testing.T, name, script string) {
	t.Helper()
	calls := filepath.Join(f.Dir, name+".calls")
	text := "#!/bin/sh\necho \"$*\" >>'" + calls + "'\ncase \"$*\" in\n" + script + "\nesac\n"
	if err := os.WriteFile(filepath.Join(f.Dir, name), []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
}

// Calls lists the arguments of an engine's calls.
func (f CLI) Calls(t *testing.T, name string) []string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(f.Dir, name+".calls"))
	if err != nil {
		return nil
	}
	return strings.Split(strings.TrimSpace(string(content)), "\n")
}
