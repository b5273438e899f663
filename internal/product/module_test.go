package product

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// The library has the same language version, GODEBUG and dependencies as a program that `go build` compiles of the
// application, whatever its go.mod says. The go.mod need not mention this module.
func TestTheApplicationsOwnModuleDecides(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "modules")
	t.Parallel()
	for name, c := range map[string]struct {
		mod    string // go.mod but for the module line
		lambda string
		want   string // part of the answer
	}{
		"no go line":              {"", "1.6.0", `"loops":[3,3,3]`},
		"go 1.13":                 {"go 1.13\n", "1.8.0", `"rand":true`},
		"go 1.16":                 {"go 1.16\n", "1.13.3", `"rand":true`},
		"go 1.17":                 {"go 1.17\n", "1.17.0", `"mux":404`},
		"go 1.18":                 {"go 1.18\n", "1.18.0", `"nil panic":"nil"`},
		"go 1.20":                 {"go 1.20\n", "1.46.0", `"loops":[3,3,3]`},
		"go 1.21":                 {"go 1.21\n", "1.19.1", `"nil panic":"*runtime.PanicNilError"`},
		"go 1.22":                 {"go 1.22\n", "1.31.0", `"loops":[0,1,2]`},
		"go 1.23":                 {"go 1.23\n", "1.32.0", `"timers":0`},
		"go 1.24":                 {"go 1.24\n", "1.36.0", `"rand":false`},
		"go 1.25, with a godebug": {"go 1.25\n\ngodebug default=go1.20\n", "1.50.0", `"timers":1`},
		"go 1.26":                 {"go 1.26\n\ntoolchain go1.26.0\n", "1.55.1", `"mux":200`},
	} {
		t.Run(name, func(t *testing.T) {
			p := newReporter(t, fmt.Sprintf(`module example.com/reporter

%s
require github.com/aws/aws-lambda-go v%s
`, c.mod, c.lambda))
			want := p.plainAnswer(t, ".")
			if !strings.Contains(want, c.want) {
				t.Fatalf("the program of go build answers %s, want %s in it", want, c.want)
			}
			before := p.tree(t)
			p.expect(t, want)
			if difference := compareTrees(before, p.tree(t)); difference != "" {
				t.Errorf("the application's folder has changed:\n%s", difference)
			}
		})
	}
}

// newReporter writes the application of testdata/reporter.txtar to a module of its own.
func newReporter(t *testing.T, mod string) project {
	t.Helper()
	return newModule(t, "reporter", mod)
}

// newModule writes the application of testdata/<name>.txtar to a module of its own. Files below frame/ are those of
// another module beside it.
func newModule(t *testing.T, name, mod string) project {
	t.Helper()
	work, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { removeAll(work) })
	if _, err := compiledTargets(); err != nil {
		t.Fatal(err)
	}
	p := project{dir: filepath.Join(work, "tree", "app"), env: bareEnvironment(work)}
	archive, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	p.linkPrograms(t, programs.Run)
	for _, file := range archive.Files {
		if strings.HasPrefix(file.Name, "frame/") {
			file.Name = "../" + file.Name
		}
		p.write(t, file.Name, string(file.Data))
	}
	p.write(t, "go.mod", mod)
	p.run(t, []string{"GOFLAGS=-mod=mod"}, "go", "list", "-deps", ".") // makes go.sum
	p.write(t, "go.mod", mod)
	return p
}

// plainAnswer compiles the application with go build and returns the program's answer.
func (p project) plainAnswer(t *testing.T, pattern string, variables ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "plain")
	p.run(t, variables, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", program, pattern)
	return p.run(t, []string{"REPORT=1"}, program)
}

// expect builds and invokes the library, and checks its answer.
func (p project) expect(t *testing.T, want string, variables ...string) {
	t.Helper()
	// The program that runs the application is built from the module cache, which the application does not need.
	others := slices.DeleteFunc(slices.Clone(variables), func(v string) bool {
		return strings.HasPrefix(v, "GOMODCACHE=")
	})
	if len(others) < len(variables) {
		p.target(t, variables, "cgo:build")
	}
	if got := p.target(t, others, "cgo:invoke"); got != want {
		t.Errorf("the library answers\n%swhere go build's program answers\n%s", got, want)
	}
}

// target runs a target, without a magefile of the application's, and returns its standard output.
func (p project) target(t *testing.T, variables []string, name string) string {
	t.Helper()
	targets, err := compiledTargets()
	if err != nil {
		t.Fatal(err)
	}
	return p.run(t, variables, targets, name)
}

// run returns the standard output of a command in the application's folder.
func (p project) run(t *testing.T, variables []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = p.dir
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH")}, append(p.env[:len(p.env):len(p.env)], variables...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out, stderr.String())
	}
	return string(out)
}
