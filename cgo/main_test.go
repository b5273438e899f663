//go:build !lambdabinary

package cgo_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

// applications are main functions that this test binary can run.
var applications = map[string]func(){
	"seed":     seedMain,
	"several":  severalMain,
	"careless": carelessMain,
	"fronted":  frontedMain,
	"routed":   routedMain,
	"messages": messagesMain,
}

const applicationVariable = "SPARTA_TEST_APPLICATION"

func TestMain(m *testing.M) {
	if main, ok := applications[os.Getenv(applicationVariable)]; ok {
		main()
		return
	}
	m.Run()
}

// severalMain has functions that succeed and fail, and hooks.
func severalMain() {
	fmt.Fprintln(os.Stdout, "main starts")
	functions := []*sparta.LambdaAWSInfo{
		sparta.HandleAWSLambda("print", func() (string, error) {
			fmt.Println("printed by the handler")
			return "returned", nil
		}, "existing-role"),
		sparta.HandleAWSLambda("fail", func() error { return errors.New("no such user") }, sparta.IAMRoleDefinition{}),
		sparta.HandleAWSLambda("wait", func() {
			fmt.Println("waiting")
			select {}
		}, "existing-role"),
	}
	functions[1].Options.Description = "Fails, always"
	functions[1].Options.MemorySize = 1024
	functions[1].Options.Timeout = 60
	hook := func(context.Context, *sparta.Workflow) error { return nil }
	hooks := &sparta.WorkflowHooks{PostBuild: []sparta.WorkflowHook{hook}, Rollback: []sparta.WorkflowHook{hook}}
	if err := cgo.MainEx("Several", "Does several things", functions, nil, nil, hooks); err != nil {
		fmt.Println("main never gets here:", err)
	}
	fmt.Println("main ends")
}

// carelessMain ignores every error, as many applications do.
func carelessMain() {
	fn, _ := sparta.NewAWSLambda("f", "not a handler", "role")
	cgo.Main("Careless", "", []*sparta.LambdaAWSInfo{fn}, nil, nil)
}

// frontedMain has a site whose folder does not exist.
func frontedMain() {
	fn := sparta.HandleAWSLambda("f", func() {}, "existing-role")
	site, _ := sparta.NewS3Site("public")
	cgo.Main("Fronted", "", []*sparta.LambdaAWSInfo{fn}, nil, site)
}

// routedMain has an API. It ignores the error of a method that is added twice.
func routedMain() {
	fn := sparta.HandleAWSLambda("f", func() {}, "existing-role")
	api := sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	resource, _ := api.NewResource("/orders", fn)
	_, _ = resource.NewMethod("GET", 200)
	if os.Getenv("TWICE") != "" {
		_, _ = resource.NewMethod("GET", 200)
	}
	cgo.Main("Routed", "", []*sparta.LambdaAWSInfo{fn}, api, nil)
}

// messagesMain has an API whose routes are not methods of paths.
func messagesMain() {
	f := sparta.HandleAWSLambda("f", func() {}, "existing-role")
	g := sparta.HandleAWSLambda("g", func() {}, "existing-role")
	api := sparta.NewWebSocketAPI("Messages", sparta.NewStage("v1"))
	api.NewRoute("$connect", f)
	api.NewRoute("send", g)
	cgo.Main("Messages", "", []*sparta.LambdaAWSInfo{f, g}, api, nil)
}

// start runs an application as a process of its own.
func start(t *testing.T, application, level string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Args[0], args...)
	command.Env = append(os.Environ(), applicationVariable+"="+application, "SPARTA_LOG_LEVEL="+level)
	var out, diagnostics strings.Builder
	command.Stdout, command.Stderr = &out, &diagnostics
	if err := command.Run(); command.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), diagnostics.String(), command.ProcessState.ExitCode()
}

