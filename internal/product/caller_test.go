package product

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/pythonversion"
	"github.com/go-sparta/sparta/internal/testrequire"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// TestPythonCallsGo runs the checks of testdata/caller.txtar, in which Python code calls the Go function, under AWS's
// runtime client, under the embedded one and without any.
func TestPythonCallsGo(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "awslambdaric")
	p := newProject(t, "caller")
	p.build(t, "SPARTA_INCLUDE=*.py")
	t.Run("checks", func(t *testing.T) { testCallerChecks(t, p.stage()) })
	t.Run("errors that Python lets through", func(t *testing.T) { testCallerErrors(t, p.stage()) })
	t.Run("a Go function as another module's handler", func(t *testing.T) { testCallerHandler(t, p.stage()) })
	t.Run("numbers of many digits", func(t *testing.T) { testCallerDigits(t, p.stage()) })
	t.Run("the handler of a service's options", func(t *testing.T) { testCallerOptions(t, p) })
	t.Run("each Python", func(t *testing.T) { testCallerPythons(t, p.stage()) })
}

// callerEnvironment is the environment that the process is started with.
var callerEnvironment = []string{"CHANGED=before", "REMOVED=1", "KEPT=1", "NOT_UTF8_FROM_OUTSIDE=\xff\xfe"}

func testCallerChecks(t *testing.T, stage string) {
	const text = `"the event has no JSON encoding: Object of type datetime is not JSON serializable"`
	for check, want := range map[string]string{
		"value":   `["dict","x",["list","none"],false,null]`,
		"kinds":   `["dict","list","str","int","float","bool","NoneType"]`,
		"error":   `["Custom","code 7","Custom","code 7",[],false]`,
		"unnamed": `["struct { error }","struct { error }","no name"]`,
		"panic":   `["string","oh",[["example.com/caller/handle/handle.go","example.com/caller/handle.Event"]]]`,
		"copies":  `[[true,"Custom","code 7"],[true,"Custom","code 7"]]`,
		"cause":   `["after it","Custom"]`,
		"decimal": `[{"price":1.1,"many":[2,2,2],"big":12345678901234567890},"ValueError"]`,
		"dates":   text,
		"buffers": `[[1],[1],[1]]`,
		"environment": `["early grüße","SET_BEFORE grüße true","CHANGED after true","REMOVED  false",` +
			`"SET_AFTER  false","KEPT 1 true"]`,
		"environments": `[null,["SET_BY_PYTHON  false"],"['1', '1']"]`,
		"not_utf8":     `[true,true,true,1,2]`,
		"threads":      `17980`,
		"loop":         `[0,1,2,3,4]`,
		"again":        `[1,2,false]`,
		"processes":    `[[[1],0],["RuntimeError: a forked process cannot call Go",0],[[1],0],"parent"]`,
	} {
		t.Run(check, func(t *testing.T) {
			for version, python := range pythons(t) {
				for client, options := range map[string]lambdaruntime.Options{
					"awslambdaric":        {},
					"the embedded client": {OwnClient: true},
					"a managed instance":  {Env: []string{"AWS_LAMBDA_MAX_CONCURRENCY=2"}},
				} {
					options.Python, options.Handler = python, "app.handler"
					options.Env = append(options.Env, callerEnvironment...)
					process := run(t, stage, options)
					response := process.invoke(t, lambdaruntime.Request{Payload: fmt.Appendf(nil, "%q", check)})
					if got := normal(t, response.Payload); got != normal(t, []byte(want)) {
						t.Errorf("Python %s under %s: got %s, want %s", version, client, got, want)
					}
				}
				call := fmt.Sprintf("import app, json; print(json.dumps(app.handler(%q)))", check)
				got := python3(t, stage, python, "-c", call)
				if normal(t, []byte(got)) != normal(t, []byte(want)) {
					t.Errorf("Python %s without a client: got %s, want %s", version, got, want)
				}
			}
		})
	}
}

// python3 runs Python in the package's folder and returns the last line of its output.
func python3(t *testing.T, stage string, python interpreter.Python, args ...string) string {
	t.Helper()
	out, err := pythonCommand(stage, python, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return lines[len(lines)-1]
}

func pythonCommand(stage string, python interpreter.Python, args ...string) *exec.Cmd {
	cmd := exec.Command(python.Path, args...)
	cmd.Dir = stage
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "AWS_") })
	cmd.Env = append(cmd.Env, "PYTHONDONTWRITEBYTECODE=1", "PYTHONPATH="+stage)
	cmd.Env = append(cmd.Env, callerEnvironment...)
	return cmd
}

// What the client posts has Go's type and message, and the frames of the application's Python and Go code only.
func testCallerErrors(t *testing.T, stage string) {
	const digits = "the response is JSON that Python does not decode: Exceeds the limit (4300 digits) for integer " +
		"string conversion: value has 5000 digits; use sys.set_int_max_str_digits() to increase the limit"
	for check, want := range map[string]string{
		"passes_set": "TypeError: the event has no JSON encoding: Object of type set is not JSON serializable, " +
			"from app.py handler, app.py passes_set, app.py go",
		"passes_digits": "ValueError: " + digits + ", from app.py handler, app.py passes_digits",
		"passes":        "Custom: code 7, from app.py handler, app.py passes, app.py go",
		"passes_panic":  "string: oh, from app.py handler, app.py passes_panic, app.py go, handle.go handle.Event",
	} {
		for client, own := range map[string]bool{"awslambdaric": false, "the embedded client": true} {
			process := run(t, stage, lambdaruntime.Options{Handler: "app.handler", OwnClient: own})
			failed := process.failure(t, fmt.Sprintf("%q", check))
			var frames []string
			for _, frame := range failed.StackTrace {
				place, _, _ := strings.Cut(frame, "\n")
				var path, name string
				var line int
				place = strings.NewReplacer(`"`, " ", ",", "").Replace(place)
				if _, err := fmt.Sscanf(place, " File %s line %d in %s", &path, &line, &name); err != nil {
					t.Errorf("%q: %v", frame, err)
				}
				frames = append(frames, filepath.Base(path)+" "+filepath.Base(name))
			}
			got := fmt.Sprintf("%s: %s, from %s", failed.ErrorType, failed.ErrorMessage, strings.Join(frames, ", "))
			if got != want {
				t.Errorf("%s under %s: got %s, want %s", check, client, got, want)
			}
		}
	}
}

