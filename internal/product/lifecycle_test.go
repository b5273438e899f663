package product

import (
	"encoding/json"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// An application that cannot start reports why in an error document.
func TestInitErrors(t *testing.T) {
	stage := boundary(t).stage()
	for name, c := range map[string]struct {
		fixture string
		handler string
		want    document
		said    string
	}{
		"main panics": {
			fixture: "panic",
			said:    "panic: runtime error: invalid memory address or nil pointer dereference",
			want: document{
				"Runtime.ExitError",
				"RequestId: ID Error: Runtime exited with error: signal: aborted",
				nil,
			},
		},
		"main calls log.Fatal": {
			fixture: "fatal",
			said:    "the table is not set",
			want: document{
				"Runtime.ExitError",
				"RequestId: ID Error: Runtime exited with error: exit status 1",
				nil,
			},
		},
		"main exits": {
			fixture: "exit",
			said:    "called os.Exit(9): the Lambda runtime ends with it",
			want: document{
				"Runtime.ExitError",
				"RequestId: ID Error: Runtime exited with error: exit status 9",
				nil,
			},
		},
		"main returns": {
			fixture: "return",
			want: document{
				"errorString",
				"main returned without serving a function: call lambda.Start or cgo.Main, and do not return before it",
				[]string{},
			},
		},
		"main ends its goroutine": {
			fixture: "goexit",
			want: document{
				"errorString",
				"main ended its goroutine (runtime.Goexit), and no other goroutine is left that could serve a " +
					"function: call lambda.Start or cgo.Main",
				[]string{},
			},
		},
		"the service is not valid": {
			fixture: "invalid",
			want: document{
				"joinError",
				`service name "Not a name" is invalid: ` +
					"use up to 128 letters, digits and hyphens, beginning with a letter\n" +
					"function 14 is nil: check the error of the call that made it",
				[]string{},
			},
		},
		"functions with the same name in Python": {
			fixture: "collision",
			want: document{
				"joinError",
				`functions 14 and 15, named "get user" and "get.user", are both get_user in Python: ` +
					"set Options.SpartaOptions.Name of one",
				[]string{},
			},
		},
		"the handler setting names no function": {
			handler: "index.Nobody",
			want: document{
				"Runtime.HandlerNotFound",
				"the application has no function 'Nobody'; it has: About, ConfigKeys, Echo, Fails, Hooks, " +
					"Initialized, Keys, Legacy, Panics, Random, Respond, Twice, Typed",
				[]string{},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			handler := "index.Echo"
			if c.handler != "" {
				handler = c.handler
			}
			process := run(t, stage, lambdaruntime.Options{Handler: handler, Env: []string{"FIXTURE=" + c.fixture}})
			got := process.failure(t, "{}")
			for i, frame := range got.StackTrace {
				got.StackTrace[i] = lineNumber.ReplaceAllString(frame, "line LINE")
			}
			if got.ErrorType != c.want.ErrorType || got.ErrorMessage != c.want.ErrorMessage ||
				!slices.Equal(got.StackTrace, c.want.StackTrace) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
			if !strings.Contains(process.said.String(), c.said) {
				t.Errorf("it said %q, want %q", process.said, c.said)
			}
		})
	}
}

// A panic in main is written to the log, with Go's frames.
func TestAPanicInMainShowsGosFrames(t *testing.T) {
	process := run(t, boundary(t).stage(), lambdaruntime.Options{
		Handler: "index.Echo",
		Env:     []string{"FIXTURE=panic"},
	})
	process.failure(t, "{}")
	if said := process.said.String(); !regexp.MustCompile(`(?s)\npanic: .*\nmain\.main\(\)\n\t\S+/main\.go:[0-9]+ `).
		MatchString("\n" + said) {
		t.Errorf("it said %s", said)
	}
}

// After a panic, the process ends, and the next invocation finds another.
func TestAPanicEndsTheProcess(t *testing.T) {
	process := run(t, boundary(t).stage(), lambdaruntime.Options{Handler: "index.Panics"})
	for range 3 {
		response := process.invoke(t, lambdaruntime.Request{Payload: []byte("{}")})
		var got document
		if err := json.Unmarshal(response.Payload, &got); err != nil || !response.Failed {
			t.Fatalf("got %s: %v", response.Payload, err)
		}
		if response.InitDuration == 0 {
			t.Error("the process of the panic lives on")
		}
		var labels []string
		for _, frame := range got.StackTrace {
			labels = append(labels, strings.TrimSpace(frame[strings.LastIndex(frame, " in ")+len(" in "):]))
		}
		want := []string{"main.panics", "main.deep", "main.deep", "main.deep", "main.deep"}
		if got.ErrorMessage != "assignment to entry in nil map" || !slices.Equal(labels, want) {
			t.Fatalf("got %+v", got)
		}
	}
}

// Hooks run in reverse order before a snapshot and in order after it. Credentials are fetched again after it.
func TestSnapStart(t *testing.T) {
	stage := boundary(t).stage()
	for version, python := range pythons(t) {
		t.Run("Python "+version, func(t *testing.T) {
			process := run(t, stage, lambdaruntime.Options{Python: python, Handler: "index.Hooks", SnapStart: true})
			var got []string
			process.answer(t, "{}", &got)
			if want := []string{"before two", "before one", "after one", "after two"}; !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
			without := run(t, stage, lambdaruntime.Options{Python: python, Handler: "index.Hooks"})
			without.answer(t, "{}", &got)
			if len(got) != 0 {
				t.Errorf("without SnapStart: got %q", got)
			}
		})
	}
	t.Run("after sys.modules was cleared", func(t *testing.T) {
		process := run(t, stage, lambdaruntime.Options{Handler: "twice.Hooks", SnapStart: true})
		var got []string
		process.answer(t, "{}", &got)
		if want := []string{"before two", "before one", "after one", "after two"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
	for fixture, want := range map[string]document{
		"before one fails": {ErrorType: "wrapError", ErrorMessage: "before the snapshot: before one went wrong"},
		"after one fails":  {ErrorType: "wrapError", ErrorMessage: "after the restore: after one went wrong"},
	} {
		t.Run(fixture, func(t *testing.T) {
			process := run(t, stage, lambdaruntime.Options{
				Handler:   "index.Hooks",
				SnapStart: true,
				Env:       []string{"FIXTURE=" + fixture},
			})
			got := process.failure(t, "{}")
			if got.ErrorType != want.ErrorType || got.ErrorMessage != want.ErrorMessage {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

// In a forked process, a call of Go fails instead of waiting forever. In its parent, calls still work.
func TestFork(t *testing.T) {
	process := run(t, boundary(t).stage(), lambdaruntime.Options{Handler: "beside.fork"})
	for range 2 {
		var got struct {
			Said   string
			PID    int
			Parent []string
		}
		process.answer(t, "{}", &got)
		const want = "RuntimeError: a forked process cannot call Go: its runtime's threads stayed in process "
		if !strings.HasPrefix(got.Said, want) {
			t.Errorf("got %+v, want %s", got, want)
		}
	}
}

// Processes that are forked before they load the library have different random numbers.
func TestForkBeforeLoad(t *testing.T) {
	stage := boundary(t).stage()
	for version, python := range pythons(t) {
		t.Run("Python "+version, func(t *testing.T) {
			cmd := exec.Command(python.Path, "-c", `
import os, sys
sys.dont_write_bytecode = True
for _ in range(3):
    if os.fork() == 0:
        import index
        os.write(1, str(index.Random({}, None)).encode() + b"\n")
        os._exit(0)
    os.wait()
`)
			cmd.Dir = stage
			out, err := cmd.CombinedOutput()
			lines := strings.Split(strings.TrimSpace(string(out)), "\n")
			if err != nil || len(lines) != 3 || !strings.HasPrefix(lines[0], "[") {
				t.Fatalf("%v: %s", err, out)
			}
			slices.Sort(lines)
			if len(slices.Compact(lines)) != 3 {
				t.Errorf("processes share random numbers: %q", lines)
			}
		})
	}
}

// For Python code in the package, a Go function is a value like any other.
func TestPythonBeside(t *testing.T) {
	process := run(t, boundary(t).stage(), lambdaruntime.Options{Handler: "beside.callback"})
	const event = `{"a":[1,"ü"]}`
	sameJSON(t, process.invoke(t, lambdaruntime.Request{Payload: []byte(event)}).Payload, event)
}