func TestMainExAsAProcess(t *testing.T) {
	tests := map[string]struct {
		application string
		args        []string
		level       string // SPARTA_LOG_LEVEL
		code        int
		stdout      string
		stderr      string // a regular expression for all of it
	}{
		"the original's example answers": {
			application: "seed",
			args:        []string{"execute", "--function", "cgo_test_HelloWorld", "--event", `{"name":"Ada"}`},
			stdout:      `"Hello {\"name\":\"Ada\"}"` + "\n",
		},
		"the original's example logs at the level of the flag": {
			application: "seed",
			args:        []string{"execute", "--level", "debug"},
			level:       "error",
			stdout:      "\"Hello {}\"\n",
			stderr:      `DEBU\[000\d\] Saying hello\n`,
		},
		"the original's example logs at the level of the environment": {
			application: "seed",
			args:        []string{"execute", "-f", "json"},
			level:       "debug",
			stdout:      "\"Hello {}\"\n",
			stderr:      `\{"level":"debug","msg":"Saying hello","time":"[^"]+"\}\n`,
		},
		"what is printed does not mix with the response": {
			application: "several",
			args:        []string{"execute", "--function", "print"},
			stdout:      "main starts\n\"returned\"\nmain ends\n",
			stderr:      "printed by the handler\n",
		},
		"a function's failure is its error document": {
			application: "several",
			args:        []string{"execute", "--function", "fail"},
			code:        1,
			stdout:      "main starts\n",
			stderr:      `\{"errorMessage":"no such user","errorType":"errorString"\}\n`,
		},
		"any other error is text": {
			application: "several",
			args:        []string{"execute", "--function", "missing"},
			code:        1,
			stdout:      "main starts\n",
			stderr:      `Error: no function "missing": choose one of print, fail, wait\n`,
		},
		"an application that ignores all errors fails": {
			application: "careless",
			args:        []string{"describe"},
			code:        1,
			stderr:      "Error: function 1 is nil: check the error of the call that made it\n",
		},
		"a site without a folder fails before the build": {
			application: "fronted",
			args:        []string{"provision", "--noop"},
			code:        1,
			stderr: `Error: site public: the folder does not exist \(.*/public\): create it, or set Dir to another ` +
				`one\n`,
		},
		"defect 1 of the original: MainEx drops workflowHooks": {
			application: "several",
			args:        []string{"describe"},
			stdout: `main starts
Several: Does several things

FUNCTION  HANDLER      MEMORY   TIMEOUT  ROLE           DESCRIPTION
print     index.print  128 MB   3 s      existing-role  -
fail      index.fail   1024 MB  60 s     (its own)      Fails, always
wait      index.wait   128 MB   3 s      existing-role  -

Workflow hooks: PostBuild, Rollback
main ends
`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			stdout, stderr, code := start(t, test.application, test.level, test.args...)
			if code != test.code {
				t.Errorf("exit code is %d, want %d", code, test.code)
			}
			if stdout != test.stdout {
				t.Errorf("stdout is %q\n    want %q", stdout, test.stdout)
			}
			if !regexp.MustCompile(`^` + test.stderr + `$`).MatchString(stderr) {
				t.Errorf("stderr is %q, want %q", stderr, test.stderr)
			}
		})
	}
}

func TestInterruptEndsExecute(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("os.Interrupt cannot be sent on Windows")
	}
	command := exec.CommandContext(t.Context(), os.Args[0], "execute", "--function", "wait", "--timeout", "1m")
	command.Env = append(os.Environ(), applicationVariable+"=several")
	stderr, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(stderr)
	if line, err := lines.ReadString('\n'); line != "waiting\n" {
		t.Fatalf("handler wrote %q (error: %v)", line, err)
	}
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if line, err := lines.ReadString('\n'); line != "Error: invoke wait: interrupted\n" {
		t.Errorf("stderr has %q (error: %v)", line, err)
	}
	command.Wait()
	if code := command.ProcessState.ExitCode(); code != 1 {
		t.Errorf("exit code is %d, want 1", code)
	}
}
