package lambdaruntime_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testoutput"
)

// TestFailures checks the document of each failure, and that the next invocation is served. A "…" matches
// anything.
func TestFailures(t *testing.T) {
	for name, c := range map[string]struct {
		handler, event, env string
		kind, message       string
		frames              string // of the stack
		ends                bool   // the process
	}{
		"an exception has its type, text and frames, without the client's": {
			handler: "fails.raises", kind: "ValueError", message: "bad ü value",
			frames: `  File "…/fails.py", line 12, in raises` + "\n    return deeper()\n" + `  File "…/fails.py", ` +
				`line 16, in deeper` + "\n…",
		},
		"a fault is passed on unchanged": {
			handler: "fails.fault", kind: "main.Error", message: "out of luck",
			frames: `  File "main.go", line 7, in main.main` + "\n",
		},
		"a fault may have no frames": {
			handler: "fails.fault_without_frames", kind: "main.Error", message: "out of luck",
		},
		"a handler that cannot be called": {
			handler: "fails.signature", kind: "TypeError",
			message: "signature() takes 0 positional arguments but 2 were given", frames: "…bootstrap.py…",
		},
		"a response that JSON cannot express": {
			handler: "values.unmarshalable", kind: "Runtime.MarshalError",
			message: "Unable to marshal response: Object of type …set… is not JSON serializable",
		},
		"an event that is not JSON": {
			handler: "values.echo", event: "{", kind: "Runtime.UnmarshalError", message: "Unable to unmarshal input: …",
		},
		"SystemExit ends the process": {
			handler: "fails.exits", kind: "Runtime.ExitError",
			message: "RequestId: … Error: Runtime exited with error: exit status 4", ends: true,
		},
		"an exit is reported with its status": {
			handler: "fails.exits_at_once", event: "9", kind: "Runtime.ExitError",
			message: "RequestId: … Error: Runtime exited with error: exit status 9", ends: true,
		},
		"an exit without an error": {
			handler: "fails.exits_at_once", event: "0", kind: "Runtime.ExitError",
			message: "RequestId: … Error: Runtime exited without providing a reason", ends: true,
		},
		"a signal is reported by name": {
			handler: "fails.aborts", kind: "Runtime.ExitError",
			message: "RequestId: … Error: Runtime exited with error: signal: aborted", ends: true,
		},
		"a module that is missing": {
			handler: "nothing.handler", kind: "Runtime.ImportModuleError",
			message: "Unable to import module 'nothing': No module named 'nothing'", ends: true,
		},
		"an import that is missing": {
			handler: "init_missing.handler", kind: "Runtime.ImportModuleError",
			message: "Unable to import module 'init_missing': No module named 'no_such_module'", ends: true,
		},
		"a function that is missing": {
			handler: "values.nobody", kind: "Runtime.HandlerNotFound",
			message: "Handler 'nobody' missing on module 'values'", ends: true,
		},
		"a handler without a module": {
			handler: "values", kind: "Runtime.MalformedHandlerName",
			message: "Bad handler 'values': not enough values to unpack (expected 2, got 1)", ends: true,
		},
		"a module of the interpreter's": {
			handler: "sys.exit", kind: "Runtime.BuiltInModuleConflict",
			message: "Cannot use built-in module sys as a handler module", ends: true,
		},
		"a syntax error": {
			handler: "init_syntax.handler", kind: "Runtime.UserCodeSyntaxError",
			message: "Syntax error in module 'init_syntax': … (init_syntax.py, line 1)",
			frames:  `  File "…/init_syntax.py" Line 1` + "\n    def handler(event, context)\n", ends: true,
		},
		"an exception while importing": {
			handler: "init_raises.handler", kind: "OSError", message: "cannot open library",
			frames: `…in import_module…File "…/init_raises.py", line 1, in <module>…`, ends: true,
		},
		"a fault while importing": {
			handler: "init_fault.handler", kind: "main.ConfigError", message: "config missing",
			frames: `  File "main.go", line 7, in main.init` + "\n", ends: true,
		},
		"an exit while importing": {
			handler: "init_exits.handler", kind: "Runtime.ExitError",
			message: "RequestId: … Error: Runtime exited with error: exit status 9", ends: true,
		},
		"a lone surrogate is fatal from 3.12": {
			handler: "values.surrogate", env: "AWS_EXECUTION_ENV=AWS_Lambda_python3.12", kind: "Runtime.ExitError",
			message: "RequestId: … Error: Runtime exited with error: exit status 1", ends: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var env []string
			if c.env != "" {
				env = append(env, c.env)
			}
			p := start(t, lambdaruntime.Options{Handler: c.handler, Env: env})
			if c.event == "" {
				c.event = "{}"
			}
			for _, round := range []string{"first", "second"} {
				response := invoke(t, p, c.event)
				d := failed(t, response)
				if d.ErrorType != c.kind || !matches(c.message, d.ErrorMessage) {
					t.Errorf("%s: got %s: %s\nwant %s: %s", round, d.ErrorType, d.ErrorMessage, c.kind, c.message)
				}
				if got := strings.Join(d.StackTrace, ""); !matches(c.frames, got) {
					t.Errorf("%s: frames %q, want %q", round, got, c.frames)
				}
				if strings.Contains(d.ErrorMessage, "RequestId") &&
					!strings.Contains(d.ErrorMessage, response.RequestID) {
					t.Errorf("%s: %q does not contain %s", round, d.ErrorMessage, response.RequestID)
				}
				if !c.ends && *d.RequestID != response.RequestID {
					t.Errorf("%s: request id %q in the document of %q", round, *d.RequestID, response.RequestID)
				}
			}
		})
	}
}

