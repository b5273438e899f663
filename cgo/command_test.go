//go:build !lambdabinary

package cgo_test

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

type invalidUser struct{ Name string }

func (e *invalidUser) Error() string { return "invalid user " + e.Name }

// function returns the functions of a service that has only one.
func function(handler any) []*sparta.LambdaAWSInfo {
	return []*sparta.LambdaAWSInfo{sparta.HandleAWSLambda("f", handler, "role")}
}

func echo(event json.RawMessage) (json.RawMessage, error) { return event, nil }

func panicky() { panic("out of coffee") }

// panickyHandler is called without reflection.
type panickyHandler struct{}

func (panickyHandler) Invoke(context.Context, []byte) ([]byte, error) {
	panicky()
	return nil, nil
}

func TestExecute(t *testing.T) {
	file := filepath.Join(t.TempDir(), "event.json")
	if err := os.WriteFile(file, []byte(`{"from":"file"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		handler any
		stdin   string
		args    []string
		stdout  string
		stderr  string // a regular expression for all of it
	}{
		"the event defaults to an empty object": {handler: echo, stdout: "{}\n"},
		"the event is the argument": {
			handler: echo,
			args:    []string{"--event", `{"a": 1.10}`},
			stdout:  `{"a":1.10}` + "\n",
		},
		"the event is a file": {
			handler: echo,
			args:    []string{"--event", "@" + file},
			stdout:  `{"from":"file"}` + "\n",
		},
		"the event is stdin": {
			handler: echo,
			stdin:   `{"from":"stdin"}`,
			args:    []string{"--event", "-"},
			stdout:  `{"from":"stdin"}` + "\n",
		},
		"no response is null": {handler: func() {}, stdout: "null\n"},
		"a newline is not doubled": {
			handler: func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.Write([]byte("[1]\n"))
			},
			stdout: "[1]\n",
		},
		"an event that is not JSON": {
			handler: echo,
			args:    []string{"--event", `{"a":`},
			stderr:  `Error: the event of --event is not JSON: unexpected end of JSON input .*\n`,
		},
		"an empty stdin": {
			handler: echo,
			args:    []string{"--event", `-`},
			stderr:  `Error: the event of standard input is not JSON: unexpected end of JSON input .*\n`,
		},
		"a file that does not exist": {
			handler: echo,
			args:    []string{"--event", "@" + file + "x"},
			stderr:  `Error: read the event: open .*event.jsonx: .+\n`,
		},
		"an error": {
			handler: func() error { return &invalidUser{"Ada"} },
			stderr:  `\{"errorMessage":"invalid user Ada","errorType":"invalidUser"\}\n`,
		},
		"an error that is a document": {
			handler: func() error { return messages.InvokeResponse_Error{Type: "Own", Message: "own"} },
			stderr:  `\{"errorMessage":"own","errorType":"Own"\}\n`,
		},
		"an HTTP error": {
			handler: http.NotFound,
			stderr:  `\{"errorMessage":"\{\\"code\\":404,.*\}","errorType":"HTTPError"\}\n`,
		},
		"a panic": {
			handler: panicky,
			stderr: `\{"errorMessage":"out of coffee","errorType":"string",` +
				`"stackTrace":\[\{"path":"[^"]*command_test.go","line":\d+,` +
				`"label":"github.com/go-sparta/sparta/cgo_test.panicky"\}\]\}\n`,
		},
		"a panic of a lambda.Handler": {
			handler: panickyHandler{},
			stderr: `\{"errorMessage":"out of coffee","errorType":"string",` +
				`"stackTrace":\[\{[^}]*cgo_test.panicky"\},\{[^}]*cgo_test.panickyHandler.Invoke"\}\]\}\n`,
		},
		"a panic of an HTTP handler": {
			handler: func(http.ResponseWriter, *http.Request) { panicky() },
			stderr: `\{"errorMessage":"out of coffee","errorType":"string",` +
				`"stackTrace":\[\{[^}]*cgo_test.panicky"\},\{[^}]*cgo_test.TestExecute.func\d+"\}\]\}\n`,
		},
		"a panic on top of a panic": {
			handler: func() { defer func() { panic("no milk") }(); panicky() },
			stderr: `\{"errorMessage":"[^"]*no milk[^"]*","errorType":"string",` +
				`"stackTrace":\[\{[^}]*cgo_test.TestExecute[^}]*\},\{[^}]*cgo_test.panicky"\},` +
				`\{[^}]*cgo_test.TestExecute.func\d+"\}\]\}\n`,
		},
		"a panic of the runtime": {
			handler: func() { var none *invalidUser; none.Name = "" },
			stderr: `\{"errorMessage":"runtime error: invalid memory address or nil pointer dereference",` +
				`"errorType":"errorString","stackTrace":\[.*cgo_test.TestExecute.func\d+"\}\]\}\n`,
		},
		"the end of the goroutine": {
			handler: func() { runtime.Goexit() },
			stderr: `\{"errorMessage":"handler ended its goroutine \(runtime.Goexit\) without a result",` +
				`"errorType":"errorString"\}\n`,
		},
		"a response over Lambda's limit": {
			handler: func() (string, error) { return strings.Repeat("x", 6<<20+99), nil },
			stderr: `\{"errorMessage":"Response payload size exceeded maximum allowed payload size ` +
				`\(6291556 bytes\). Return less, or put it into S3 and return its address.",` +
				`"errorType":"Function.ResponseSizeTooLarge"\}\n`,
		},
		"a handler that does not return": {
			handler: func() { select {} },
			args:    []string{"--timeout", "30ms"},
			stderr: `\{"errorMessage":"RequestId: [0-9a-f-]{36} Error: Task timed out after 0.03 seconds",` +
				`"errorType":"Sandbox.Timedout"\}\n`,
		},
		"a handler that heeds its deadline": {
			handler: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
			args:    []string{"--timeout", "30ms"},
			stderr: `\{"errorMessage":"RequestId: [0-9a-f-]{36} Error: Task timed out after 0.03 seconds",` +
				`"errorType":"Sandbox.Timedout"\}\n`,
		},
		"a sample event": {
			handler: echo,
			args:    []string{"--sample=iot"},
			stdout:  `{"device":"sensor-1","temperature":21.5,"timestamp":1767268800000}` + "\n",
		},
		"an unknown sample": {
			handler: echo,
			args:    []string{"--sample=sqz"},
			stderr:  `Error: no sample event "sqz": did you mean sqs\? use one of activemq, .*, viewer-response\n`,
		},
		"an empty sample": {
			handler: echo,
			args:    []string{"--sample="},
			stderr:  `Error: no sample event "": use one of activemq, .*, viewer-response\n`,
		},
		"a sample and an event": {
			handler: echo,
			args:    []string{"--sample=sqs", "--event={}"},
			stderr:  `Error: both --event and --sample are set: use one of them\n`,
		},
		"a negative timeout": {
			handler: echo,
			args:    []string{"--timeout=-1s"},
			stderr:  `Error: --timeout must not be negative, got -1s: use 0 for the function's own\n`,
		},
		"an unknown flag": {
			handler: echo,
			args:    []string{"--socket", "1"},
			stderr:  `Error: unknown flag: --socket: see Hello execute --help\n`,
		},
		"an unknown level": {
			handler: echo,
			args:    []string{"-l", "loud"},
			stderr: `Error: unknown log level "loud": use trace, debug, info, warn, error, fatal or panic ` +
				`\(--level, SPARTA_LOG_LEVEL\)\n`,
		},
		"an unknown format": {
			handler: echo,
			args:    []string{"-f", "xml"},
			stderr:  `Error: log format "xml" is unknown: use text, txt or json \(--format\)\n`,
		},
		"an argument": {
			handler: echo,
			args:    []string{"f"},
			stderr:  `Error: unknown command "f" for "Hello execute"\n`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"execute"}, test.args...)
			stdout, stderr, err := cgo.Run(t.Context(), function(test.handler), nil, test.stdin, args...)
			if (err != nil) != (test.stderr != "") {
				t.Errorf("error is %v", err)
			}
			if stdout != test.stdout {
				t.Errorf("stdout is %q, want %q", stdout, test.stdout)
			}
			if !regexp.MustCompile(`^` + test.stderr + `$`).MatchString(stderr) {
				t.Errorf("stderr is %s\n    want %s", stderr, test.stderr)
			}
		})
	}
}

