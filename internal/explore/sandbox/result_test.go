package sandbox_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/explore/testfunction"
)

// matches reports whether got equals want, where "…" in want matches anything in a line.
func matches(want, got string) bool {
	pattern := strings.ReplaceAll(regexp.QuoteMeta(want), "…", ".*")
	return regexp.MustCompile("^" + pattern + "$").MatchString(got)
}

// report is the beginning of each REPORT line.
const report = "REPORT RequestId: ID\tDuration: … ms\tBilled Duration: … ms\tMemory Size: … MB\t…"

// TestTranscripts checks the responses and what CloudWatch would show of each kind of end. ID is the request's.
func TestTranscripts(t *testing.T) {
	for name, c := range map[string]struct {
		initialization string
		change         func(*sandbox.Config)
		event          testfunction.Event
		linux          bool // memory is measured there only
		payload        string
		transcript     []string
	}{
		"a response": {
			event:   testfunction.Event{Print: "one", Complain: "two", Repeat: 2},
			payload: `{"print":"one","complain":"two","repeat":2}`,
			transcript: []string{
				"START RequestId: ID Version: $LATEST", "one", "two", "one", "two", "END RequestId: ID",
				report + "Init Duration: … ms\t",
			},
		},
		"a line without an end": {
			event:   testfunction.Event{Print: "one\rtwo\r"},
			payload: `{"print":"one\rtwo\r"}`,
			transcript: []string{
				"START RequestId: ID Version: $LATEST", "one\rtwo", "END RequestId: ID",
				report + "Init Duration: … ms\t",
			},
		},
		"an error that the function reports": {
			event:   testfunction.Event{Fail: "no luck"},
			payload: `{"errorMessage":"no luck","errorType":"errorString"}`,
			transcript: []string{
				"START RequestId: ID Version: $LATEST", "…no luck…", "END RequestId: ID",
				report + "Init Duration: … ms\t",
			},
		},
		"a timeout": {
			change: func(c *sandbox.Config) { c.Timeout = time.Second },
			event:  testfunction.Event{Print: "before", Sleep: time.Hour},
			payload: `{"errorType":"Sandbox.Timedout",` +
				`"errorMessage":"RequestId: ID Error: Task timed out after 1.00 seconds"}`,
			transcript: []string{
				"START RequestId: ID Version: $LATEST", "before",
				"RequestId: ID Error: Task timed out after 1.00 seconds\nSandbox.Timedout", "END RequestId: ID",
				report + "Status: timeout",
			},
		},
		"an exit": {
			event: testfunction.Event{Print: "last words", Exit: 9},
			payload: `{"errorType":"Runtime.ExitError",` +
				`"errorMessage":"RequestId: ID Error: Runtime exited with error: exit status 9"}`,
			transcript: []string{
				"START RequestId: ID Version: $LATEST", "last words",
				"RequestId: ID Error: Runtime exited with error: exit status 9\nRuntime.ExitError", "END RequestId: ID",
				report +
					"Status: error\tError Type: Runtime.ExitError",
			},
		},
		"an exit during the initialization": {
			initialization: "exits",
			payload: `{"errorType":"Runtime.ExitError",` +
				`"errorMessage":"RequestId: ID Error: Runtime exited with error: exit status 7"}`,
			transcript: []string{
				"START RequestId: ID Version: $LATEST", "cannot start",
				"RequestId: ID Error: Runtime exited with error: exit status 7\nRuntime.ExitError",
				"INIT_REPORT Init Duration: … ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError",
				"END RequestId: ID",
				report +
					"Status: error\tError Type: Runtime.ExitError",
			},
		},
		"an initialization that does not end": {
			initialization: "hangs",
			change:         func(c *sandbox.Config) { c.Timeout, c.InitLimit = 100e6, 1400e6 },
			payload: `{"errorType":"Sandbox.Timedout",` +
				`"errorMessage":"RequestId: ID Error: Task timed out after 0.10 seconds"}`,
			transcript: []string{
				"START RequestId: ID Version: $LATEST", "waiting for a database",
				"RequestId: ID Error: Task timed out after 0.10 seconds\nSandbox.Timedout",
				"INIT_REPORT Init Duration: … ms\tPhase: init\tStatus: timeout", "END RequestId: ID",
				report + "Status: timeout",
			},
		},
		"a program that cannot be started": {
			change: func(c *sandbox.Config) { c.Command = []string{"/nothing/here"} },
			payload: `{"errorMessage":"RequestId: ID Error: start /nothing/here: fork/exec /nothing/here: ` +
				`no such file or directory","errorType":"Runtime.InvalidEntrypoint"}`,
			transcript: []string{
				"START RequestId: ID Version: $LATEST",
				"RequestId: ID Error: start /nothing/here: fork/exec /nothing/here: no such file or directory\n" +
					"Runtime.InvalidEntrypoint",
				"INIT_REPORT Init Duration: … ms\tPhase: init\tStatus: error\tError Type: Runtime.InvalidEntrypoint",
				"END RequestId: ID",
				report +
					"Status: error\tError Type: Runtime.InvalidEntrypoint",
			},
		},
		"more memory than allowed, for a while": {
			linux:  true,
			change: func(c *sandbox.Config) { c.MemorySize = 256 },
			event:  testfunction.Event{Allocate: 400, Sleep: time.Hour},
			payload: `{"errorType":"Runtime.ExitError",` +
				`"errorMessage":"RequestId: ID Error: Runtime exited with error: signal: killed"}`,
			transcript: []string{
				"START RequestId: ID Version: $LATEST",
				"RequestId: ID Error: Runtime exited with error: signal: killed\nRuntime.ExitError",
				"END RequestId: ID",
				report + "Max Memory Used: …" +
					"Status: error\tError Type: Runtime.OutOfMemory",
			},
		},
		"more memory than allowed, at the end": {
			linux:  true,
			change: func(c *sandbox.Config) { c.MemorySize = 256 },
			event:  testfunction.Event{Allocate: 400},
			payload: `{"errorMessage":"RequestId: ID Error: Runtime exited with error: signal: killed",` +
				`"errorType":"Runtime.ExitError"}`,
			transcript: []string{
				"START RequestId: ID Version: $LATEST",
				"RequestId: ID Error: Runtime exited with error: signal: killed\nRuntime.ExitError",
				"END RequestId: ID",
				report + "Max Memory Used: …" +
					"Status: error\tError Type: Runtime.OutOfMemory",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if c.linux && runtime.GOOS != "linux" {
				t.Skip("memory is measured on Linux only")
			}
			configuration := config(c.initialization)
			if c.change != nil {
				c.change(&configuration)
			}
			f := start(t, configuration)
			for round := range 2 { // the next invocation has an environment of its own, unless there was a response
				result := invoke(t, f, c.event)
				if result.Failed != (result.ErrorType != "") {
					t.Errorf("failed %v with %q", result.Failed, result.ErrorType)
				}
				if result.Failed && result.ErrorType != "errorString" &&
					(!result.Cold || f.State() != (sandbox.State{})) {
					t.Errorf("cold %v, and afterwards %+v", result.Cold, f.State())
				}
				withoutID := func(text string) string { return strings.ReplaceAll(text, result.RequestID, "ID") }
				if got := withoutID(string(result.Payload)); !sameJSON(got, c.payload) {
					t.Errorf("answered %s, want %s", got, c.payload)
				}
				if round > 0 {
					continue
				}
				got := result.Transcript()
				for i, line := range got {
					got[i] = withoutID(line)
				}
				if !slices.EqualFunc(c.transcript, got, matches) {
					t.Errorf("transcript\n%q, want\n%q", got, c.transcript)
				}
			}
		})
	}
}

