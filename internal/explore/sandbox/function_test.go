package sandbox_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/explore/testfunction"
	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

func TestNewRefusesInvalidConfigurations(t *testing.T) {
	for name, c := range map[string]struct {
		config sandbox.Config
		want   string
	}{
		"a negative concurrency": {sandbox.Config{Concurrency: -1, Command: []string{"x"}}, "concurrency -1"},
		"a negative timeout":     {sandbox.Config{Timeout: -1, Command: []string{"x"}}, "timeout -1ns"},
		"an interpreter that is missing": {
			sandbox.Config{Name: "f", Handler: "a.b", Python: interpreter.Python{Path: "/nothing"}}, "run /nothing",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if f, err := sandbox.New(t.Context(), c.config); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, %v, want %q", f, err, c.want)
			}
		})
	}
}

func TestAnEnvironmentIsUsedAgain(t *testing.T) {
	f := start(t, config(""))
	first, cold := about(t, f, testfunction.Event{})
	second, warm := about(t, f, testfunction.Event{})
	if !cold.Cold || cold.InitDuration <= 0 || warm.Cold || warm.InitDuration != 0 {
		t.Errorf("cold %v, initialized in %v; then cold %v, %v",
			cold.Cold, cold.InitDuration, warm.Cold, warm.InitDuration)
	}
	if first.PID != second.PID || second.Calls != 2 || cold.Environment != 1 || warm.Environment != 1 {
		t.Errorf("process %d in environment %d, then %d (call %d) in %d",
			first.PID, cold.Environment, second.PID, second.Calls, warm.Environment)
	}
	if cold.Total < cold.InitDuration+cold.Duration || cold.MaxMemory < 1<<20 || cold.MemorySize != 1024 {
		t.Errorf("the first result is %+v", cold)
	}
	if second.Function != "tested" || second.Version != "$LATEST" || second.RequestID != warm.RequestID ||
		second.Remaining < 30*time.Second {
		t.Errorf("the function sees %+v", second)
	}
}

// blocked invokes the function until n invocations run, and returns a function that waits for their ends.
func blocked(t *testing.T, f *sandbox.Function, n int, event testfunction.Event) (wait func() []*sandbox.Result) {
	t.Helper()
	results := make([]*sandbox.Result, n)
	var group sync.WaitGroup
	for i := range n {
		group.Add(1)
		go func() {
			defer group.Done()
			results[i], _ = f.Invoke(t.Context(), lambdaruntime.Request{Payload: event.JSON()})
		}()
	}
	for f.State().Running < n {
		time.Sleep(time.Millisecond)
	}
	return func() []*sandbox.Result { group.Wait(); return results }
}

func TestConcurrentInvocationsHaveEnvironmentsOfTheirOwnUpToTheLimit(t *testing.T) {
	c := config("")
	c.Concurrency = 3
	f := start(t, c)
	file, open := gate(t)
	wait := blocked(t, f, 3, testfunction.Event{Until: file})
	_, err := f.Invoke(t.Context(), lambdaruntime.Request{Payload: []byte("1")})
	if !errors.Is(err, sandbox.ErrTooMany) {
		t.Errorf("the fourth invocation: %v, want %v", err, sandbox.ErrTooMany)
	}
	open()
	var environments []int
	for _, result := range wait() {
		if result == nil || result.Failed || !result.Cold {
			t.Fatalf("%+v", result)
		}
		environments = append(environments, result.Environment)
	}
	if slices.Sort(environments); !slices.Equal(environments, []int{1, 2, 3}) {
		t.Errorf("environments %v", environments)
	}
	if state := f.State(); state != (sandbox.State{Idle: 3}) {
		t.Errorf("afterwards %+v", state)
	}

	// The one that was used last is used again, so that the others become idle for long enough to end.
	last := invoke(t, f, testfunction.Event{}).Environment
	for range 3 {
		if got := invoke(t, f, testfunction.Event{}); got.Environment != last || got.Cold {
			t.Errorf("environment %d, cold %v, want %d", got.Environment, got.Cold, last)
		}
	}
}

