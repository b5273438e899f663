package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/soak/function"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// shim is a module with handlers in Python.
const shim = `import json
import index

def passed(event, context):
    return index.handler(event, context)

def copied(event, context):
    return index.handler(json.loads(json.dumps(event)), context)

def bare(event, context):
    return event
`

// shimStage builds the application and returns a folder with its package and the module shim.
func shimStage(tb testing.TB) (string, interpreter.Python) {
	tb.Helper()
	python, err := interpreter.Find(tb.Context(), "")
	if err != nil {
		testrequire.Lack(tb, "python", err)
	}
	if python.Client == "" {
		testrequire.Lack(tb, "awslambdaric", os.ErrNotExist)
	}
	keepSettings(tb)
	dir := tb.TempDir()
	if err := (options{}).build(tb.Context(), dir); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "shim.py"), []byte(shim), 0o644); err != nil {
		tb.Fatal(err)
	}
	return dir, python
}

// keepSettings restores the variables that build unsets.
func keepSettings(tb testing.TB) {
	for _, variable := range os.Environ() {
		if name, value, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "SPARTA_") {
			tb.Setenv(name, value)
		}
	}
}

// FuzzShim checks that events go through Python into Go and back without a change: byte by byte if no Python code reads
// them, and otherwise with the values that they have in Python without Go.
func FuzzShim(f *testing.F) {
	for _, event := range []string{
		``, `{}`, ` [1, 2.50, -0, 1e5, 12345678901234567890] `, `"naïve \u00e9 \ud83d\ude42 \u2028 <&>"`,
		`nul`, "\xff\x00",
		`{"a":{"b":[null,true,false]},"a":1}`, `"\ud800"`, `NaN`, `{"n":1e400}`, `"\u0000"`, `{"n":1}{`, "\ufeff{}",
	} {
		f.Add([]byte(event))
	}
	const room = 4056 // bytes of a short reply, with its content type: see cgo/bridge/export.go
	for size := room - 30; size < room+4; size++ {
		f.Add([]byte(`"` + strings.Repeat("x", size-2) + `"`))
	}
	dir, python := shimStage(f)
	start := func(handler, kind string) *lambdaruntime.Process {
		p, err := lambdaruntime.Start(context.Background(), lambdaruntime.Options{
			Dir: dir, Handler: handler, Python: python, Env: []string{"SOAK_HANDLER=" + kind}, Timeout: time.Minute,
		})
		if err != nil {
			f.Fatal(err)
		}
		f.Cleanup(func() { _ = p.Close() })
		// A fuzzed execution must not take 10 seconds, and the start may, on a busy machine.
		if response, err := p.Invoke(context.Background(), lambdaruntime.Request{Payload: []byte("{}")}); err != nil ||
			response.Failed {
			f.Fatalf("%v: %+v", err, response)
		}
		return p
	}
	echo, rawEcho := start("index.handler", "echo"), start("index.handler", "rawecho")
	passed, copied, bare := start("shim.passed", "rawecho"), start("shim.copied", "rawecho"), start("shim.bare", "echo")
	f.Fuzz(func(t *testing.T, event []byte) {
		answer := func(p *lambdaruntime.Process) *lambdaruntime.Response {
			t.Helper()
			response, err := p.Invoke(t.Context(), lambdaruntime.Request{Payload: event})
			if err != nil {
				t.Fatal(err)
			}
			return response
		}
		if got := answer(echo); got.Failed || !bytes.Equal(got.Payload, event) {
			t.Fatalf("%q became %q", event, got.Payload)
		}
		want, wantErr := lambda.NewHandler(function.Function{}.Handler("rawecho")).Invoke(t.Context(), event)
		if got := answer(rawEcho); got.Failed != (wantErr != nil) || !got.Failed && !bytes.Equal(got.Payload, want) {
			t.Fatalf("%q became %q; without Python, it is %q, %v", event, got.Payload, want, wantErr)
		}
		if bytes.Count(event, []byte("["))+bytes.Count(event, []byte("{")) > 100 {
			t.Skip() // Python has a limit for nested calls
		}
		plain, changed, same := answer(bare), answer(copied), answer(passed)
		if plain.Failed && bytes.Contains(plain.Payload, []byte("Runtime.ExitError")) {
			// From Python 3.12 on, AWS's client ends because it cannot encode a lone surrogate.
			if changed.Failed || same.Failed {
				t.Fatalf("%q became %q; passed on, %q", event, changed.Payload, same.Payload)
			}
			return
		}
		if plain.Failed || !json.Valid(plain.Payload) { // such as Infinity, which is not JSON
			if !changed.Failed {
				t.Fatalf("%q became %q; without Go, %q", event, changed.Payload, plain.Payload)
			}
			return
		}
		if changed.Failed || !reflect.DeepEqual(valueOf(t, changed.Payload), valueOf(t, plain.Payload)) {
			t.Fatalf("%q became %q; without Go, %q", event, changed.Payload, plain.Payload)
		}
		if wantErr == nil && (same.Failed || !bytes.Equal(same.Payload, want)) {
			t.Fatalf("passed on, %q became %q, not %q", event, same.Payload, want)
		}
	})
}

// valueOf decodes JSON, with the text of each number. An event that is -0 is 0 for Python, where there is only one such
// number: a handler that passes on another 0 passes on the event.
func valueOf(t *testing.T, text []byte) (value any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if value == json.Number("-0") {
		return json.Number("0")
	}
	return value
}