func TestExecutePassesTheInvocationsContext(t *testing.T) {
	var deadline time.Time
	var own *sparta.LambdaContext
	var theirs *lambdacontext.LambdaContext
	functions := function(func(_ http.ResponseWriter, r *http.Request) {
		deadline, _ = r.Context().Deadline()
		own, _ = r.Context().Value(sparta.ContextKeyLambdaContext).(*sparta.LambdaContext)
		theirs, _ = lambdacontext.FromContext(r.Context())
	})
	functions[0].Options.Timeout = 600
	functions[0].Options.MemorySize = 512
	if _, _, err := cgo.Run(t.Context(), functions, nil, "", "execute"); err != nil {
		t.Fatal(err)
	}
	if left := time.Until(deadline); left < 9*time.Minute || left > 10*time.Minute {
		t.Errorf("the handler has %s, want the function's 10 minutes", left)
	}
	want := sparta.LambdaContext{
		FunctionName:       "Hello-f",
		FunctionVersion:    "$LATEST",
		InvokedFunctionARN: "arn:aws:lambda:us-east-1:123456789012:function:Hello-f",
		MemoryLimitInMB:    "512",
		AWSRequestID:       theirs.AwsRequestID,
		LogGroupName:       "/aws/lambda/Hello-f",
		LogStreamName:      "local",
	}
	if *own != want || len(own.AWSRequestID) != 36 {
		t.Errorf("LambdaContext is %+v, want %+v", *own, want)
	}
}

