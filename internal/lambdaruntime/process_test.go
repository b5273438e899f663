//go:build go1.25

package lambdaruntime_test

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

func TestStartRefusesInvalidOptions(t *testing.T) {
	for name, c := range map[string]struct {
		options lambdaruntime.Options
		want    string
	}{
		"no handler":                 {lambdaruntime.Options{Dir: functions}, "needs a handler"},
		"no folder":                  {lambdaruntime.Options{Dir: "testdata/none", Handler: "a.b"}, "testdata/none"},
		"a file instead of a folder": {lambdaruntime.Options{Dir: "options.go", Handler: "a.b"}, "is not a folder"},
		"no such program": {
			lambdaruntime.Options{Dir: ".", Command: []string{"/nothing/here"}}, "start /nothing/here",
		},
		"no such interpreter": {
			lambdaruntime.Options{Dir: ".", Handler: "a.b", Python: interpreter.Python{Path: "/nothing/here"}},
			"run /nothing/here",
		},
		"a workspace that is a file": {
			lambdaruntime.Options{
				Dir:       ".",
				Handler:   "a.b",
				Python:    interpreter.Python{Path: "/p", Version: "3.6"},
				Workspace: "options.go",
			},
			"write the Python runtime client",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := lambdaruntime.Start(t.Context(), c.options)
			if err == nil {
				_ = p.Close()
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// TestInvocationsThatAreEnded ends an invocation and checks the next one.
func TestInvocationsThatAreEnded(t *testing.T) {
	for name, c := range map[string]struct {
		giveUp func(cancelInvoke, cancelStart func(), p *lambdaruntime.Process)
		want   error
		next   error
	}{
		"the invocation's context ends": {
			func(invoke, _ func(), _ *lambdaruntime.Process) { invoke() }, context.Canceled, nil,
		},
		"the context of Start ends": {
			func(_, start func(), _ *lambdaruntime.Process) { start() },
			lambdaruntime.ErrClosed,
			lambdaruntime.ErrClosed,
		},
		"the process is closed": {
			func(_, _ func(), p *lambdaruntime.Process) { _ = p.Close() },
			lambdaruntime.ErrClosed,
			lambdaruntime.ErrClosed,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			startContext, cancelStart := context.WithCancel(t.Context())
			defer cancelStart()
			p, err := lambdaruntime.Start(startContext, lambdaruntime.Options{
				Dir:       functions,
				Handler:   "fails.sleeps",
				Python:    python(t),
				Workspace: workspace(),
				Timeout:   time.Minute,
				OwnClient: true,
			})
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			first := invoke(t, p, "0")

			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			time.AfterFunc(200*time.Millisecond, func() { c.giveUp(cancel, cancelStart, p) })
			begin := time.Now()
			response, err := p.Invoke(ctx, lambdaruntime.Request{Payload: []byte("60")})
			if !errors.Is(err, c.want) {
				t.Errorf("got %v (%v), want %v", err, response, c.want)
			}
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("took %v", took)
			}

			next, err := p.Invoke(t.Context(), lambdaruntime.Request{Payload: []byte("0")})
			if !errors.Is(err, c.next) {
				t.Fatalf("then %v, want %v", err, c.next)
			}
			if c.next == nil && (next.Failed || string(next.Payload) == string(first.Payload)) {
				t.Errorf("then %s from the process %s", next.Payload, first.Payload)
			}
		})
	}
}

func TestConcurrentInvocationsAreServedOneByOne(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "fails.pid_or_exit"})
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for round := range 20 {
				event := "1"
				if worker == 0 && round%7 == 3 {
					event = `"exit"`
				}
				response, err := p.Invoke(t.Context(), lambdaruntime.Request{Payload: []byte(event)})
				if err != nil || response.Failed != (event != "1") {
					t.Errorf("%s: %v, %v", event, response, err)
				}
			}
		})
	}
	group.Wait()
}

func TestConcurrentClose(t *testing.T) {
	for round := range 10 {
		p := start(t, lambdaruntime.Options{Handler: "values.echo"})
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				for {
					response, err := p.Invoke(t.Context(), lambdaruntime.Request{Payload: []byte("1")})
					if err == nil && response.Failed {
						t.Errorf("closed, but responded %s", response.Payload)
					}
					if err != nil {
						if !errors.Is(err, lambdaruntime.ErrClosed) {
							t.Error(err)
						}
						return
					}
				}
			})
			group.Go(func() {
				time.Sleep(time.Duration(round) * 15 * time.Millisecond)
				_ = p.Close()
			})
		}
		group.Wait()
	}
}

func TestProcessesShareTheClientOfAWorkspace(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		p := start(t, lambdaruntime.Options{Handler: "values.echo", Workspace: dir})
		invoke(t, p, "1")
		_ = p.Close()
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) != 1 {
			t.Fatalf("the workspace has %v (%v)", entries, err)
		}
		// The next process repairs a damaged client.
		script := filepath.Join(dir, entries[0].Name(), "bootstrap.py")
		if err := os.WriteFile(script, []byte("raise"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A program may send requests that the Runtime API does not have.
func TestTheRuntimeAPIRefusesUnknownRequests(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "about.runtime_api"})
	wanted := map[string]float64{
		"GET /": 404,
		"GET /2018-06-01/runtime/invocation/other":           404,
		"POST /2018-06-01/runtime/invocation/next":           404,
		"POST /2018-06-01/runtime/invocation/other/response": 400,
		"POST /2018-06-01/runtime/invocation/other/error":    400,
	}
	requests, err := json.Marshal(slices.Collect(maps.Keys(wanted)))
	if err != nil {
		t.Fatal(err)
	}
	answers := ask(t, p, lambdaruntime.Request{Payload: requests}).(map[string]any)
	for request, want := range wanted {
		answer := answers[request].([]any)
		if answer[0] != want || !strings.Contains(answer[1].(string), `"errorType"`) {
			t.Errorf("%s: %v, want %v", request, answer, want)
		}
	}
}
