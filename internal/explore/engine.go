package explore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/explore/lambdaapi"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/localservice"
)

// engine runs the functions of the last good build.
type engine struct {
	ctx     context.Context // of the environments
	options *parsed
	history *history.History
	ready   chan struct{} // closed when the first build has ended
	once    sync.Once     // closes it

	mu        sync.RWMutex // guards what follows
	functions map[string]*function
	retired   []*function // that the service no longer has: invocations may still be running
	service   localservice.Service
	listed    []lambdaapi.Function // its functions, as list returns them
	starting  sync.WaitGroup       // of environments for a debugger
	stages    []stage              // the last one is in use
	problem   error                // why there are no functions yet
	runtime   string               // Lambda's name of the Python
	modified  time.Time            // when the present build began to serve
	roots     []string             // folders of the modules
	building  bool
	broken    string // why the last build has failed; empty if it has not
}

// function is a function of the service.
type function struct {
	*sandbox.Function
	config sandbox.Config

	// While functions are debugged:
	turn    chan struct{} // held by an invocation, while others wait
	invoked atomic.Bool
}

func newEngine(ctx context.Context, options *parsed) *engine {
	return &engine{
		ctx:       ctx,
		options:   options,
		history:   history.New(history.Options{}),
		ready:     make(chan struct{}),
		functions: map[string]*function{},
		problem:   errors.New("the service is being built"),
	}
}

// apply makes later invocations use a build. Running ones end in the environments that they are in.
func (e *engine) apply(built build, service localservice.Service) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.forgetRetired()
	stages := []string{built.Artifact.Stage}
	if service.Stage != "" {
		stages = append(stages, service.Stage)
	}
	if err := e.keep(stages...); err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, described := range service.Functions {
		config := e.config(built, described)
		name := described.Description.Name
		wanted[name] = true
		if err := e.replace(name, config); err != nil {
			return err
		}
	}
	for name, one := range e.functions {
		if !wanted[name] {
			delete(e.functions, name)
			one.Retire()
			e.retired = append(e.retired, one)
		}
	}
	e.service, e.problem = service, nil
	e.runtime, e.modified, e.roots = built.Artifact.Python, time.Now(), built.Roots
	e.listed = e.listing()
	if e.options.debug {
		e.startForDebugger()
	}
	return nil
}

// replace starts a function, or gives it another configuration. The caller has locked the engine.
func (e *engine) replace(name string, config sandbox.Config) error {
	known := e.functions[name]
	switch {
	case known == nil:
		started, err := sandbox.New(e.ctx, config)
		if err != nil {
			return fmt.Errorf("run function %s: %w", name, err)
		}
		e.functions[name] = &function{Function: started, config: config, turn: make(chan struct{}, 1)}
		return nil
	case same(known.config, config):
		return nil
	}
	if err := known.Replace(e.ctx, config); err != nil {
		return fmt.Errorf("run function %s: %w", name, err)
	}
	known.config = config
	return nil
}

// forgetRetired closes the functions of earlier services whose last invocations have ended: they would be kept until
// the end of the program. The caller has locked the engine.
func (e *engine) forgetRetired() {
	e.retired = slices.DeleteFunc(e.retired, func(one *function) bool {
		if one.State().Running > 0 {
			return false
		}
		_ = one.Close() // always nil
		return true
	})
}

// same reports whether two configurations mean the same.
func same(a, b sandbox.Config) bool {
	if !slices.Equal(a.Env, b.Env) {
		return false
	}
	a.Env, b.Env, a.Output, b.Output, a.Started, b.Started = nil, nil, nil, nil, nil, nil
	return fmt.Sprintf("%+v", a) == fmt.Sprintf("%+v", b)
}

// begin records that a build has begun.
func (e *engine) begin() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.building = true
}

// end records that a build has ended, with an error or without. The first end lets invocations begin.
func (e *engine) end(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.building, e.broken = false, ""
	if err != nil {
		e.broken = err.Error()
		if e.problem != nil {
			e.problem = err
		}
	}
	e.once.Do(func() { close(e.ready) })
}

// serves reports whether there has been a good build.
func (e *engine) serves() bool {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.problem == nil
}

// failure returns why there has been no good build, or nil if there has been one.
func (e *engine) failure() error {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.problem
}

// described returns the service that is served.
func (e *engine) described() localservice.Service {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.service
}

// find returns a function, once the first build has ended.
func (e *engine) find(ctx context.Context, name string) (*function, error) {
	select {
	case <-e.ready:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.problem != nil {
		return nil, lambdaapi.NotReady(name, "Failed: "+e.problem.Error())
	}
	found := e.functions[name]
	if found == nil {
		return nil, fmt.Errorf("the service has no function %s", name)
	}
	return found, nil
}

// origin is where a request comes from, as the history says it.
type origin struct{ source, caller string }

// invoke invokes a function and records that.
func (e *engine) invoke(
	ctx context.Context, from origin, name string, request lambdaruntime.Request,
) (*sandbox.Result, error) {
	if request.RequestID == "" {
		request.RequestID = lambdaruntime.NewRequestID()
	}
	start := time.Now()
	e.arrived(start, from, name, request)
	result, err := e.send(ctx, name, request)
	e.record(request.RequestID, name, time.Since(start), result, err)
	return result, err
}

// process is as invoke, for an event that no client waits for. One that the function has no room for is sent again
// soon, and counts as running until then.
func (e *engine) process(ctx context.Context, name string, request lambdaruntime.Request) (*sandbox.Result, error) {
	start := time.Now()
	if entry, known := e.history.Get(request.RequestID); !known || entry.Request.State != history.Running {
		e.arrived(start, origin{source: "lambda"}, name, request)
	}
	result, err := e.send(ctx, name, request)
	if !errors.Is(err, sandbox.ErrTooMany) {
		e.record(request.RequestID, name, time.Since(start), result, err)
	}
	return result, err
}

// arrived records that a request has arrived.
func (e *engine) arrived(start time.Time, from origin, name string, request lambdaruntime.Request) {
	e.history.Add(history.Entry{
		ID: request.RequestID, At: start,
		Request: &history.Request{
			Function: name, Source: from.source, Caller: from.caller, State: history.Running, Event: request.Payload,
		},
	})
}

// send sends a request to its function.
func (e *engine) send(ctx context.Context, name string, request lambdaruntime.Request) (*sandbox.Result, error) {
	found, err := e.find(ctx, name)
	if err != nil {
		return nil, err
	}
	if e.options.debug {
		return e.invokeInTurn(ctx, name, found, request)
	}
	return found.Invoke(ctx, request)
}

// close ends all functions and releases their stages.
func (e *engine) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	var work sync.WaitGroup
	for _, one := range slices.AppendSeq(e.retired, maps.Values(e.functions)) {
		work.Add(1)
		go func() {
			defer work.Done()
			_ = one.Close() // always nil
		}()
	}
	work.Wait()
	e.starting.Wait()
	for _, one := range e.stages {
		one.release()
	}
	e.functions, e.retired, e.stages = map[string]*function{}, nil, nil
}