func TestExecuteSetsTheFunctionsEnvironment(t *testing.T) {
	t.Setenv("SPARTA_TEST_TABLE", "of the shell")
	t.Cleanup(func() { os.Unsetenv("SPARTA_TEST_QUEUE") })
	functions := function(func() ([]string, error) {
		return []string{
			os.Getenv("SPARTA_TEST_TABLE"),
			os.Getenv("SPARTA_TEST_QUEUE"),
			os.Getenv("SPARTA_TEST_BUCKET"),
			os.Getenv("SPARTA_TEST_SECRET"),
		}, nil
	})
	functions[0].Options.Environment = map[string]any{
		"SPARTA_TEST_TABLE":  "of the function",
		"SPARTA_TEST_QUEUE":  "of the function",
		"SPARTA_TEST_SECRET": "{{resolve:secretsmanager:canary}}",
		"SPARTA_TEST_BUCKET": map[string]any{"Ref": "Bucket"},
	}
	stdout, stderr, err := cgo.Run(t.Context(), functions, nil, "", "execute")
	if want := `["of the shell","of the function","",""]` + "\n"; err != nil || stdout != want {
		t.Errorf("environment is %s (error: %v), want %s", stdout, err, want)
	}
	for _, variable := range []string{"SPARTA_TEST_BUCKET", "SPARTA_TEST_SECRET"} {
		if !strings.Contains(stderr, variable+" has no value before it is deployed") {
			t.Errorf("stderr is %q, want a warning about %s", stderr, variable)
		}
	}
	if strings.Count(stderr, "WARN[") != 2 || strings.Contains(stderr, "canary") {
		t.Errorf("stderr is %q, want two warnings that name no secret", stderr)
	}
}

