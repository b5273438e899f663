package lambdaruntime

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/go-sparta/sparta/internal/interpreter"
)

// ErrClosed is the error of Invoke if the process was closed or the context of Start ended.
var ErrClosed = errors.New("the function's process is closed")

// initLimit is how long a function may initialize in Lambda before its first invocation.
const initLimit = 10 * time.Second

// Process is a function that serves one invocation at a time. If its operating system process has ended, the
// next invocation starts a new one. It is safe for concurrent use.
type Process struct {
	options   Options
	clientDir string
	turn      chan struct{} // held by the running invocation
	closed    chan struct{}

	mu      sync.Mutex // guards what follows and the closing of closed
	current *instance
	detach  func() bool // from the context of Start
}

// Start starts a function's process without waiting for its initialization, whose failure the first invocation
// reports. The process ends with Close, with ctx and, on Linux, with this program.
func Start(ctx context.Context, options Options) (*Process, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("run function: %w", err)
	}
	p := &Process{options: options, turn: make(chan struct{}, 1), closed: make(chan struct{})}
	if len(options.Command) == 0 {
		if p.options.Python, err = completed(ctx, options.Python); err != nil {
			return nil, err
		}
		if p.clientDir, err = installClient(options.Workspace); err != nil {
			return nil, err
		}
	}
	if p.current, err = startInstance(p.options, p.clientDir); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.detach = context.AfterFunc(ctx, func() { _ = p.Close() })
	return p, nil
}

// Close ends the process and any running invocation, and waits for the end. It always returns nil.
func (p *Process) Close() error {
	p.mu.Lock()
	select {
	case <-p.closed:
	default:
		close(p.closed)
	}
	i := p.current
	p.detach()
	p.mu.Unlock()
	i.kill()
	return nil
}

// Settle waits until the process asks for another event or has ended, for at most a second. By then, what it logs after
// its response has been read.
func (p *Process) Settle() {
	p.mu.Lock()
	i := p.current
	p.mu.Unlock()
	select {
	case <-i.api.idle:
	case <-i.exited:
	case <-time.After(time.Second):
	}
}

// ended returns an error if ctx has ended or the process is closed.
func (p *Process) ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-p.closed:
		return ErrClosed
	default:
		return nil
	}
}

// instance returns the process to invoke. A process that has ended is replaced, but only after an invocation
// has reported that.
func (p *Process) instance(ctx context.Context) (*instance, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.ended(ctx); err != nil {
		return nil, err
	}
	if p.current.used && p.current.hasExited() {
		fresh, err := startInstance(p.options, p.clientDir)
		if err != nil {
			return nil, err
		}
		p.current = fresh
	}
	return p.current, nil
}

// completed returns the interpreter with the fields that are missing: it inspects it, or searches for one.
func completed(ctx context.Context, p interpreter.Python) (interpreter.Python, error) {
	switch {
	case p.Path == "":
		return interpreter.Find(ctx, p.Version)
	case p.Version == "":
		return interpreter.Inspect(ctx, p.Path)
	default:
		return p, nil
	}
}
