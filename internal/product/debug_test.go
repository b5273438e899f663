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
	dir := writeDebugged(t)
	const mine = `{"configurations": []}`
	launch := filepath.Join(dir, ".vscode", "launch.json")
	if err := writeFile(launch, mine); err != nil {
		t.Fatal(err)
	}
	e := startExplore(t, dir, "env", "AWS_ACCESS_KEY_ID=AKIAENV",
		spartaProgram(t), "explore", "--port=0", "--debug", "--noCredentials", "--ldflags=-s -w")
	first := e.debugged(1)
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
	if second := e.debugged(2); second == first {
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

// Delve does what docs/local.md says.
func TestDebugWithDelve(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "dlv")
	t.Parallel()
	dir := writeDebugged(t)
	e := startExplore(t, dir, spartaProgram(t), "explore", "--port=0", "--debug", "--noCredentials")
	debugger := startDelve(t, dir, e.debugged(1),
		"break main.go:14", "continue", "args", "locals", "stack 1", "clearall", "exit", "n") // n: the process goes on
	e.await("breakpoint", func() bool { return strings.Contains(debugger.String(), "Breakpoint 1 set at") })
	lambda := e.address("Lambda's API") + "/2015-03-31/functions/shop/invocations"
	if got := e.ask(http.MethodPost, lambda, `{"Name":"Ada"}`); got != `"Hello Ada"` {
		t.Errorf("after the breakpoint, the answer is %q", got)
	}
	for _, part := range []string{
		"> [Breakpoint 1] main.greet() ", "main.go:14", `text = "Hello Ada"`, `v = main.visitor {Name: "Ada"}`,
	} {
		if !strings.Contains(debugger.String(), part) {
			t.Errorf("Delve does not show %q:\n%s", part, debugger)
		}
	}
	e.interrupt()
}

// writeDebugged writes an application, and returns its folder.
func writeDebugged(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(dir, "shop") // which names the function
	if err := writeModule(dir, "example.com/shop"); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(filepath.Join(dir, "main.go"), debuggedMain); err != nil {
		t.Fatal(err)
	}
	return dir
}

// debugged returns the ID of the n-th process to attach to, once it has loaded the library: before that, debuggers do
// not know the library's lines.
func (e *explorer) debugged(n int) string {
	e.t.Helper()
	var found [][]string
	e.await(fmt.Sprintf("process %d", n), func() bool {
		found = debugged.FindAllStringSubmatch(e.output.String(), -1)
		return len(found) >= n
	})
	process := found[n-1][1]
	e.await("library in process "+process, func() bool {
		maps, _ := os.ReadFile("/proc/" + process + "/maps")
		return strings.Contains(string(maps), filepath.Join(e.dir, ".sparta", "stage"))
	})
	return process
}

// startGDB attaches GDB to a process, and has it run commands until the test ends. It returns what GDB writes.
func startGDB(t *testing.T, dir, process string, commands ...string) *testoutput.Output {
	t.Helper()
	args := []string{"-quiet", "-nx", "-batch", "-p", process, "-ex", "set pagination off"}
	for _, one := range commands {
		args = append(args, "-ex", one)
	}
	return startDebugger(t, dir, exec.CommandContext(t.Context(), "gdb", args...))
}

// startDelve attaches Delve to a process, and has it run commands. It returns what Delve writes.
func startDelve(t *testing.T, dir, process string, commands ...string) *testoutput.Output {
	t.Helper()
	delve := exec.CommandContext(t.Context(), "dlv", "attach", process, "--allow-non-terminal-interactive=true")
	delve.Stdin = strings.NewReader(strings.Join(commands, "\n") + "\n")
	return startDebugger(t, dir, delve)
}

func startDebugger(t *testing.T, dir string, debugger *exec.Cmd) *testoutput.Output {
	t.Helper()
	output := &testoutput.Output{}
	debugger.Dir, debugger.Stdout, debugger.Stderr = dir, output, output
	debugger.Env = append(os.Environ(), "HOME="+t.TempDir(), "DEBUGINFOD_URLS=")
	if err := debugger.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = debugger.Wait() }) // it has ended unless the test has failed
	return output
}
