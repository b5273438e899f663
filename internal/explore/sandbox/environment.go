package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// environment is an execution environment: a process that serves one invocation at a time.
type environment struct {
	number     int
	generation int
	config     Config
	output     *collector
	memory     *memory

	mu      sync.Mutex             // guards what follows
	process *lambdaruntime.Process // nil until it has been started
	closed  bool

	used bool // an invocation has begun in it; only the one that runs uses this

	// Function.mu guards what follows.
	last   time.Time   // the end of the last invocation
	unused *time.Timer // ends the environment after a time without invocations
}

func newEnvironment(number, generation int, config Config) *environment {
	return &environment{
		number:     number,
		generation: generation,
		config:     config,
		output:     &collector{passOn: config.Output},
		memory:     &memory{limit: config.limit()},
	}
}

// start starts the process, unless it has been started, without waiting for its initialization.
func (e *environment) start(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return ErrClosed
	}
	if e.process != nil {
		return nil
	}
	// The process must not end with the invocation that needs it first.
	process, err := lambdaruntime.Start(context.WithoutCancel(ctx), e.config.options(e.output))
	if err != nil {
		return err
	}
	e.process, e.memory.process = process, process
	return nil
}

// close ends the process and any running invocation, and waits for the end.
func (e *environment) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	if e.process != nil {
		_ = e.process.Close() // always nil
	}
}

// pid returns the ID of the process, which leads a group, and reports whether it is running.
func (e *environment) pid() (int, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.process == nil {
		return 0, false
	}
	return e.process.PID()
}

// invoke invokes the function. It starts the process, if that is necessary.
func (e *environment) invoke(ctx context.Context, request lambdaruntime.Request) (*Result, error) {
	begin := time.Now()
	e.output.begin(request.RequestID)
	response, err := e.respond(ctx, request)
	if err != nil {
		e.output.end()
		return nil, err
	}
	result := newResult(response, e.config)
	result.Total = time.Since(begin)
	result.Environment = e.number
	if e.memory.process != nil {
		var exceeded bool
		if result.MaxMemory, exceeded = e.memory.stop(result.Total); exceeded {
			e.memory.process.Kill()
			result.killed()
		}
		e.memory.process.Flush()
	}
	result.Log, result.Dropped = e.output.end()
	return result, nil
}

// respond returns the response. If the process cannot be started, it is the error document for that.
func (e *environment) respond(ctx context.Context, request lambdaruntime.Request) (*lambdaruntime.Response, error) {
	if err := e.start(ctx); errors.Is(err, ErrClosed) {
		return nil, err
	} else if err != nil {
		document, _ := json.Marshal(map[string]string{ // strings always marshal
			"errorType":    entrypointError,
			"errorMessage": "RequestId: " + request.RequestID + " Error: " + err.Error(),
		})
		return &lambdaruntime.Response{RequestID: request.RequestID, Payload: document, Failed: true}, nil
	}
	e.memory.watch()
	response, err := e.memory.process.Invoke(ctx, request)
	if err == nil {
		return response, nil
	}
	e.memory.stop(0)
	if errors.Is(err, lambdaruntime.ErrClosed) {
		return nil, ErrClosed
	}
	return nil, fmt.Errorf("invoke %s: %w", e.config.Name, err)
}
