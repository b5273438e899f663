package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/soak/function"
)

// before disturbs the process between two events.
func (w *worker) before(ctx context.Context, s step) error {
	pid, running := w.process.PID()
	if !running {
		return nil // the previous event has ended it, and this one starts another
	}
	err := w.disturb(ctx, s, pid)
	if errors.Is(err, syscall.ESRCH) {
		return nil // it has ended since: after a panic, it does that by itself
	}
	return err
}

func (w *worker) disturb(ctx context.Context, s step, pid int) error {
	switch s.what {
	case endBetween:
		return w.end(ctx, pid)
	case freeze, thaw:
		if s.number%2 == 0 {
			w.process.Settle() // otherwise, it may be frozen while it still asks for the event
		}
		if err := pauseGroup(pid); err != nil {
			return err
		}
		sleep(ctx, s.pause)
		if s.what == freeze {
			return resumeGroup(pid)
		}
		time.AfterFunc(2*time.Millisecond, func() { _ = resumeGroup(pid) })
	}
	return nil
}

// during sends the event and disturbs the process meanwhile.
func (w *worker) during(ctx context.Context, s step, r lambdaruntime.Request) (*lambdaruntime.Response, error) {
	switch s.what {
	case endDuring:
		return w.endWaiting(ctx, s, r)
	case endAtSomeTime:
		return w.endAtSomeTime(ctx, s, r)
	case fullPipe:
		return w.fillPipe(ctx, s, r)
	case outOfMemory:
		w.stderr.forgiving(true)
		defer w.stderr.forgiving(false)
	}
	return w.process.Invoke(ctx, r)
}

// endWaiting ends the process once its function has said that it waits.
func (w *worker) endWaiting(ctx context.Context, s step, r lambdaruntime.Request) (*lambdaruntime.Response, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for {
			select {
			case number := <-w.stderr.waiting:
				if number == s.number {
					pid, _ := w.process.PID()
					_ = terminate(pid)
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return w.process.Invoke(ctx, r)
}

// endAtSomeTime ends the process while it receives the event, runs the function, or posts the answer.
func (w *worker) endAtSomeTime(ctx context.Context, s step, r lambdaruntime.Request) (*lambdaruntime.Response, error) {
	ended := make(chan int, 1)
	go func() {
		sleep(ctx, s.pause)
		pid, running := w.process.PID()
		if !running || terminate(pid) != nil {
			pid = 0
		}
		ended <- pid
	}()
	response, err := w.process.Invoke(ctx, r)
	if pid := <-ended; pid != 0 {
		w.awaitEnd(ctx, pid) // the next event must not meet the signal
	}
	return response, err
}

// fillPipe lets the function print more than its pipe holds while nobody reads.
func (w *worker) fillPipe(ctx context.Context, s step, r lambdaruntime.Request) (*lambdaruntime.Response, error) {
	w.stdout.close(function.Line(s.number))
	defer w.stdout.release()
	type result struct {
		response *lambdaruntime.Response
		err      error
	}
	done := make(chan result, 1)
	go func() {
		response, err := w.process.Invoke(ctx, r)
		done <- result{response, err}
	}()
	select {
	case <-w.stdout.stalled:
		sleep(ctx, s.pause)
	case <-ctx.Done():
	case early := <-done:
		return early.response, early.err
	}
	select {
	case early := <-done:
		if early.err == nil && !early.response.Failed {
			early.err = errNotStopped
		}
		return early.response, early.err
	default:
	}
	w.stdout.release()
	late := <-done
	return late.response, late.err
}

// end ends the process between two events.
func (w *worker) end(ctx context.Context, pid int) error {
	if err := terminate(pid); err != nil {
		return fmt.Errorf("send SIGTERM to process %d: %w", pid, err)
	}
	w.awaitEnd(ctx, pid)
	return nil
}

// awaitEnd waits until the process has ended.
func (w *worker) awaitEnd(ctx context.Context, pid int) {
	for ctx.Err() == nil {
		if current, running := w.process.PID(); !running || current != pid {
			return
		}
		sleep(ctx, time.Millisecond)
	}
}

// sleep waits, unless ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