// matches reports whether got equals want, where "…" in want matches anything.
func matches(want, got string) bool {
	pattern := strings.ReplaceAll(regexp.QuoteMeta(want), "…", "(?s:.*)")
	return regexp.MustCompile("^" + pattern + "$").MatchString(got)
}

func TestAFailedInitializationIsRepeatedOncePerInvocation(t *testing.T) {
	var stdout testoutput.Output
	p := start(t, lambdaruntime.Options{Handler: "init_fault.handler", Stdout: &stdout})
	time.Sleep(300 * time.Millisecond) // it fails long before the invocation
	for round := 1; round <= 2; round++ {
		failed(t, invoke(t, p, "{}"))
		if got := strings.Count(stdout.String(), "initializing"); got != round {
			t.Errorf("initialized %d times after %d invocations", got, round)
		}
		want := "[ERROR] main.ConfigError: config missing\nTraceback (most recent call last):\n  File \"main.go\", " +
			"line 7, in main.init\n"
		if got := stdout.String(); strings.Count(got, want) != round {
			t.Errorf("round %d: log %q, want %q once per round", round, got, want)
		}
	}
}

func TestATimeoutEndsTheProcess(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "fails.sleeps", Timeout: 400 * time.Millisecond})
	first := invoke(t, p, "0")
	response := invoke(t, p, "60")
	want := "RequestId: " + response.RequestID + " Error: Task timed out after 0.40 seconds"
	if d := failed(t, response); d.ErrorType != "Sandbox.Timedout" || d.ErrorMessage != want {
		t.Errorf("got %+v, want %s", d, want)
	}
	if response.Duration < 400*time.Millisecond || response.Duration > 5*time.Second {
		t.Errorf("took %v", response.Duration)
	}
	second := invoke(t, p, "0")
	if second.Failed || string(second.Payload) == string(first.Payload) || second.InitDuration == 0 {
		t.Errorf("the process %s answers %s after a timeout, initialized in %v", first.Payload, second.Payload,
			second.InitDuration)
	}
}

func TestTheRequestsDeadlineOverridesTheTimeout(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "fails.sleeps", Timeout: time.Minute})
	invoke(t, p, "0")
	response, err := p.Invoke(t.Context(),
		lambdaruntime.Request{Payload: []byte("60"), Deadline: time.Now().Add(time.Second)})
	if err != nil {
		t.Fatal(err)
	}
	d := failed(t, response)
	_, after, _ := strings.Cut(d.ErrorMessage, " after ")
	took, err := time.ParseDuration(strings.TrimSuffix(after, " seconds") + "s")
	if d.ErrorType != "Sandbox.Timedout" || err != nil || took > time.Second {
		t.Errorf("got %+v, error %v", d, err)
	}
}

func TestAProcessThatEndsAfterItsResponseIsReplaced(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "fails.answers_then_exits"})
	first := invoke(t, p, "{}")
	time.Sleep(300 * time.Millisecond)
	second := invoke(t, p, "{}")
	if first.Failed || second.Failed || string(first.Payload) == string(second.Payload) {
		t.Errorf("got %s, then %s", first.Payload, second.Payload)
	}
}

func TestOutputBeforeTheEndIsKept(t *testing.T) {
	var stdout testoutput.Output
	p := start(t, lambdaruntime.Options{Handler: "fails.exits_at_once", Stdout: &stdout})
	failed(t, invoke(t, p, "9"))
	if got := stdout.String(); got != "last words\n" {
		t.Errorf("stdout %q", got)
	}
}

func TestLogsOfErrorsAndRecords(t *testing.T) {
	stamp := regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z`)
	for name, c := range map[string]struct{ handler, env, want string }{
		"records and prints keep their order": {
			"about.prints", "", "to stdout ü\n[WARNING]\tTIME\tID\ta warning\nfrom context\n",
		},
		"records at a lower level": {
			"about.prints", "AWS_LAMBDA_LOG_LEVEL=INFO",
			"to stdout ü\n[WARNING]\tTIME\tID\ta warning\n[INFO]\tTIME\tID\tnot shown\nfrom context\n",
		},
		"records as JSON": {
			"about.prints", "AWS_LAMBDA_LOG_FORMAT=JSON",
			"to stdout ü\n" + `{"timestamp": "TIME", "level": "WARNING", "message": "a warning", "logger": "mine", ` +
				`"requestId": "ID", "order": 7}` + "\nfrom context\n",
		},
		"an error": {
			"fails.fault", "", "[ERROR] main.Error: out of luck\nTraceback (most recent call last):\n  File " +
				"\"main.go\", line 7, in main.main\n",
		},
		"an error as JSON": {
			"fails.fault", "AWS_LAMBDA_LOG_FORMAT=JSON",
			`{"timestamp": "TIME", "level": "ERROR", "errorMessage": "out of luck", "errorType": "main.Error", ` +
				`"requestId": "ID", "stackTrace": ["  File \"main.go\", line 7, in main.main\n"]}` + "\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr testoutput.Output
			options := lambdaruntime.Options{Handler: c.handler, Stdout: &stdout, Stderr: &stderr}
			if c.env != "" {
				options.Env = []string{c.env}
			}
			p := start(t, options)
			id := invoke(t, p, "{}").RequestID
			_ = p.Close() // then all output has arrived
			got := stamp.ReplaceAllString(strings.ReplaceAll(stdout.String(), id, "ID"), "TIME")
			if got != c.want {
				t.Errorf("stdout\n%s\nwant\n%s", got, c.want)
			}
			if c.handler == "about.prints" && stderr.String() != "to stderr\n" {
				t.Errorf("stderr %q", stderr.String())
			}
		})
	}
}
