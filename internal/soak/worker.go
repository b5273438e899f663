package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/soak/function"
)

// worker sends events to one process after another.
type worker struct {
	options
	index   int
	kind    string // of handler
	content content
	tally   *tally
	process *lambdaruntime.Process
	stdout  *valve
	stderr  *watch
	memory  memoryLimit
	started bool // an event has been sent
}

// start starts the process. Python 3.12 and newer wait for events in a thread, so every other process does.
func (w *worker) start(ctx context.Context, stage string, python interpreter.Python) (err error) {
	env := []string{"SOAK_HANDLER=" + w.kind, "GORACE=halt_on_error=1"}
	if w.race {
		env = append(env, useRaceAddress)
	}
	if w.index%2 == 1 {
		env = append(env, "AWS_EXECUTION_ENV=AWS_Lambda_python3.13")
	}
	w.process, err = lambdaruntime.Start(ctx, lambdaruntime.Options{
		Dir: stage, Handler: "index.handler", Python: python, Env: env,
		Stdout: w.stdout, Stderr: w.stderr, Timeout: patience, MemorySize: int(w.options.memory),
		Started: func(pid int) {
			if err := w.memory.add(pid); err != nil {
				w.tally.wrong(fmt.Errorf("process %d: limit its memory: %w", w.index, err))
			}
			w.tally.startedProcess()
		},
	})
	return err
}

// run sends the worker's events.
func (w *worker) run(ctx context.Context) error {
	defer context.AfterFunc(ctx, w.stdout.release)() // what waits for the pipe could not end
	if err := w.warmUp(ctx); err != nil {
		return err
	}
	last := w.first + w.invocations
	every := max(w.invocations/samplesPerRun, 1)
	for number := w.firstOwn(); number < last; number += int64(w.processes) {
		s := w.plan(number)
		if err := w.step(ctx, s); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			what := s.what.or("ordinary")
			w.tally.wrong(fmt.Errorf("event %d (%s, %s, %d bytes): %w", number, w.kind, what, s.size, err))
		}
		w.tally.done(s)
		if done := number - w.first; done/every != (done+int64(w.processes))/every {
			one, err := w.sample(ctx)
			if err != nil {
				return fmt.Errorf("look at process %d after event %d: %w", w.index, number, err)
			}
			w.tally.add(one)
		}
	}
	return nil
}

// warmUp sends the process that nothing ends events of the largest size, whose memory the process keeps for later ones:
// they are rare, so that it would seem to grow when the first ones come.
func (w *worker) warmUp(ctx context.Context) error {
	if !w.isSteady(w.index) {
		return nil
	}
	for range 10 {
		s := step{number: w.firstOwn(), act: function.Echo, size: 5 << 20}
		if err := w.step(ctx, s); err != nil {
			return fmt.Errorf("warm up with event %d of %d bytes: %w", s.number, s.size, err)
		}
	}
	return nil
}

// firstOwn returns the number of the first event of this worker.
func (w *worker) firstOwn() int64 {
	number := w.first - w.first%int64(w.processes) + int64(w.index)
	if number < w.first {
		number += int64(w.processes)
	}
	return number
}

// step sends one event with what happens around it, and checks the answer.
func (w *worker) step(ctx context.Context, s step) error {
	payload, err := w.content.event(w.options, s)
	if err != nil {
		return err
	}
	r := request(s, payload)
	if w.started { // before the first event, a signal would be a failed start
		if err := w.before(ctx, s); err != nil {
			return err
		}
	}
	w.started = true
	if s.what == timeout {
		w.process.Settle() // a process that still starts would use up the time
		r.Deadline = time.Now().Add(w.options.timeout)
	}
	response, err := w.during(ctx, s, r)
	if err != nil {
		return fmt.Errorf("%w: %w", errLost, err)
	}
	return w.check(ctx, s, r, response)
}

// errLost is the error of an event that nothing has answered.
var errLost = errors.New("lost")

// check compares the answer with what it should be.
func (w *worker) check(ctx context.Context, s step, r lambdaruntime.Request, response *lambdaruntime.Response) error {
	if response.RequestID != r.RequestID {
		return fmt.Errorf("the answer is that of %s", response.RequestID)
	}
	switch {
	case s.what == timeout:
		return checkTimeout(r, response)
	case s.what == endAtSomeTime && response.Failed, s.act != function.Echo && s.act != function.Print:
		return w.fault(s).check(response)
	}
	want, err := answer(ctx, w.kind, r)
	if err != nil {
		return fmt.Errorf("aws-lambda-go alone fails: %w", err)
	}
	if response.Failed {
		return fmt.Errorf("failed with %.500q instead of answering", response.Payload)
	}
	if !bytes.Equal(response.Payload, want) {
		return difference(response.Payload, want)
	}
	if s.act == function.Print {
		return w.checkPrinted(r)
	}
	return nil
}
