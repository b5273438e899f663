package console

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/explore/trigger"
)

const (
	// pause is the least time between two messages: what changes during it is sent at once. A message that has taken
	// long to make is followed by a longer one, so that a page that looks on takes little time from the functions.
	pause     = 50 * time.Millisecond
	mostPause = 500 * time.Millisecond
	share     = 30 // how many times as long as making a message is the pause after it, at least
	// beat is how often the states of functions are looked at when nothing else happens.
	beat = time.Second
	// patience is how long a client may take to receive a message.
	patience = 20 * time.Second
)

// state is what the page shows when it is opened.
type state struct {
	service
	Functions []function `json:"functions"`
	Entries   []summary  `json:"entries"`
}

// service is a service with what people provide for the events of its sources.
type service struct {
	Service
	Inputs  map[string]trigger.Kind `json:"inputs"`
	Picture string                  `json:"picture"` // its version; empty if there is none
}

// function is a function with the statistics of its requests. Times are in milliseconds.
type function struct {
	Function
	Requests  int           `json:"requests"`
	Failures  int           `json:"failures"`
	Throttled int           `json:"throttled"`
	Cold      int           `json:"cold"`
	P50       float64       `json:"p50"`
	P95       float64       `json:"p95"`
	Max       float64       `json:"max"`
	MaxMemory int64         `json:"maxMemory"`
	Last      history.State `json:"last,omitempty"`
}

func (c *Console) functions() []function {
	functions := []function{}
	for _, f := range c.options.Functions() {
		s := c.options.History.Statistics(f.Name)
		functions = append(functions, function{
			Function: f, Requests: s.Requests, Failures: s.Failed, Throttled: s.Throttled, Cold: s.Cold,
			P50: milliseconds(s.P50), P95: milliseconds(s.P95), Max: milliseconds(s.Max),
			MaxMemory: s.MaxMemory, Last: s.Last,
		})
	}
	return functions
}

// service returns the service with empty lists instead of null.
func (c *Console) service() service {
	s := c.options.Service()
	s.Addresses, s.Samples = append([]Address{}, s.Addresses...), append([]string{}, s.Samples...)
	_, picture := c.draw()
	return service{s, inputs(s.Samples), picture}
}

func (c *Console) state() state {
	return state{c.service(), c.functions(), summarizeAll(c.options.History.List())}
}

// stream sends the state of the service, and then what changes, as server-sent events.
func (c *Console) stream(w http.ResponseWriter, r *http.Request) {
	changes := c.options.History.Subscribe()
	defer changes.Close()
	w.Header().Set("Content-Type", "text/event-stream")
	s := sender{w: w, control: http.NewResponseController(w)}
	ctx, stop := context.WithCancel(r.Context())
	defer stop()
	defer context.AfterFunc(c.runs.ctx, stop)()
	reload := true
	var entries []history.Entry
	for {
		begin := time.Now()
		if reload {
			state := c.state()
			s.service, s.functions = encoded(state.service), encoded(state.Functions)
			s.send("state", encoded(state))
		} else {
			if len(entries) > 0 {
				s.send("entries", encoded(summarizeAll(entries)))
			}
			if service := encoded(c.service()); !bytes.Equal(service, s.service) {
				s.service = service
				s.send("service", service)
			}
			if functions := encoded(c.functions()); !bytes.Equal(functions, s.functions) {
				s.functions = functions
				s.send("functions", functions)
			}
		}
		took := time.Since(begin)
		s.flush()
		if s.err != nil || !wait(ctx, pauseAfter(took)) {
			return
		}
		next, cancel := context.WithTimeout(ctx, beat)
		latest, err := changes.Next(next)
		cancel()
		if ctx.Err() != nil {
			return
		}
		reload, entries = err == nil && latest.Reload, latest.Entries
	}
}

// pauseAfter returns how long to wait after a message that took so long to make.
func pauseAfter(took time.Duration) time.Duration { return min(max(pause, share*took), mostPause) }

// wait waits, and reports whether ctx has not ended.
func wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// sender sends messages until it fails.
type sender struct {
	w         http.ResponseWriter
	control   *http.ResponseController
	service   []byte // as it was sent last
	functions []byte // as they were sent last
	sent      time.Time
	err       error
}

func (s *sender) send(event string, data []byte) {
	if s.err != nil {
		return
	}
	s.sent = time.Now()
	_ = s.control.SetWriteDeadline(s.sent.Add(patience)) // not every writer has deadlines
	_, s.err = fmt.Fprintf(s.w, "event: %s\ndata: %s\n\n", event, data)
}

// flush sends what has been written, and a comment now and then so that a connection that is lost is noticed.
func (s *sender) flush() {
	const silence = 15 * time.Second
	if s.err == nil && time.Since(s.sent) > silence {
		s.sent = time.Now()
		_ = s.control.SetWriteDeadline(s.sent.Add(patience))
		_, s.err = fmt.Fprint(s.w, ": still connected\n\n")
	}
	if s.err == nil {
		s.err = s.control.Flush()
	}
}

func encoded(value any) []byte {
	data, _ := json.Marshal(value) // numbers and text always have an encoding
	return data
}
