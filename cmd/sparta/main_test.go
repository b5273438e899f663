package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/localrun"
)

func TestCommandLine(t *testing.T) {
	for name, test := range map[string]struct {
		args           []string
		code           int
		stdout, stderr string // parts of them
	}{
		"no command":                {nil, 2, "", "Usage: sparta COMMAND"},
		"an unknown command":        {[]string{"biuld"}, 2, "", `Error: unknown command "biuld"`},
		"help":                      {[]string{"--help"}, 0, "  build      compile and pack the application\n", ""},
		"an unknown builder":        {[]string{"build", "-builder=dokcer"}, 1, "", `unknown builder "dokcer"`},
		"an event that is not JSON": {[]string{"invoke", "-event={"}, 1, "", "the event of -event is not JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("SPARTA_BUILDER", "") // a flag sets it
			var stdout, stderr bytes.Buffer
			if code := run(t.Context(), test.args, &stdout, &stderr); code != test.code {
				t.Errorf("exit status %d, want %d", code, test.code)
			}
			if !strings.Contains(stdout.String(), test.stdout) || !strings.Contains(stderr.String(), test.stderr) {
				t.Errorf("printed %q and %q, want %q and %q", &stdout, &stderr, test.stdout, test.stderr)
			}
		})
	}
}

func TestFlagsTakePrecedenceOverTheEnvironment(t *testing.T) {
	t.Setenv("SPARTA_PACKAGE", "./elsewhere")
	t.Chdir(t.TempDir())
	var stderr bytes.Buffer
	run(t.Context(), []string{"build", "-package", "./cmd/x"}, &stderr, &stderr)
	if got := os.Getenv("SPARTA_PACKAGE"); got != "./cmd/x" {
		t.Errorf("SPARTA_PACKAGE is %q", got)
	}
}

func TestUsageListsEveryCommand(t *testing.T) {
	var out bytes.Buffer
	usage(&out)
	for _, command := range commands {
		if !strings.Contains(out.String(), "\n  "+command.name+" ") {
			t.Errorf("no %s in\n%s", command.name, &out)
		}
	}
	if strings.Contains(out.String(), runFunctionCommand) {
		t.Errorf("%s is not for people", runFunctionCommand)
	}
}

func TestRunFunctionReadsItsJob(t *testing.T) {
	for name, test := range map[string]struct{ stdin, error, result string }{
		"nothing":            {"", "read the job: EOF", ""},
		"not JSON":           {"hello", "read the job: invalid character", ""},
		"no Python anywhere": {`{"Python":"python3.13"}`, "", "find python3.13: no python3 on PATH"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("PATH", t.TempDir())
			var stdout bytes.Buffer
			err := runFunction(t.Context(), strings.NewReader(test.stdin), &stdout, &stdout)
			if test.error != "" {
				if err == nil || !strings.Contains(err.Error(), test.error) {
					t.Errorf("error %v, want %q", err, test.error)
				}
				return
			}
			var result localrun.Result
			if err := json.Unmarshal(stdout.Bytes(), &result); err != nil ||
				!strings.Contains(result.Error, test.result) {
				t.Errorf("result %+v (%v), want %q", result, err, test.result)
			}
		})
	}
}
