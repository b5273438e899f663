package product

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// heldMain is a program that waits before it describes its service, as long as there is a file hold.
const heldMain = `package main

import (
	"context"
	"os"
	"time"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

func wait(context.Context) (string, error) {
	os.Stderr.WriteString("the function waits\n")
	time.Sleep(time.Minute)
	return "", nil
}

func greet(context.Context) (string, error) { return "first", nil }

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

func main() {
	if exists("hold") {
		os.WriteFile("held", nil, 0o600)
	}
	for exists("hold") {
		time.Sleep(10 * time.Millisecond)
	}
	_ = cgo.Main("Shop", "", []*sparta.LambdaAWSInfo{
		sparta.HandleAWSLambda("greet", greet, sparta.IAMRoleDefinition{}),
		sparta.HandleAWSLambda("wait", wait, sparta.IAMRoleDefinition{}),
	}, nil, nil)
}
`

// exploredModule writes a module with these files into a folder shop, and returns that.
func exploredModule(t *testing.T, files map[string]string) string {
	t.Helper()
	temporary, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(temporary, "shop")
	if err := writeModule(dir, "example.com/shop"); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), content); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// invoker waits for the address of Lambda's API, and returns what invokes a function.
func (e *explorer) invoker(function string) func() string {
	e.t.Helper()
	address := e.address("Lambda's API") + "/2015-03-31/functions/" + function + "/invocations"
	return func() string { return e.ask(http.MethodPost, address, "{}") }
}

// Whatever explore does, Ctrl-C ends it soon, with all that it has started, and the folder is as it was.
func TestCtrlCEndsExplore(t *testing.T) {
	needHost(t)
	for name, reach := range map[string]func(*explorer){
		"while it builds": func(e *explorer) {
			e.address("Lambda's API")
			e.await("build", func() bool { return len(children(e.t, e.dir)) > 1 })
		},
		"while the service is described": func(e *explorer) {
			e.await("description", func() bool {
				_, err := os.Stat(filepath.Join(e.dir, "held"))
				return err == nil
			})
		},
		"while a function is invoked": func(e *explorer) {
			wait := e.invoker("wait")
			go wait()
			e.await("invocation", func() bool { return strings.Contains(e.output.String(), "the function waits") })
		},
		"while nothing happens": func(e *explorer) {
			if got := e.invoker("greet")(); got != `"first"` {
				e.t.Errorf("the answer is %s", got)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := exploredModule(t, map[string]string{"main.go": heldMain})
			before := listing(t, dir)
			if name == "while the service is described" {
				if err := writeFile(filepath.Join(dir, "hold"), ""); err != nil {
					t.Fatal(err)
				}
				before = append(before, "held", "hold")
			}
			e := startExplore(t, dir, spartaProgram(t), "explore", "--port=0")
			reach(e)
			began := time.Now()
			e.interrupt()
			t.Logf("it ends after %v", time.Since(began).Round(time.Millisecond))
			if said := e.output.String(); strings.Contains(said, "ERRO") {
				t.Error("it takes Ctrl-C for an error")
			}
			if left := children(t, dir); len(left) > 0 {
				t.Errorf("it leaves processes: %q", left)
			}
			slices.Sort(before)
			if after := listing(t, dir); !slices.Equal(after, before) {
				t.Errorf("the folder has %q, before it had %q", after, before)
			}
		})
	}
}

// listing lists a folder, without the workspace.
func listing(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if entry.Name() != ".sparta" {
			names = append(names, entry.Name())
		}
	}
	return names
}

// A change need not wait for the first description of the service.
func TestAChangeDuringTheFirstDescription(t *testing.T) {
	needHost(t)
	t.Parallel()
	dir := exploredModule(t, map[string]string{"main.go": heldMain, "hold": ""})
	e := startExplore(t, dir, spartaProgram(t), "explore", "--port=0")
	e.await("description", func() bool { _, err := os.Stat(filepath.Join(dir, "held")); return err == nil })
	e.replace("main.go", `"first"`, `missing`)
	e.await("problem", func() bool { return strings.Contains(e.output.String(), "undefined: missing") })
	e.replace("main.go", `missing`, `"second"`)
	if err := os.Remove(filepath.Join(dir, "hold")); err != nil {
		t.Fatal(err)
	}
	greet := e.invoker("greet")
	e.await("second answer", func() bool { return greet() == `"second"` })
	e.interrupt()
}

// A package in the folder vendor is the application's if something imports it. A plain application is fast to compile.
func TestExploreOfVendoredPackages(t *testing.T) {
	needHost(t)
	t.Parallel()
	dir := exploredModule(t, map[string]string{
		"main.go": `package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"example.com/dep"
)

func main() { lambda.Start(func() (string, error) { return dep.Text(), nil }) }
`,
		"dep/go.mod": "module example.com/dep\n\ngo 1.24\n",
		"dep/dep.go": "package dep\n\nfunc Text() string { return \"first\" }\n",
	})
	for _, args := range [][]string{
		{"mod", "edit", "-require=example.com/dep@v0.0.0", "-replace=example.com/dep=./dep"}, {"mod", "vendor"},
	} {
		command := exec.CommandContext(t.Context(), "go", args...)
		command.Dir = dir
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	e := startExplore(t, dir, spartaProgram(t), "explore", "--port=0")
	greet := e.invoker("shop") // has the name of the folder
	if got := greet(); got != `"first"` {
		t.Fatalf("the first answer is %s", got)
	}
	e.replace("vendor/example.com/dep/dep.go", `"first"`, `"second"`)
	e.await("second answer", func() bool { return greet() == `"second"` })
	e.interrupt()
}

// A checkout of another branch is one change, also if no file of the application is in both branches.
func TestExploreAfterACheckout(t *testing.T) {
	needHost(t)
	t.Parallel()
	dir := exploredModule(t, map[string]string{"main.go": heldMain, ".gitignore": ".sparta/\n"})
	git := func(args ...string) {
		t.Helper()
		command := exec.CommandContext(t.Context(), "git", args...)
		command.Dir = dir
		command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
			"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a",
			"GIT_COMMITTER_EMAIL=a@example.com")
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v: %s", args, err, out)
		}
	}
	git("init", "-q", "-b", "first")
	git("add", ".")
	git("commit", "-qm", "first")
	git("checkout", "-qb", "second")
	git("mv", "main.go", "shop.go")
	for name, content := range map[string]string{
		"shop.go":   strings.Replace(heldMain, `return "first", nil`, "return answer, nil", 1),
		"answer.go": "package main\n\nconst answer = \"second\"\n",
	} {
		if err := writeFile(filepath.Join(dir, name), content); err != nil {
			t.Fatal(err)
		}
	}
	git("add", ".")
	git("commit", "-qm", "second")
	git("checkout", "-q", "first")
	e := startExplore(t, dir, spartaProgram(t), "explore", "--port=0")
	greet := e.invoker("greet")
	if got := greet(); got != `"first"` {
		t.Fatalf("the first answer is %s", got)
	}
	for _, branch := range []string{"second", "first"} {
		git("checkout", "-q", branch)
		e.await("answer of the branch", func() bool { return greet() == `"`+branch+`"` })
	}
	e.interrupt()
	said := e.output.String()
	if strings.Count(said, "rebuilt    answer.go, main.go, shop.go") != 2 || strings.Contains(said, "ERRO") {
		t.Errorf("there are other builds than one for each checkout:\n%s", said)
	}
}
