package explore

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/sparta"
)

func TestDebugRefusesConcurrency(t *testing.T) {
	_, err := Options{Flags: commandline.Explore{Debug: true, Concurrency: "2"}}.parse()
	if err == nil || !strings.Contains(err.Error(), "omit -concurrency") {
		t.Errorf("parse() = %v", err)
	}
}

// The configuration that is shown can be copied as it is.
func TestLaunchConfiguration(t *testing.T) {
	text := debugAdvice(`/a "b"/python3`)
	start, end := strings.Index(text, "{\n"), strings.LastIndex(text, "\n}")
	var launch struct {
		Configurations []struct{ Type, Request, Program, ProcessID string }
	}
	if err := json.Unmarshal([]byte(text[start:end+2]), &launch); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	if len(launch.Configurations) != 1 || launch.Configurations[0].Program != `/a "b"/python3` {
		t.Errorf("the configuration is %+v", launch)
	}
}

// Nothing ends while somebody looks at it with a debugger, and the limits that the service has do not count.
func TestDebugConfiguration(t *testing.T) {
	e, log := newTestEngine(t)
	e.options.debug, e.options.concurrency = true, 1
	config := e.config(build{}, localservice.Function{
		Description: sparta.FunctionDescription{Name: "greet", Timeout: 3, ReservedConcurrentExecutions: 5},
	})
	if config.Timeout != unlimited || config.InitLimit != unlimited || config.Idle != unlimited ||
		config.Concurrency != 1 {
		t.Errorf("the configuration is %+v", config)
	}
	config.Started(4711)
	entries := e.history.List()
	want := history.Process{Function: "greet", PID: 4711}
	if last := entries[len(entries)-1].Process; last == nil || *last != want {
		t.Errorf("the history has %+v", entries)
	}
	if !strings.Contains(log.String(), "dlv attach 4711") {
		t.Errorf("the log has %s", log)
	}
}

// While a function is debugged, invocations wait for each other instead of failing.
func TestDebuggedInvocationsWait(t *testing.T) {
	e, _ := newTestEngine(t)
	e.options.debug = true
	one := e.functions["f"]
	release, err := one.wait(t.Context()) // as an invocation at a breakpoint
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.send(ctx, "f", lambdaruntime.Request{Payload: []byte("{}")}); !errors.Is(err, context.Canceled) {
		t.Errorf("the second invocation ends with %v", err)
	}
	ended := make(chan error, 1)
	go func() {
		_, err := e.send(t.Context(), "f", lambdaruntime.Request{Payload: []byte("{}")})
		ended <- err
	}()
	release()
	if err := <-ended; err != nil {
		t.Errorf("the third invocation ends with %v", err)
	}
	if state := one.State(); state != (sandbox.State{Idle: 1}) {
		t.Errorf("afterwards the state is %+v", state)
	}
}

// An environment that has ended is replaced, to attach a debugger to the next one.
func TestDebuggedFunctionStartsAgain(t *testing.T) {
	e, _ := newTestEngine(t)
	e.options.debug = true
	started := make(chan int, 9)
	config := e.functions["f"].config
	config.Started = func(pid int) { started <- pid }
	if err := e.functions["f"].Replace(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	if _, err := e.send(t.Context(), "f", lambdaruntime.Request{Payload: []byte(`{"exit":9}`)}); err != nil {
		t.Fatal(err)
	}
	if first, second := <-started, <-started; first == second {
		t.Errorf("both environments have process %d", first)
	}
	if state := e.functions["f"].State(); state != (sandbox.State{Idle: 1}) {
		t.Errorf("afterwards the state is %+v", state)
	}
	e.mu.Lock()
	e.startForDebugger() // nothing more is needed
	e.mu.Unlock()
	e.starting.Wait()
	if len(started) != 0 {
		t.Error("another environment was started")
	}
}