// sameJSON reports whether two documents have the same content.
func sameJSON(a, b string) bool {
	var left, right any
	return json.Unmarshal([]byte(a), &left) == nil && json.Unmarshal([]byte(b), &right) == nil &&
		fmt.Sprint(left) == fmt.Sprint(right)
}

func TestBilledTime(t *testing.T) {
	for name, c := range map[string]struct {
		init, duration, total, want time.Duration
		failed, cold                bool
	}{
		"a warm start":            {duration: 1500 * time.Microsecond, want: 2 * time.Millisecond},
		"a whole millisecond":     {duration: 2 * time.Millisecond, want: 2 * time.Millisecond},
		"a cold start":            {init: 10 * time.Millisecond, duration: time.Microsecond, cold: true, want: 11e6},
		"a failed initialization": {total: 7e6 + 1, failed: true, cold: true, want: 8e6},
	} {
		t.Run(name, func(t *testing.T) {
			r := sandbox.Result{Total: c.total, Cold: c.cold}
			r.InitDuration, r.Duration, r.Failed = c.init, c.duration, c.failed
			if got := r.Billed(); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestTheLogBelongsToItsInvocation(t *testing.T) {
	var mu sync.Mutex
	byRequest := map[string][]string{}
	c := config("")
	c.Output = func(requestID string, line sandbox.Line) {
		mu.Lock()
		defer mu.Unlock()
		byRequest[requestID] = append(byRequest[requestID], line.Text)
		if line.At.IsZero() {
			t.Error("a line has no time")
		}
	}
	f := start(t, c)
	file, open := gate(t)
	first := invoke(t, f, testfunction.Event{Print: "first", Repeat: 3, Late: "after the first", LateFile: file})
	open()
	for range 500 {
		mu.Lock()
		seen := len(byRequest[first.RequestID])
		mu.Unlock()
		if seen == 4 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	second := invoke(t, f, testfunction.Event{Print: "second"})
	if got := texts(first); !slices.Equal(got, []string{"first", "first", "first"}) {
		t.Errorf("the first log is %q", got)
	}
	if got := texts(second); !slices.Equal(got, []string{"second"}) {
		t.Errorf("the second log is %q", got)
	}
	mu.Lock()
	defer mu.Unlock()
	want := []string{"first", "first", "first", "after the first"}
	if got := byRequest[first.RequestID]; !slices.Equal(got, want) {
		t.Errorf("of the first, %q was passed on", got)
	}
	if got := byRequest[second.RequestID]; !slices.Equal(got, []string{"second"}) {
		t.Errorf("of the second, %q was passed on", got)
	}
}

// TestTheLogIsComplete invokes often, because what a process has printed before its response arrives separately.
func TestTheLogIsComplete(t *testing.T) {
	f := start(t, config(""))
	for n := range 300 {
		result := invoke(t, f, testfunction.Event{Print: fmt.Sprint("line ", n), Complain: "complaint", Repeat: 20})
		if log := texts(result); len(log) != 40 || log[38] != fmt.Sprint("line ", n) || log[39] != "complaint" {
			t.Fatalf("invocation %d: %q", n, texts(result))
		}
	}
}

func TestLongLogs(t *testing.T) {
	f := start(t, config(""))
	for name, c := range map[string]struct {
		event         testfunction.Event
		kept, dropped int
		longest       int
	}{
		"many lines":  {testfunction.Event{Print: "x", Repeat: 12_000}, 10_000, 2_000, 1},
		"long lines":  {testfunction.Event{Print: strings.Repeat("x", 100<<10), Repeat: 20}, 10, 10, 100 << 10},
		"a huge line": {testfunction.Event{Print: strings.Repeat("x", 700<<10)}, 3, 0, 256 << 10},
	} {
		t.Run(name, func(t *testing.T) {
			result := invoke(t, f, c.event)
			longest := 0
			for _, line := range result.Log {
				longest = max(longest, len(line.Text))
			}
			if len(result.Log) != c.kept || result.Dropped != c.dropped || longest != c.longest {
				t.Errorf("%d lines, %d dropped, longest %d; want %d, %d, %d",
					len(result.Log), result.Dropped, longest, c.kept, c.dropped, c.longest)
			}
		})
	}
}

func TestChildrenCountForTheMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("memory is measured on Linux only")
	}
	f := start(t, config(""))
	before := invoke(t, f, testfunction.Event{})
	seen, after := about(t, f, testfunction.Event{Child: true, Sleep: 1500 * time.Millisecond})
	if grown := after.MaxMemory - before.MaxMemory; grown < 45<<20 {
		t.Errorf("the child used 50 MB, the environment %d bytes more", grown)
	}
	if !testfunction.IsRunning(seen.Child) {
		t.Error("the child has ended with the invocation")
	}
	invoke(t, f, testfunction.Event{Exit: 1})
	if !ends(seen.Child) {
		t.Error("the child has not ended with its environment")
	}
}

func TestTheNextInvocationAfterTooMuchMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("memory is measured on Linux only")
	}
	c := config("")
	c.MemorySize = 256
	f := start(t, c)
	for range 3 {
		result := invoke(t, f, testfunction.Event{Allocate: 400})
		if !result.OutOfMemory || result.MaxMemory < 256<<20 {
			t.Errorf("%+v", result)
		}
		result = invoke(t, f, testfunction.Event{})
		if result.Failed || !result.Cold || result.MaxMemory > 256<<20 {
			t.Errorf("then %+v", result)
		}
	}
}

func TestAPanicEndsTheEnvironmentAfterTheResponse(t *testing.T) {
	f := start(t, config(""))
	before, _ := about(t, f, testfunction.Event{})
	result := invoke(t, f, testfunction.Event{Panic: "out of control"})
	if !result.Failed || !strings.Contains(string(result.Payload), "out of control") || result.Cold {
		t.Errorf("answered %s", result.Payload)
	}
	after, next := about(t, f, testfunction.Event{})
	if before.PID == after.PID || !next.Cold || next.InitDuration == 0 {
		t.Errorf("process %d, then %d, cold %v", before.PID, after.PID, next.Cold)
	}
}
