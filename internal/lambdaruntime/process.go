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
		if p.options.Python, err = interpreter.Complete(ctx, options.Python); err != nil {
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

// PID returns the ID of the operating system process, which leads a group, and reports whether that process is running.
func (p *Process) PID() (pid int, running bool) {
	i := p.instanceNow()
	return i.api.group, !i.hasExited()
}

// Kill kills the operating system process. A running invocation fails, and the next one starts a new process.
func (p *Process) Kill() { p.instanceNow().signal() }

// Flush writes what the process has printed so far to Options.Stdout and Stderr, for example all that it has printed
// before its response. On Windows, it does nothing: what a process prints arrives some time later.
func (p *Process) Flush() {
	for _, output := range p.instanceNow().outputs {
		output.flush()
	}
}

func (p *Process) instanceNow() *instance {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.current
}

// Settle waits until the process asks for another event or has ended, for at most a second. By then, what it logs after
// its response has been read.
func (p *Process) Settle() {
	i := p.instanceNow()
	select {
	case <-i.api.idle:
	case <-i.exited:
	case <-time.After(time.Second):
	}
	p.Flush()
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
	p.current.awaitKilled()
	if p.current.used && p.current.hasExited() {
		fresh, err := startInstance(p.options, p.clientDir)
		if err != nil {
			return nil, err
		}
		p.current = fresh
	}
	return p.current, nil
}
