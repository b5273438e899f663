package sandbox

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// ErrTooMany is the error of an invocation while as many run as Config.Concurrency allows.
var ErrTooMany = errors.New("too many concurrent invocations")

// ErrClosed is the error of an invocation if the function was closed.
var ErrClosed = errors.New("the function is closed")

// Function runs a function in execution environments. It is safe for concurrent use.
type Function struct {
	mu         sync.Mutex // guards what follows
	config     Config
	generation int
	closed     bool
	all        map[*environment]struct{} // those that run or are idle
	idle       []*environment            // the one that was used last is the last
	started    int                       // environments
	detach     func() bool               // from the context of New

	work sync.WaitGroup // invocations, and environments that are being closed
}

// New returns a function. Its environments are started when it is invoked, and end with Close and with ctx.
func New(ctx context.Context, config Config) (*Function, error) {
	config, err := config.withDefaults(ctx)
	if err != nil {
		return nil, err
	}
	f := &Function{config: config, all: map[*environment]struct{}{}}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.detach = context.AfterFunc(ctx, func() { _ = f.Close() })
	return f, nil
}

// Invoke sends the event to an environment and waits for its response. If the function fails in any way, the Result
// says so. An error means that there is no response: ErrTooMany, ErrClosed, ctx ended, or the request is invalid. The
// end of ctx also ends the environment.
func (f *Function) Invoke(ctx context.Context, request lambdaruntime.Request) (*Result, error) {
	if request.RequestID == "" {
		request.RequestID = lambdaruntime.NewRequestID()
	}
	e, err := f.take()
	if err != nil {
		return nil, err
	}
	defer f.work.Done()
	first := !e.used // nobody else uses the environment now
	e.used = true
	result, err := e.invoke(ctx, request)
	if err != nil {
		f.end(e)
		return nil, err
	}
	// A process that has ended after a response is replaced within the environment.
	result.Cold = first || result.InitDuration > 0
	if _, running := e.pid(); running && !result.OutOfMemory {
		f.putBack(e)
	} else {
		f.end(e)
	}
	return result, nil
}

// take returns the environment for an invocation: the idle one that was used last, or else a new one.
func (f *Function) take() (*environment, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil, ErrClosed
	}
	if len(f.all)-len(f.idle) >= f.config.Concurrency {
		return nil, ErrTooMany
	}
	f.work.Add(1)
	if last := len(f.idle) - 1; last >= 0 {
		e := f.idle[last]
		f.idle[last] = nil
		f.idle = f.idle[:last]
		return e, nil
	}
	return f.add(), nil
}

func (f *Function) add() *environment {
	f.started++
	e := newEnvironment(f.started, f.generation, f.config)
	f.all[e] = struct{}{}
	return e
}

// putBack makes an environment available for the next invocation, if it is still up to date.
func (f *Function) putBack(e *environment) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed || e.generation != f.generation {
		f.remove(e)
		return
	}
	f.idle = append(f.idle, e)
	e.last = time.Now()
	if e.unused == nil {
		e.unused = time.AfterFunc(e.config.Idle, func() { f.endIdle(e) })
	}
}

// endIdle ends an environment that has not been used for long enough.
func (f *Function) endIdle(e *environment) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, present := f.all[e]; !present || f.closed {
		return
	}
	at := slices.Index(f.idle, e)
	left := e.config.Idle - time.Since(e.last)
	if at < 0 { // it runs
		left = e.config.Idle
	}
	if left > 0 {
		e.unused.Reset(left) // its uses do not change the timer, which would take longer
		return
	}
	f.idle = slices.Delete(f.idle, at, at+1)
	f.remove(e)
}

// end removes an environment.
func (f *Function) end(e *environment) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.remove(e)
}

// remove removes an environment and closes it in the background. The caller has locked the function, and an invocation
// is running or the function is not closed.
func (f *Function) remove(e *environment) {
	delete(f.all, e)
	if e.unused != nil {
		e.unused.Stop()
	}
	f.work.Add(1)
	go func() {
		defer f.work.Done()
		e.close()
	}()
}

// Warm starts an environment if there is none, so that the next invocation need not wait for its start.
func (f *Function) Warm(ctx context.Context) error {
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return ErrClosed
	}
	if len(f.all) > 0 {
		f.mu.Unlock()
		return nil
	}
	e := f.add()
	f.work.Add(1)
	f.mu.Unlock()
	defer f.work.Done()
	if err := e.start(ctx); err != nil {
		f.end(e)
		return err
	}
	f.putBack(e)
	return nil
}

// Replace makes later invocations use another configuration, for example a new build. Running invocations end in their
// environments.
func (f *Function) Replace(ctx context.Context, config Config) error {
	config, err := config.withDefaults(ctx)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return ErrClosed
	}
	f.config = config
	f.generation++
	for _, e := range f.idle {
		f.remove(e)
	}
	f.idle = nil
	return nil
}

// Retire makes later invocations fail with ErrClosed. Running ones end in their environments, unless Close ends them.
func (f *Function) Retire() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range f.idle {
		f.remove(e)
	}
	f.idle, f.closed = nil, true
}

// Close ends all environments and running invocations, and waits for their ends. It always returns nil.
func (f *Function) Close() error {
	f.mu.Lock()
	f.closed = true
	f.detach()
	f.idle = nil
	for e := range f.all {
		f.remove(e)
	}
	f.mu.Unlock()
	f.work.Wait()
	return nil
}
