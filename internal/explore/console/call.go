package console

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// eventLimit is Lambda's limit of a request that waits for its response.
const eventLimit = 6 << 20

// runs are the invocations that the page has started.
type runs struct {
	ctx     context.Context // of all
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu   sync.Mutex
	stop map[string]context.CancelFunc // by the ID of the run
}

// run sends an event to a function, once or several times.
type run struct {
	function string
	event    []byte
	ids      []string // of the requests
	parallel int
}

// call starts a run and returns the IDs of its requests. Their outcomes are in the history.
func (c *Console) call(r *http.Request) (any, error) {
	times, err := number(r, "times", 1000)
	if err != nil {
		return nil, err
	}
	parallel, err := number(r, "parallel", 100)
	if err != nil {
		return nil, err
	}
	event, err := readEvent(r)
	if err != nil {
		return nil, err
	}
	started := run{function: r.PathValue("name"), event: event, parallel: min(parallel, times)}
	for range times {
		started.ids = append(started.ids, lambdaruntime.NewRequestID())
	}
	id := lambdaruntime.NewRequestID()
	ctx, stop := context.WithCancel(c.runs.ctx)
	if !c.runs.begin(id, stop) {
		return nil, &problem{http.StatusServiceUnavailable, "explore is ending"}
	}
	go func() {
		defer c.runs.running.Done()
		c.carryOut(ctx, started)
		stop()
		c.runs.mu.Lock()
		defer c.runs.mu.Unlock()
		delete(c.runs.stop, id)
	}()
	return struct {
		ID       string   `json:"id"`
		Requests []string `json:"requests"`
	}{id, started.ids}, nil
}

// begin adds a run, and reports whether the console is still open.
func (r *runs) begin(id string, stop context.CancelFunc) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ctx.Err() != nil {
		stop()
		return false
	}
	if r.stop == nil {
		r.stop = map[string]context.CancelFunc{}
	}
	r.stop[id] = stop
	r.running.Add(1)
	return true
}

// stop ends a run: requests that are running end, and those that are not yet running are not sent.
func (c *Console) stop(r *http.Request) (any, error) {
	c.runs.mu.Lock()
	defer c.runs.mu.Unlock()
	stop, found := c.runs.stop[r.PathValue("id")]
	if found {
		stop()
	}
	return struct {
		Stopped bool `json:"stopped"`
	}{found}, nil
}

func (c *Console) carryOut(ctx context.Context, r run) {
	ids := make(chan string)
	var workers sync.WaitGroup
	for range r.parallel {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for id := range ids {
				c.send(ctx, id, r)
			}
		}()
	}
	for _, id := range r.ids {
		select {
		case ids <- id:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(ids)
	workers.Wait()
}

// send sends one request. If it could not be run, the history says why.
func (c *Console) send(ctx context.Context, id string, r run) {
	began := time.Now()
	err := c.options.Invoke(ctx, id, r.function, r.event)
	if err == nil {
		return
	}
	if errors.Is(err, context.Canceled) {
		err = errors.New("stopped")
	}
	fail := func(entry *history.Entry) {
		if entry.Request != nil && entry.Request.State == history.Running {
			entry.Request.State, entry.Request.Error = history.Failed, err.Error()
		}
	}
	if !c.options.History.Update(id, fail) {
		c.options.History.Add(history.Entry{ID: id, At: began, Request: &history.Request{
			Function: r.function, Source: "console", Event: r.event, State: history.Failed, Error: err.Error(),
		}})
	}
}

// number returns the number that a parameter of the request has, from 1, which is also its default.
func number(r *http.Request, name string, most int) (int, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		return 0, &problem{http.StatusBadRequest, fmt.Sprintf("%s is %q: use a number from 1 to %d", name, text, most)}
	}
	return n, nil
}

// readEvent reads the event in the body of a request.
func readEvent(r *http.Request) ([]byte, error) {
	event, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, eventLimit))
	if err != nil {
		return nil, unread("event", err)
	}
	var value json.RawMessage
	if err := json.Unmarshal(event, &value); err != nil {
		return nil, &problem{http.StatusBadRequest, fmt.Sprintf("the event is not JSON: %v", err)}
	}
	return event, nil
}

// unread returns the answer to a body that could not be read.
func unread(what string, err error) *problem {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		text := fmt.Sprintf("the %s is larger than %d bytes, which is the limit", what, tooLarge.Limit)
		return &problem{http.StatusRequestEntityTooLarge, text}
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		text := "the " + what + " has not arrived: the client has paused for too long"
		return &problem{http.StatusRequestTimeout, text}
	}
	return &problem{http.StatusBadRequest, fmt.Sprintf("read the %s: %v", what, err)}
}
