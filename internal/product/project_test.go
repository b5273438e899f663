package product

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/workspace"
)

// project is a fixture application in a folder of its own.
type project struct {
	dir string
	env []string
}

// newProject unpacks testdata/<name>.txtar, which holds an application without go.mod and magefile.
func newProject(t testing.TB, name string) project {
	t.Helper()
	work, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p, err := unpack(work, name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func unpack(work, name string) (project, error) {
	if _, err := compiledTargets(); err != nil {
		return project{}, err
	}
	p := project{dir: filepath.Join(work, name), env: bareEnvironment(work)}
	archive, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		return p, err
	}
	if err := writeModule(p.dir, "example.com/"+name); err != nil {
		return p, err
	}
	for _, file := range archive.Files {
		if err := writeFile(filepath.Join(p.dir, filepath.FromSlash(file.Name)), string(file.Data)); err != nil {
			return p, err
		}
	}
	return p, nil
}

// compiledPrograms are the programs that targets start, compiled as targets compile them.
var compiledPrograms = map[string]func() (string, error){
	programs.Run:    compiledProgram(programs.Run),
	programs.Deploy: compiledProgram(programs.Deploy),
	programs.Sparta: compiledProgram(programs.Sparta),
}

func compiledProgram(name string) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		return programs.LockedPath(context.Background(), workspace.Dir(shared("programs")), name, nil)
	})
}

// linkPrograms puts programs that targets start into the workspace. A target still checks that they are up to date, but
// links them only if they are not.
func (p project) linkPrograms(t testing.TB, names ...string) {
	t.Helper()
	dir := filepath.Join(p.dir, workspace.Name, "programs")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		program, err := compiledPrograms[name]()
		if err != nil {
			t.Fatal(err)
		}
		// A copy could not be run while another test starts a process, which would inherit the open file.
		if err := os.Link(program, filepath.Join(dir, filepath.Base(program))); err != nil {
			t.Fatal(err)
		}
	}
}

func (p project) write(t testing.TB, name, content string) {
	t.Helper()
	if err := writeFile(filepath.Join(p.dir, filepath.FromSlash(name)), content); err != nil {
		t.Fatal(err)
	}
}

func (p project) read(t testing.TB, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// outcome is the result of a command.
type outcome struct {
	stdout, stderr string
	code           int
}

// command returns mage with these arguments. The variables take precedence over the project's.
func (p project) command(variables []string, args ...string) *exec.Cmd {
	cmd := exec.Command("mage", args...)
	cmd.Dir = p.dir
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH")}, append(p.env[:len(p.env):len(p.env)], variables...)...)
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// mage runs targets, which may fail.
func (p project) mage(t testing.TB, variables []string, args ...string) outcome {
	t.Helper()
	cmd := p.command(variables, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// build builds the package, which must not fail.
func (p project) build(t testing.TB, variables ...string) outcome {
	t.Helper()
	result := p.mage(t, variables, "cgo:build")
	if result.code != 0 {
		t.Fatalf("mage cgo:build: exit status %d\n%s%s", result.code, result.stdout, result.stderr)
	}
	return result
}

// stage returns the folder of the newest package's files, or one that does not exist.
func (p project) stage() string {
	stages := filepath.Join(p.dir, ".sparta", "stage")
	newest, at := filepath.Join(stages, "none"), time.Time{}
	entries, _ := os.ReadDir(stages)
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && entry.IsDir() && info.ModTime().After(at) {
			newest, at = filepath.Join(stages, entry.Name()), info.ModTime()
		}
	}
	return newest
}

func (p project) tree(t testing.TB) map[string]string {
	t.Helper()
	files, err := readTree(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// workspace lists the files below .sparta, except caches and the stages of earlier contents.
func (p project) workspace(t testing.TB) string {
	t.Helper()
	files, err := readTree(filepath.Join(p.dir, ".sparta"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range files {
		// The stages of other contents stay for a while.
		folder, rest, _ := strings.Cut(filepath.ToSlash(name), "/")
		stage, _, _ := strings.Cut(rest, "/")
		complete := folder == "stage" && stage != "" && !strings.HasPrefix(stage, ".")
		other := complete && strings.TrimSuffix(stage, ".lock") != filepath.Base(p.stage())
		if !strings.HasPrefix(name, "cache"+string(os.PathSeparator)) && !other {
			names = append(names, name)
		}
	}
	return strings.Join(slices.Sorted(slices.Values(names)), "\n")
}

func exitCode(err error) int {
	var exit interface{ ExitCode() int }
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	return -1
}