func TestExecuteAmongSeveralFunctions(t *testing.T) {
	second := sparta.HandleAWSLambda("my-second", func() (int, error) { return 2, nil }, "role")
	functions := append(function(echo), second)
	stdout, _, err := cgo.Run(t.Context(), functions, nil, "", "execute", "--function", "my_second")
	if err != nil || stdout != "2\n" {
		t.Errorf("response is %q (error: %v), want the second function's", stdout, err)
	}
	_, _, err = cgo.Run(t.Context(), functions, nil, "", "execute")
	const want = "there are several functions: choose one with --function: f, my_second"
	if err == nil || err.Error() != want {
		t.Errorf("error is %v, want %s", err, want)
	}
}

func TestDescribeJSON(t *testing.T) {
	functions := function(echo)
	functions[0].Options.Description = "Echo <it>"
	functions[0].Options.Environment = map[string]any{"TOKEN": "s3cr3t"}
	stdout, stderr, err := cgo.Run(t.Context(), functions, nil, "", "describe", "--json")
	const want = `{
  "name": "Hello",
  "description": "Says hello",
  "functions": [
    {
      "name": "f",
      "handler": "index.f",
      "description": "Echo <it>",
      "memorySize": 128,
      "timeout": 3,
      "roleName": "role",
      "environmentNames": [
        "TOKEN"
      ],
      "ephemeralStorage": 512,
      "logRetention": 30
    }
  ],
  "hooks": []
}
`
	if err != nil || stdout != want || stderr != "" {
		t.Errorf("description is %s (error: %v, stderr: %q)", stdout, err, stderr)
	}
}

func TestAnInvalidServiceHasHelpAndVersionOnly(t *testing.T) {
	for _, args := range [][]string{{}, {"--help"}, {"version"}} {
		if stdout, _, err := cgo.Run(t.Context(), nil, nil, "", args...); err != nil || stdout == "" {
			t.Errorf("%q writes %q (error: %v)", args, stdout, err)
		}
	}
	for _, args := range [][]string{{"describe"}, {"describe", "--json"}, {"execute"}} {
		stdout, stderr, _ := cgo.Run(t.Context(), nil, nil, "", args...)
		const want = "Error: service has no functions: give it at least one LambdaAWSInfo\n"
		if stderr != want || stdout != "" {
			t.Errorf("%q writes %q and %q, want only %q", args, stdout, stderr, want)
		}
	}
}

func TestHelp(t *testing.T) {
	const want = `Says hello

Usage:
  Hello [command]

Available Commands:
  completion  Generate the autocompletion script for the specified shell
  delete      Delete the stack and wait until it is gone
  describe    Describe the service
  execute     Invoke one function in this process, or serve functions over HTTP
  explore     Run the service here, and build it again after each change
  help        Help about any command
  invoke      Invoke a function in AWS
  logs        Show the functions' logs
  provision   Build the package and create or update the stack
  recover     Continue a failed update rollback
  rollback    Move a function's alias back to an earlier version
  status      Show the stack, its functions and outputs
  verify      Compare the code of the deployed functions with the package
  version     Show the version of Sparta that the service is built with

Flags:
  -f, --format string   log format: text, txt or json; SPARTA_LOG_FORMAT (default "text")
  -h, --help            help for Hello
  -l, --level string    log level: debug, info, warn or error; SPARTA_LOG_LEVEL (default "info")
      --nocolor         write the log without colors; NO_COLOR=1 does, too
  -z, --timestamps      write the time of each log entry, in UTC

Use "Hello [command] --help" for more information about a command.
`
	t.Setenv("SPARTA_LOG_LEVEL", "")
	for _, args := range [][]string{{}, {"--help"}, {"help"}} {
		stdout, stderr, err := cgo.Run(t.Context(), function(echo), nil, "", args...)
		if err != nil || stdout != want || stderr != "" {
			t.Errorf("%q writes %s (error: %v, stderr: %q)", args, stdout, err, stderr)
		}
	}
}
