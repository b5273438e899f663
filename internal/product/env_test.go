package product

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/go-sparta/sparta/internal/chores"
)

// sharedVariable names the folder that all tests of a run share.
const sharedVariable = "PRODUCT_TESTS_DIR"

func shared(elements ...string) string {
	return filepath.Join(append([]string{os.Getenv(sharedVariable)}, elements...)...)
}

// repository is this module's folder.
var repository = sync.OnceValue(func() string {
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		panic(err)
	}
	return dir
})

// goEnv is the caller's go environment: builds share its caches.
var goEnv = sync.OnceValue(func() map[string]string {
	out, err := exec.Command("go", "env", "-json", "GOCACHE", "GOMODCACHE", "GOROOT", "GOVERSION").Output()
	env := map[string]string{}
	if err = errors.Join(err, json.Unmarshal(out, &env)); err != nil {
		panic(err)
	}
	return env
})

// productEnvironment is the environment of commands, in addition to PATH: the caller's caches and engine, but not
// the caller's build settings, and no network.
func productEnvironment(t testing.TB, work string) []string {
	t.Helper()
	targets, err := compiledTargets()
	if err != nil {
		t.Fatal(err)
	}
	path, err := exec.LookPath("mage")
	if err != nil {
		t.Fatal(err)
	}
	return append(bareEnvironment(work), "MAGEDIR="+filepath.Dir(path), "MAGE="+targets)
}

func bareEnvironment(work string) []string {
	env := []string{
		"SPARTA_BUILDER=host",
		"SPARTA_GOARCH=" + runtime.GOARCH,
		"ARCH=" + runtime.GOARCH,
		"GOCACHE=" + goEnv()["GOCACHE"],
		"GOMODCACHE=" + goEnv()["GOMODCACHE"],
		"GOPATH=" + filepath.Join(work, "gopath"),
		"GOROOT=" + goEnv()["GOROOT"],
		"GOENV=off",
		"GOFLAGS=",
		"GOPROXY=off",
		"GOSUMDB=off",
		"GOTOOLCHAIN=local",
		// mage is this program, whose race detector would let each command wait for a second before it ends.
		"GORACE=atexit_sleep_ms=0",
		// No command finds credentials or a region of the caller's.
		"AWS_EC2_METADATA_DISABLED=true",
		"AWS_CONFIG_FILE=" + os.DevNull,
		"AWS_SHARED_CREDENTIALS_FILE=" + os.DevNull,
		// Magefiles that only import the targets share one binary.
		"MAGEFILE_CACHE=" + shared("mage"),
		"MAGEFILE_HASHFAST=1",
		"HOME=" + os.Getenv("HOME"),
		"TMPDIR=" + filepath.Join(work, "tmp"),
	}
	for _, name := range []string{
		"CC", "DOCKER_HOST", "DOCKER_CONTEXT", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "SPARTA_CONTAINER_CLI",
		"SPARTA_IMAGE",
	} {
		if value, set := os.LookupEnv(name); set {
			env = append(env, name+"="+value)
		}
	}
	_ = os.MkdirAll(filepath.Join(work, "tmp"), 0o755) // a command that needs it will report an error
	return env
}

// compiledTargets is the program that mage makes of the magefile that fixtures have in common. Mage cannot compile a
// magefile outside of a module, but the program can be run there.
var compiledTargets = sync.OnceValues(func() (string, error) {
	dir := shared("targets")
	if err := writeModule(dir, "example.com/targets"); err != nil {
		return "", err
	}
	cmd := exec.Command("mage", "cgo:clean")
	cache := shared("targets-mage") // its only program is this one; tests may have compiled other magefiles
	cmd.Dir, cmd.Env = dir, append(os.Environ(), append(bareEnvironment(shared()), "MAGEFILE_CACHE="+cache)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("compile the targets: %w\n%s", err, out)
	}
	programs, err := filepath.Glob(filepath.Join(cache, "*"))
	if err != nil || len(programs) != 1 {
		return "", fmt.Errorf("mage compiled %q, want one program: %v", programs, err)
	}
	program := shared("mage", filepath.Base(programs[0])) // where fixtures find it, too
	if err := os.MkdirAll(filepath.Dir(program), 0o755); err != nil {
		return "", err
	}
	return program, os.Rename(programs[0], program)
})

// moduleCache is a variable with which the go command finds modules that are in the cache already.
func moduleCache() string {
	return "GOPROXY=file://" + filepath.ToSlash(goEnv()["GOMODCACHE"]) + "/cache/download"
}

// spartaProgram returns cmd/sparta, which all tests share.
func spartaProgram(t *testing.T) string {
	t.Helper()
	program, err := compiledSparta()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

var compiledSparta = sync.OnceValues(func() (string, error) {
	program := shared("sparta")
	return program, chores.Go("build", "-o", program, "./cmd/sparta").In(repository()).
		Run(context.Background(), os.Stderr, os.Stderr)
})

const magefile = `//go:build mage

package main

import (
	//mage:import
	_ "github.com/go-sparta/sparta/spartamage"
)
`

var requirement = regexp.MustCompile(`(?m)^\t\S+ v\S+`)

// writeModule makes a folder the root of a module that uses this one from its working tree. It has the same
// requirements, so that nothing has to be downloaded.
func writeModule(dir, path string) error {
	own, err := os.ReadFile(filepath.Join(repository(), "go.mod"))
	if err != nil {
		return err
	}
	sums, err := os.ReadFile(filepath.Join(repository(), "go.sum"))
	if err != nil {
		return err
	}
	var mod strings.Builder
	fmt.Fprintf(&mod, `module %s

go 1.26

tool github.com/magefile/mage

require (
	github.com/go-sparta/sparta v0.0.0
`, path)
	for _, line := range requirement.FindAllString(string(own), -1) {
		fmt.Fprintln(&mod, line+" // indirect")
	}
	fmt.Fprintf(&mod, ")\n\nreplace github.com/go-sparta/sparta => %s\n", repository())
	for name, content := range map[string]string{
		"go.mod":      mod.String(),
		"go.sum":      string(sums),
		"magefile.go": magefile,
	} {
		if err := writeFile(filepath.Join(dir, name), content); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(path, content string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(content), 0o644)
}

func removeAll(dir string) {
	_ = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			_ = os.Chmod(path, 0o755) // the module cache's folders are read-only
		}
		return nil
	})
	_ = os.RemoveAll(dir)
}
