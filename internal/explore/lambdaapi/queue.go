package lambdaapi

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// maxQueued is how much memory the events may need that no client waits for, in bytes. Each counts eventOverhead more
// than its size.
const (
	maxQueued     = 64 << 20
	eventOverhead = 8 << 10
)

// accept answers a request with 202 and sends its event to the function in the background.
func (h *Handler) accept(w http.ResponseWriter, f *Function, request lambdaruntime.Request) *Error {
	size := int64(len(request.Payload)) + eventOverhead
	if !h.enqueue(size) {
		return tooMany("ConcurrentInvocationLimitExceeded")
	}
	name, retries := f.Name, min(f.Retries, len(h.options.RetryPauses))
	go func() {
		defer h.dequeue(size)
		result, err := h.try(h.events, name, request, retries)
		if (err != nil || result.Failed) && h.options.Failed != nil && h.events.Err() == nil {
			h.options.Failed(name, result, err)
		}
	}()
	w.Header().Set(requestIDHeader, request.RequestID)
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(http.StatusAccepted)
	return nil
}

// enqueue reports whether there is room for an event. The caller calls dequeue when it has been processed.
func (h *Handler) enqueue(size int64) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || h.queued+size > maxQueued {
		return false
	}
	h.queued += size
	h.work.Add(1)
	return true
}

func (h *Handler) dequeue(size int64) {
	h.mu.Lock()
	h.queued -= size
	h.mu.Unlock()
	h.work.Done()
}

// try invokes a function, and again if it fails. As on Lambda, each try has the same request ID.
func (h *Handler) try(
	ctx context.Context, function string, request lambdaruntime.Request, retries int,
) (*sandbox.Result, error) {
	for n := 0; ; n++ {
		result, err := h.whenPossible(ctx, function, request)
		if err == nil && !result.Failed || n >= retries || !pause(ctx, h.options.RetryPauses[n]) {
			return result, err
		}
	}
}

// whenPossible invokes a function as soon as fewer invocations run than allowed. The events of a function are sent one
// after the other.
func (h *Handler) whenPossible(
	ctx context.Context, function string, request lambdaruntime.Request,
) (*sandbox.Result, error) {
	turn := h.turn(function)
	for {
		select {
		case turn <- struct{}{}:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		ended := make(chan outcome, 1)
		go func() {
			result, err := h.options.Event(ctx, function, request)
			ended <- outcome{result, err}
		}()
		var o outcome
		select {
		case o = <-ended:
			if errors.Is(o.err, sandbox.ErrTooMany) {
				pause(ctx, untilNextTry)
			}
			<-turn
		case <-time.After(untilStarted): // an invocation that is refused ends sooner
			<-turn
			o = <-ended
		}
		if !errors.Is(o.err, sandbox.ErrTooMany) || ctx.Err() != nil {
			return o.result, o.err
		}
	}
}

// outcome is what an invocation has returned.
type outcome struct {
	result *sandbox.Result
	err    error
}

const (
	untilStarted = 5 * time.Millisecond
	untilNextTry = 20 * time.Millisecond
)

// turn returns what the next event of a function holds.
func (h *Handler) turn(function string) chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.turns[function] == nil {
		h.turns[function] = make(chan struct{}, 1)
	}
	return h.turns[function]
}

// pause reports whether ctx has not ended after a while.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
