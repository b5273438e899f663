package console

import (
	"errors"
	"net/http"
	"os"
	"time"

	"github.com/go-sparta/sparta/internal/explore/trigger"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// fileLimit is the size of the largest file that becomes an event. Only its size and its sum are in the event.
const fileLimit = 1 << 30

// eventText is an event as text, so that its numbers keep their digits.
type eventText struct {
	Text string `json:"text"`
}

// sample returns a sample event for a function.
func (c *Console) sample(r *http.Request) (any, error) {
	event, err := c.sampleEvent(r)
	if err != nil {
		return nil, err
	}
	return eventText{string(event)}, nil
}

func (c *Console) sampleEvent(r *http.Request) ([]byte, error) {
	if c.options.Sample == nil {
		return nil, &problem{http.StatusNotFound, "there are no sample events"}
	}
	event, err := c.options.Sample(r.PathValue("name"), r.URL.Query().Get("function"))
	if err != nil {
		return nil, &problem{http.StatusNotFound, err.Error()}
	}
	return event, nil
}

// route returns the event of a request to a route.
func (c *Console) route(r *http.Request) (any, error) {
	if c.options.Request == nil {
		return nil, &problem{http.StatusNotFound, "there are no routes"}
	}
	event, err := c.options.Request(r.Context(), r.PathValue("name"), r.URL.Query().Get("route"))
	if err != nil {
		return nil, &problem{http.StatusNotFound, err.Error()}
	}
	return eventText{string(event)}, nil
}

// trigger returns the event of a message or file, which is the body of the request.
func (c *Console) trigger(r *http.Request) (any, error) {
	sample, err := c.sampleEvent(r)
	if err != nil {
		return nil, err
	}
	name := r.PathValue("name")
	what, limit := "message", int64(eventLimit)
	if trigger.KindOf(name) == trigger.File {
		what, limit = "file", fileLimit
	}
	event, err := trigger.Event(name, sample, trigger.Input{
		Content: http.MaxBytesReader(nil, r.Body, limit),
		Key:     r.URL.Query().Get("key"),
		Now:     time.Now(),
		ID:      lambdaruntime.NewRequestID(),
	})
	if errors.As(err, new(*http.MaxBytesError)) || errors.Is(err, os.ErrDeadlineExceeded) {
		return nil, unread(what, err)
	}
	if err != nil {
		return nil, &problem{http.StatusBadRequest, err.Error()}
	}
	return eventText{string(event)}, nil
}

// inputs returns what people provide for the events of sources, by the names of their samples.
func inputs(samples []string) map[string]trigger.Kind {
	kinds := map[string]trigger.Kind{}
	for _, name := range samples {
		if kind := trigger.KindOf(name); kind != trigger.None {
			kinds[name] = kind
		}
	}
	return kinds
}
