package product

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testoutput"
)

// boundary is the application of testdata/boundary.txtar, built once.
func boundary(t testing.TB) project {
	t.Helper()
	needHost(t)
	p, err := boundaryBuilt()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var boundaryBuilt = sync.OnceValues(func() (project, error) {
	p, err := unpack(shared(), "boundary")
	if err != nil {
		return p, err
	}
	if out, err := p.command([]string{"SPARTA_INCLUDE=beside.py,twice.py"}, "cgo:build").CombinedOutput(); err != nil {
		return p, fmt.Errorf("build testdata/boundary: %w\n%s", err, out)
	}
	return p, nil
})

// interpreters lists python3 and the interpreters of SPARTA_TEST_PYTHONS, which is a list like PATH.
var interpreters = sync.OnceValues(func() (map[string]interpreter.Python, error) {
	found := map[string]interpreter.Python{}
	first, err := interpreter.Find(context.Background(), "")
	if err != nil {
		return nil, err
	}
	found[first.Version] = first
	for _, path := range filepath.SplitList(os.Getenv("SPARTA_TEST_PYTHONS")) {
		python, err := interpreter.Inspect(context.Background(), path)
		if err != nil {
			return nil, err
		}
		found[python.Version] = python
	}
	return found, nil
})

// pythons returns the interpreters to test with, by version.
func pythons(t testing.TB) map[string]interpreter.Python {
	t.Helper()
	found, err := interpreters()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// packageProcess is a running package, with its output.
type packageProcess struct {
	*lambdaruntime.Process
	said *testoutput.Output
}

// run runs a staged package until the test ends.
func run(t testing.TB, stage string, options lambdaruntime.Options) packageProcess {
	t.Helper()
	said := &testoutput.Output{}
	options.Dir, options.Stdout, options.Stderr = stage, said, said
	options.Workspace = shared("client")
	if options.Python == (interpreter.Python{}) {
		for _, options.Python = range pythons(t) {
			break
		}
	}
	if options.Timeout == 0 {
		options.Timeout = 30 * time.Second
	}
	process, err := lambdaruntime.Start(context.WithoutCancel(t.Context()), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = process.Close()
		if t.Failed() {
			t.Logf("%s said:\n%s", options.Handler, said)
		}
	})
	return packageProcess{process, said}
}

// invoke returns the response, which may be an error document.
func (p packageProcess) invoke(t testing.TB, request lambdaruntime.Request) *lambdaruntime.Response {
	t.Helper()
	response, err := p.Invoke(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	return response
}

// answer decodes the response to an event, which must not fail.
func (p packageProcess) answer(t testing.TB, event string, into any) {
	t.Helper()
	response := p.invoke(t, lambdaruntime.Request{Payload: []byte(event)})
	if response.Failed {
		t.Fatalf("failed: %s", response.Payload)
	}
	if err := json.Unmarshal(response.Payload, into); err != nil {
		t.Fatalf("%.200q: %v", response.Payload, err)
	}
}

// document is Lambda's error document.
type document struct {
	ErrorType    string   `json:"errorType"`
	ErrorMessage string   `json:"errorMessage"`
	StackTrace   []string `json:"stackTrace"`
}

// failure decodes the error document of an invocation that must fail.
func (p packageProcess) failure(t testing.TB, event string) document {
	t.Helper()
	response := p.invoke(t, lambdaruntime.Request{Payload: []byte(event)})
	if !response.Failed {
		t.Fatalf("succeeded with %.200q", response.Payload)
	}
	var d document
	if err := json.Unmarshal(response.Payload, &d); err != nil {
		t.Fatalf("%.200q: %v", response.Payload, err)
	}
	d.ErrorMessage = strings.ReplaceAll(d.ErrorMessage, response.RequestID, "ID")
	return d
}

// pythonPath writes modules to a folder, and returns the setting of PYTHONPATH for it.
func pythonPath(t testing.TB, modules map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, code := range modules {
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), code); err != nil {
			t.Fatal(err)
		}
	}
	return "PYTHONPATH=" + dir
}
