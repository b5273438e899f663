package product

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testoutput"
	"github.com/go-sparta/sparta/internal/testrequire"
)

const debuggedMain = `package main

import (
	"context"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
)

type visitor struct{ Name string }

func greet(_ context.Context, v visitor) (string, error) {
	text := "Hello " + v.Name + os.Getenv("AWS_ACCESS_KEY_ID")
	return text, nil
}

func main() { lambda.Start(greet) }
`

// debugged matches the line about a process to attach to.
var debugged = regexp.MustCompile(`shop runs in process (\d+): dlv attach (\d+)\n`)

// A debugger can be attached before the first invocation and stops in the user's source. A breakpoint does not end the
// invocation. The package that is deployed is another one.
func TestDebug(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "gdb")
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(dir, "shop") // which names the function
	if err := writeModule(dir, "example.com/shop"); err != nil {
		t.Fatal(err)
	}
	const mine = `{"configurations": []}`
	launch := filepath.Join(dir, ".vscode", "launch.json")
	for path, content := range map[string]string{filepath.Join(dir, "main.go"): debuggedMain, launch: mine} {
		if err := writeFile(path, content); err != nil {
			t.Fatal(err)
		}
	}
	e := startExplore(t, dir, "env", "AWS_ACCESS_KEY_ID=AKIAENV",
		spartaProgram(t), "explore", "--port=0", "--debug", "--noCredentials", "--ldflags=-s -w")
	process := func(n int) string {
		t.Helper()
		var found [][]string
		e.await(fmt.Sprintf("process %d", n), func() bool {
			found = debugged.FindAllStringSubmatch(e.output.String(), -1)
			return len(found) >= n
		})
		return found[n-1][1]
	}
	first := process(1)
	// GDB waits for longer than the function's timeout of three seconds.
	debugger := startGDB(t, dir, first, "break main.go:14", "continue", "info args", "info locals", "backtrace 1",
		"shell sleep 4", "detach", "quit")
	e.await("breakpoint", func() bool { return strings.Contains(debugger.String(), "Breakpoint 1 at") })
	lambda := e.address("Lambda's API") + "/2015-03-31/functions/shop/invocations"
	if got := e.ask(http.MethodPost, lambda, `{"Name":"Ada"}`); got != `"Hello Ada"` {
		t.Errorf("after the breakpoint, the answer is %q", got)
	}
	for _, part := range []string{
		"hit Breakpoint 1, main.greet", filepath.Join(dir, "main.go") + ":14", `"Hello Ada"`, "v = {Name = ",
	} {
		if !strings.Contains(debugger.String(), part) {
			t.Errorf("GDB does not show %q:\n%s", part, debugger)
		}
	}

	// After a change, there is another process to attach to, without an invocation.
	e.replace("main.go", `"Hello "`, `"Goodbye "`)
	if second := process(2); second == first {
		t.Errorf("both builds run in process %s", first)
	}
	if got := e.ask(http.MethodPost, lambda, `{"Name":"Ada"}`); got != `"Goodbye Ada"` {
		t.Errorf("after the change, the answer is %q", got)
	}
	e.interrupt()
	if left := children(t, dir); len(left) > 0 {
		t.Errorf("it leaves processes: %q", left)
	}
	if content, err := os.ReadFile(launch); err != nil || string(content) != mine {
		t.Errorf("the user's launch.json has %q, %v", content, err)
	}
	if records, _ := filepath.Glob(filepath.Join(dir, ".sparta", "builds", "*")); len(records) > 0 {
		t.Errorf("it leaves records of builds: %q", records)
	}
}

// startGDB attaches GDB to a process, and has it run commands until the test ends. It returns what GDB writes.
func startGDB(t *testing.T, dir, process string, commands ...string) *testoutput.Output {
	t.Helper()
	args := []string{"-quiet", "-nx", "-batch", "-p", process, "-ex", "set pagination off"}
	for _, one := range commands {
		args = append(args, "-ex", one)
	}
	output := &testoutput.Output{}
	gdb := exec.CommandContext(t.Context(), "gdb", args...)
	gdb.Dir, gdb.Stdout, gdb.Stderr = dir, output, output
	gdb.Env = append(os.Environ(), "HOME="+t.TempDir(), "DEBUGINFOD_URLS=")
	if err := gdb.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = gdb.Wait() }) // it has ended unless the test has failed
	return output
}
