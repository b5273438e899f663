package sandbox_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/explore/testfunction"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testrequire"
)

const pythonHandler = `import os, sys

def handler(event, context):
    print("to stdout", flush=True)
    sys.stderr.write("to stderr\n")
    print(os.environ["NAME"], context.memory_limit_in_mb)
    if event == "fail":
        raise ValueError("bad value")
    return event
`

// A handler in Python, in the runtime client that the machine has.
func TestPython(t *testing.T) {
	testrequire.Need(t, "python")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.py"), []byte(pythonHandler), 0o600); err != nil {
		t.Fatal(err)
	}
	f := start(t, sandbox.Config{
		Name: "python", Dir: dir, Handler: "index.handler", Env: []string{"NAME=value"}, Cache: t.TempDir(),
	})
	for n := range 20 {
		result, err := f.Invoke(t.Context(), lambdaruntime.Request{Payload: []byte(`"ü"`)})
		if err != nil || result.Failed || !strings.Contains(string(result.Payload), `"`) {
			t.Fatalf("%+v, %v", result, err)
		}
		if got, want := texts(result), []string{"to stdout", "to stderr", "value 128"}; !slices.Equal(got, want) {
			t.Errorf("invocation %d logged %q, want %q", n, got, want)
		}
		if result.Cold != (n == 0) || result.MaxMemory < 5<<20 {
			t.Errorf("invocation %d: cold %v, %d bytes", n, result.Cold, result.MaxMemory)
		}
	}
	result, err := f.Invoke(t.Context(), lambdaruntime.Request{Payload: []byte(`"fail"`)})
	if err != nil || result.ErrorType != "ValueError" || result.Cold {
		t.Fatalf("%+v, %v", result, err)
	}
	// AWS's client ends the lines of an error with carriage returns, so that CloudWatch keeps it together.
	if log := texts(result); len(log) < 5 || log[3] != "[ERROR] ValueError: bad value" ||
		log[4] != "Traceback (most recent call last):" {
		t.Errorf("logged %q", log)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the package has %v afterwards (%v)", entries, err)
	}
	if result, err := f.Invoke(t.Context(), lambdaruntime.Request{Payload: []byte("{")}); err != nil ||
		!result.Failed {
		t.Errorf("an event that is not JSON: %+v, %v", result, err)
	}
	if left := f.PIDs(); len(left) != 1 || !testfunction.IsRunning(left[0]) {
		t.Errorf("afterwards, the processes %d run", left)
	}
}