func TestUnusedEnvironmentsEnd(t *testing.T) {
	c := config("")
	c.Idle = 200 * time.Millisecond
	f := start(t, c)
	first, _ := about(t, f, testfunction.Event{})
	for range 100 {
		if f.State() == (sandbox.State{}) && !testfunction.IsRunning(first.PID) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if state := f.State(); state != (sandbox.State{}) || testfunction.IsRunning(first.PID) {
		t.Errorf("it has not ended: %+v", state)
	}
	if _, result := about(t, f, testfunction.Event{}); !result.Cold || result.Environment != 2 {
		t.Errorf("cold %v in environment %d", result.Cold, result.Environment)
	}
}

func TestReplaceLetsRunningInvocationsEnd(t *testing.T) {
	f := start(t, config(""))
	file, open := gate(t)
	wait := blocked(t, f, 2, testfunction.Event{Until: file, About: true})
	next := config("")
	next.Name = "replaced"
	if err := f.Replace(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	seen, result := about(t, f, testfunction.Event{})
	if seen.Function != "replaced" || !result.Cold {
		t.Errorf("%+v, cold %v", seen, result.Cold)
	}
	if state := f.State(); state != (sandbox.State{Running: 2, Old: 2, Idle: 1}) {
		t.Errorf("meanwhile %+v", state)
	}
	open()
	for _, old := range wait() {
		if old == nil || old.Failed || !strings.Contains(string(old.Payload), `"tested"`) {
			t.Errorf("a running invocation: %+v", old)
		}
	}
	for range 100 {
		if len(f.PIDs()) == 1 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if left := f.PIDs(); !slices.Equal(left, []int{seen.PID}) || f.State() != (sandbox.State{Idle: 1}) {
		t.Errorf("afterwards, the processes %d run, not only %d: %+v", left, seen.PID, f.State())
	}
	if err := f.Replace(t.Context(), sandbox.Config{Timeout: -1}); err == nil {
		t.Error("an invalid configuration is accepted")
	}
}

func TestCloseEndsEverythingAtOnce(t *testing.T) {
	f := start(t, config(""))
	seen, _ := about(t, f, testfunction.Event{Child: true})
	wait := blocked(t, f, 3, testfunction.Event{Sleep: time.Hour})
	begin := time.Now()
	_ = f.Close()
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
	for _, result := range wait() {
		if result != nil {
			t.Errorf("answered %s", result.Payload)
		}
	}
	if testfunction.IsRunning(seen.PID) || !ends(seen.Child) {
		t.Error("the process or its child is running")
	}
	_, err := f.Invoke(t.Context(), lambdaruntime.Request{Payload: []byte("1")})
	if !errors.Is(err, sandbox.ErrClosed) {
		t.Errorf("afterwards %v", err)
	}
	if err := f.Replace(t.Context(), config("")); !errors.Is(err, sandbox.ErrClosed) {
		t.Errorf("then %v", err)
	}
}

func TestRetireLetsRunningInvocationsEnd(t *testing.T) {
	f := start(t, config(""))
	file, open := gate(t)
	wait := blocked(t, f, 1, testfunction.Event{Until: file})
	f.Retire()
	if _, err := f.Invoke(t.Context(), lambdaruntime.Request{}); !errors.Is(err, sandbox.ErrClosed) {
		t.Errorf("another invocation: %v", err)
	}
	open()
	if results := wait(); results[0] == nil || results[0].Failed {
		t.Errorf("the running invocation has not ended by itself: %+v", results[0])
	}
	_ = f.Close()
	if state := f.State(); state != (sandbox.State{}) {
		t.Errorf("afterwards %+v", state)
	}
}

func TestTheContextOfNewEndsTheFunction(t *testing.T) {
	testfunction.CheckLeaks(t)
	ctx, cancel := context.WithCancel(t.Context())
	f, err := sandbox.New(ctx, config(""))
	if err != nil {
		t.Fatal(err)
	}
	wait := blocked(t, f, 1, testfunction.Event{Sleep: time.Hour})
	cancel()
	wait()
	if _, err := f.Invoke(t.Context(), lambdaruntime.Request{}); !errors.Is(err, sandbox.ErrClosed) {
		t.Errorf("afterwards %v", err)
	}
	_ = f.Close() // waits for the end that the context has begun
}

func TestTheContextOfAnInvocationEndsItsEnvironmentOnly(t *testing.T) {
	f := start(t, config(""))
	first, _ := about(t, f, testfunction.Event{})
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	_, err := f.Invoke(ctx, lambdaruntime.Request{Payload: testfunction.Event{Sleep: time.Hour}.JSON()})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	second, result := about(t, f, testfunction.Event{})
	if !result.Cold || first.PID == second.PID {
		t.Errorf("process %d, then %d, cold %v", first.PID, second.PID, result.Cold)
	}
}

func TestWarmStartsAnEnvironmentAhead(t *testing.T) {
	var started []int
	options := config("")
	options.Started = func(pid int) { started = append(started, pid) }
	f := start(t, options)
	for range 2 {
		if err := f.Warm(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if state := f.State(); len(started) != 1 || state != (sandbox.State{Idle: 1}) {
		t.Fatalf("processes %d, %+v", started, state)
	}
	seen, result := about(t, f, testfunction.Event{})
	if seen.PID != started[0] || len(started) != 1 || result.InitDuration == 0 {
		t.Errorf("process %d of %d, initialized in %v", seen.PID, started, result.InitDuration)
	}
}

func TestAThousandParallelInvocations(t *testing.T) {
	f := start(t, config(""))
	var group sync.WaitGroup
	var mu sync.Mutex
	answered, throttled := 0, 0
	for range 1000 {
		group.Add(1)
		go func() {
			defer group.Done()
			result, err := f.Invoke(t.Context(), lambdaruntime.Request{Payload: []byte(`{"sleep":1000000}`)})
			mu.Lock()
			defer mu.Unlock()
			switch {
			case errors.Is(err, sandbox.ErrTooMany):
				throttled++
			case err != nil || result.Failed:
				t.Errorf("%v, %+v", err, result)
			default:
				answered++
			}
		}()
	}
	group.Wait()
	if answered < 10 || answered+throttled != 1000 {
		t.Errorf("%d answered, %d throttled", answered, throttled)
	}
	if state := f.State(); state.Idle > 10 || state.Running != 0 {
		t.Errorf("afterwards %+v", state)
	}
}