// If the runtime client calls the Go function, the response arrives as Go wrote it.
func testCallerHandler(t *testing.T, stage string) {
	for _, own := range []bool{false, true} {
		for handler, want := range map[string]string{
			"index.anything": `[1.10,1e2]`, // events are bytes, too
			"app.direct":     `[1.10,1e2]`,
			"app.echo":       `[1.10,1e2]`, // it does nothing but call Go, so it is handed bytes, too
			"app.decoded":    `[1.10,1e2]`, // Python has decoded the event, and passes it on unchanged
		} {
			process := run(t, stage, lambdaruntime.Options{Handler: handler, OwnClient: own})
			response := process.invoke(t, lambdaruntime.Request{Payload: []byte(`{"do":"echo","arg":[1.10,1e2]}`)})
			if string(response.Payload) != want {
				t.Errorf("%s: got %s, want %s", handler, response.Payload, want)
			}
		}
	}
}

// An integer of more digits than Python converts is what Go answers as a program of aws-lambda-go would, unless Python
// decodes the event.
func testCallerDigits(t *testing.T, stage string) {
	digits := strings.Repeat("1", 5000)
	event := []byte(`{"do":"echo","arg":[` + digits + `]}`)
	for _, own := range []bool{false, true} {
		for _, handler := range []string{"index.anything", "app.direct", "app.echo"} {
			process := run(t, stage, lambdaruntime.Options{Handler: handler, OwnClient: own})
			if got := process.invoke(t, lambdaruntime.Request{Payload: event}); string(got.Payload) != "["+digits+"]" {
				t.Errorf("%s, own client %v: got %.200s", handler, own, got.Payload)
			}
		}
		process := run(t, stage, lambdaruntime.Options{Handler: "app.decoded", OwnClient: own})
		failed := process.failure(t, string(event))
		if failed.ErrorType != "Runtime.UnmarshalError" || !strings.Contains(failed.ErrorMessage, "4300") {
			t.Errorf("own client %v: got %+v", own, failed)
		}
		ok := process.invoke(t, lambdaruntime.Request{Payload: []byte(`{"do":"echo","arg":[1.10]}`)})
		if string(ok.Payload) != "[1.10]" {
			t.Errorf("own client %v: afterwards %s", own, ok.Payload)
		}
	}
}

// A target of the user's own that runs a service's function runs what Lambda runs: the Handler of its options.
func testCallerOptions(t *testing.T, p project) {
	t.Chdir(p.dir)
	setenv(t, append(bareEnvironment(t.TempDir()), "SPARTA_INCLUDE=*.py"))
	service := spartamage.Service{Options: sparta.LambdaFunctionOptions{Handler: "app.handler"}}
	for event, c := range map[string]struct{ function, want string }{
		`"kinds"`:      {"", `["dict","list","str","int","float","bool","NoneType"]`},
		`{"do":"any"}`: {"Any", "null"},
	} {
		var stdout, stderr bytes.Buffer
		err := spartamage.Invoke(t.Context(), spartamage.InvokeOptions{
			Service: service, Function: c.function, Event: event, Stdout: &stdout, Stderr: &stderr,
		})
		if err != nil || normal(t, stdout.Bytes()) != normal(t, []byte(c.want)) {
			t.Errorf("%s: %v, %s, want %s\n%s", event, err, &stdout, c.want, &stderr)
		}
	}
	service.Options = sparta.LambdaFunctionOptions{Handler: "app.none"}
	err := spartamage.Invoke(t.Context(), spartamage.InvokeOptions{
		Service: service, Stdout: io.Discard, Stderr: io.Discard,
	})
	if err == nil || !strings.Contains(err.Error(), "invoke app.none: the Python module app has no function none") {
		t.Errorf("error %v", err)
	}
}

// docs/python.md says what holds with faulthandler and in subinterpreters.
func testCallerPythons(t *testing.T, stage string) {
	for minor := 11; minor <= newestMinor; minor++ {
		version := fmt.Sprintf("3.%d", minor)
		t.Run(version, func(t *testing.T) {
			python, _ := pythonversion.Find(t.Context(), version)
			if python.Path == "" {
				t.Skipf("this machine has no Python %s: neither python%s on PATH nor pyenv's", version, version)
			}
			for when, survives := range map[string]bool{"never": true, "before": true, "after": false} {
				out, err := pythonCommand(stage, python, "faults.py", when).CombinedOutput()
				caught := strings.Contains(string(out), "caught: runtime error: invalid memory address")
				if caught != survives || (err == nil) != survives {
					t.Errorf("faulthandler, enabled %s: %v\n%s", when, err, out)
				}
			}
			for _, kind := range []string{"legacy", "isolated"} {
				said := "called\n"
				if kind == "isolated" && minor == 12 {
					said = "_ctypes does not support loading in subinterpreters"
				}
				out, err := pythonCommand(stage, python, "interpreters.py", kind).CombinedOutput()
				if err != nil || strings.Count(string(out), said) != 3 || !strings.Contains(string(out), "main\n") {
					t.Errorf("%s interpreters: %v\n%s", kind, err, out)
				}
			}
		})
	}
}
