package lambdaruntime_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testoutput"
	"github.com/go-sparta/sparta/internal/testrequire"
)

const functions = "testdata/functions"

// anyPython looks for an interpreter once, because a version manager's script is slow.
var anyPython = sync.OnceValues(func() (interpreter.Python, error) {
	return interpreter.Find(context.Background(), "")
})

// python returns any interpreter.
func python(t testing.TB) interpreter.Python {
	t.Helper()
	p, err := anyPython()
	if err != nil {
		testrequire.Lack(t, "python", err)
	}
	return p
}

// pythons returns the interpreters of this machine by version.
func pythons(t testing.TB) map[string]interpreter.Python {
	t.Helper()
	first := python(t)
	found, err := everyPython()
	if err != nil {
		t.Fatal(err)
	}
	found = maps.Clone(found)
	found[first.Version] = first
	return found
}

// everyPython inspects the interpreters that SPARTA_TEST_PYTHONS lists and python3.X of PATH.
var everyPython = sync.OnceValues(func() (map[string]interpreter.Python, error) {
	found := map[string]interpreter.Python{}
	for _, path := range filepath.SplitList(os.Getenv("SPARTA_TEST_PYTHONS")) {
		p, err := interpreter.Inspect(context.Background(), path)
		if err != nil {
			return nil, err
		}
		found[p.Version] = p
	}
	for minor := 6; minor <= 15; minor++ {
		path, err := exec.LookPath(fmt.Sprintf("python3.%d", minor))
		if err != nil {
			continue
		}
		if p, err := interpreter.Inspect(context.Background(), path); err == nil {
			found[p.Version] = p
		}
	}
	return found, nil
})

// workspaceVariable is the variable with the run's workspace, also for programs that a test starts.
const workspaceVariable = "SPARTA_TEST_WORKSPACE"

// TestMain makes one workspace for the whole run, so that the client is compiled once.
func TestMain(m *testing.M) {
	if os.Getenv(workspaceVariable) != "" {
		os.Exit(m.Run())
	}
	dir, err := os.MkdirTemp("", "sparta-lambdaruntime-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = os.Setenv(workspaceVariable, dir)
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// workspace is where the tests' processes find the embedded client.
func workspace() string { return os.Getenv(workspaceVariable) }

// start runs a handler of testdata/functions with the embedded client until the test ends.
func start(t testing.TB, options lambdaruntime.Options) *lambdaruntime.Process {
	t.Helper()
	if options.Dir == "" {
		options.Dir = functions
	}
	if options.Python == (interpreter.Python{}) && len(options.Command) == 0 {
		options.Python = python(t)
	}
	options.OwnClient = true
	if options.Timeout == 0 {
		options.Timeout = 30 * time.Second
	}
	if options.Workspace == "" {
		options.Workspace = workspace()
	}
	if options.Stderr == nil {
		options.Stderr = &testoutput.Output{}
	}
	p, err := lambdaruntime.Start(context.WithoutCancel(t.Context()), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.Close()
		if stderr, ok := options.Stderr.(*testoutput.Output); ok && t.Failed() {
			t.Logf("stderr of %s:\n%s", options.Handler, stderr)
		}
	})
	return p
}

// invoke invokes the function and expects a response from the function or from Lambda.
func invoke(t testing.TB, p *lambdaruntime.Process, payload string) *lambdaruntime.Response {
	t.Helper()
	response, err := p.Invoke(t.Context(), lambdaruntime.Request{Payload: []byte(payload)})
	if err != nil {
		t.Fatal(err)
	}
	return response
}

// document is Lambda's error document.
type document struct {
	ErrorType    string   `json:"errorType"`
	ErrorMessage string   `json:"errorMessage"`
	RequestID    *string  `json:"requestId"`
	StackTrace   []string `json:"stackTrace"`
}

// failed decodes the error document of a response that failed.
func failed(t testing.TB, response *lambdaruntime.Response) document {
	t.Helper()
	var d document
	if !response.Failed {
		t.Fatalf("succeeded with %.200q", response.Payload)
	}
	if err := json.Unmarshal(response.Payload, &d); err != nil {
		t.Fatalf("error document %q: %v", response.Payload, err)
	}
	return d
}
