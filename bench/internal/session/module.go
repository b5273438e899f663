package session

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"

	"github.com/go-sparta/sparta/spartamage/python"
)

// Module is a folder with a user's module that requires this one: the applications are built as users build theirs, and
// nothing is written to this repository's tree.
type Module struct {
	Root  string // this repository
	Dir   string
	Cache string // mage's; in the user's, equal magefiles of different modules would share one program
	Env   []string

	Python string // the version of Python that runs the functions
}

const (
	modulePath = "example.com/bench"
	magefile   = `//go:build mage

package main

import (
	//mage:import
	_ "github.com/go-sparta/sparta/spartamage"
)
`
)

// newModule copies the applications: each folder's main.go, with a magefile beside it.
func newModule(ctx context.Context, dir string) (Module, error) {
	m := Module{Dir: dir, Cache: dir + "-mage"}
	gomod, err := m.Output(ctx, "", "go", "env", "GOMOD")
	if err != nil {
		return m, err
	}
	m.Root = filepath.Dir(gomod)
	content, err := os.ReadFile(gomod)
	if err != nil {
		return m, fmt.Errorf("%w: run the benchmark in this repository", err)
	}
	sum, err := os.ReadFile(filepath.Join(m.Root, "go.sum"))
	if err != nil {
		return m, err
	}
	name := regexp.MustCompile(`(?m)^module (\S+)$`)
	this := name.FindSubmatch(content)
	if this == nil {
		return m, fmt.Errorf("%s does not name its module", gomod)
	}
	content = name.ReplaceAll(content, []byte("module "+modulePath))
	content = fmt.Appendf(content, "\nrequire %s v0.0.0\n\nreplace %[1]s => %q\n", this[1], m.Root)
	files := map[string][]byte{"go.mod": content, "go.sum": sum}
	for name, from := range map[string]string{
		"hello": "examples/hello", "echohandler": "bench/apps/echohandler",
		"echorawmessage": "bench/apps/echorawmessage", "echoany": "bench/apps/echoany",
		"events": "bench/apps/events", "soak": "bench/apps/soak",
		"edge": "examples/edgeexisting", "mixed": "bench/apps/mixed",
		"sdk": "bench/apps/sdk", "heavyinit": "bench/apps/heavyinit", "snapstart": "bench/apps/snapstart",
		"served": "bench/apps/peers/served", "piped": "bench/apps/peers/piped", "shim": "bench/apps/peers/shim",
		"empty": "bench/apps/empty",
	} {
		source, err := os.ReadFile(filepath.Join(m.Root, filepath.FromSlash(from), "main.go"))
		if err != nil {
			return m, err
		}
		files[name+"/main.go"], files[name+"/magefile.go"] = source, []byte(magefile)
	}
	return m, m.Write(files)
}

// Write makes files below the module, by their slashed paths.
func (m Module) Write(files map[string][]byte) error { return write(m.Dir, files) }

func write(dir string, files map[string][]byte) error {
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Mage runs a target in an application's folder and returns what it printed. The builder is host or docker.
func (m Module) Mage(ctx context.Context, app, builder, target string) (string, error) {
	return m.Output(ctx, filepath.Join(m.Dir, app), "go", "tool", "mage", target, "SPARTA_BUILDER="+builder)
}

// Build builds an application and returns the folder that its package was made from.
func (m Module) Build(ctx context.Context, app string) (stage string, err error) {
	if _, err = m.Mage(ctx, app, "host", "cgo:build"); err != nil {
		return "", err
	}
	stages := filepath.Join(m.Dir, app, ".sparta", "stage")
	entries, err := os.ReadDir(stages)
	var newest time.Time
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && entry.IsDir() && info.ModTime().After(newest) {
			stage, newest = filepath.Join(stages, entry.Name()), info.ModTime()
		}
	}
	if err != nil {
		return "", err
	}
	return stage, m.addBytecode(stage)
}

// addBytecode adds what a package for the runtime of this machine's Python has. The package is built for a newer one:
// older runtimes have an older glibc than this machine may have.
func (m Module) addBytecode(stage string) error {
	files, err := python.Bytecode("python" + m.Python)
	if err != nil {
		return err
	}
	return write(stage, files)
}

// Output runs a command, whose last arguments may be NAME=value pairs for its environment.
func (m Module) Output(ctx context.Context, dir, name string, args ...string) (string, error) {
	env := append(append(Environment(), m.Env...), "MAGEFILE_CACHE="+m.Cache)
	for len(args) > 0 && regexp.MustCompile(`^[A-Z_]+=`).MatchString(args[len(args)-1]) {
		env = append(env, args[len(args)-1])
		args = args[:len(args)-1]
	}
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env, cmd.WaitDelay = dir, env, time.Second
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("run %s: %w\n%s", strings.Join(cmd.Args, " "), err, bytes.TrimSpace(stderr.Bytes()))
	}
	return strings.TrimSpace(string(out)), nil
}

// Environment is the caller's without its settings for builds, and for what runs on this machine.
func Environment() []string {
	var env []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "SPARTA_") && !strings.HasPrefix(variable, "MAGEFILE_") {
			env = append(env, variable)
		}
	}
	return append(env, "SPARTA_GOOS="+runtime.GOOS, "SPARTA_GOARCH="+runtime.GOARCH, "GOWORK=off")
}
