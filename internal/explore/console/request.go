package console

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-sparta/sparta/internal/explore/history"
)

// details are a request with everything that is known about it.
type details struct {
	summary
	Event   string    `json:"event"`
	Payload string    `json:"payload"`
	Error   string    `json:"error,omitempty"`
	Failure *failed   `json:"failure,omitempty"`
	HTTP    *answer   `json:"http,omitempty"`
	Log     []logLine `json:"log"`
}

type failed struct {
	Type    string  `json:"type"`
	Message string  `json:"message"`
	Frames  []frame `json:"frames,omitempty"`
}

type logLine struct {
	At   int64  `json:"at"` // milliseconds since 1970
	Text string `json:"text"`
}

func (c *Console) request(r *http.Request) (any, error) {
	entry, found := c.options.History.Get(r.PathValue("id"))
	if !found {
		return nil, &problem{http.StatusNotFound, "the request is no longer kept"}
	}
	d := details{summary: summarize(entry), Log: []logLine{}}
	request := entry.Request
	if request == nil {
		return d, nil
	}
	d.Event, d.Payload, d.Error = string(request.Event), string(request.Payload), request.Error
	for _, line := range request.Log {
		d.Log = append(d.Log, logLine{line.At.UnixMilli(), line.Text})
	}
	switch request.State {
	case history.Failed, history.Throttled:
		if len(request.Payload) > 0 {
			document := newFailure(request.Payload)
			d.Failure = &failed{document.Type, document.Message, c.frames(document.Trace)}
		}
	case history.Succeeded:
		if a, isAnswer := newAnswer(request.Payload); isAnswer {
			if utf8.Valid(a.body) && (isText(a.Type) || len(a.body) == 0) {
				a.Text = string(a.body)
			}
			d.HTTP = &a
		}
	}
	return d, nil
}

// isText reports whether people can read what has a media type.
func isText(mediaType string) bool {
	switch mediaType {
	case "application/json", "application/javascript", "application/x-www-form-urlencoded":
		return true
	}
	return strings.HasPrefix(mediaType, "text/") || strings.HasSuffix(mediaType, "+json") ||
		strings.HasSuffix(mediaType, "xml")
}

// sentEvent is an event that was sent before.
type sentEvent struct {
	ID   string `json:"id"` // of the request
	At   int64  `json:"at"` // milliseconds since 1970
	Text string `json:"text"`
	Size int    `json:"size"`
}

// sent returns the last different events that a function has received.
func (c *Console) sent(r *http.Request) (any, error) {
	const most = 20
	events := []sentEvent{}
	seen := map[string]bool{}
	for _, entry := range slices.Backward(c.options.History.List()) {
		request := entry.Request
		if request == nil || request.Dropped || request.Function != r.PathValue("name") || seen[string(request.Event)] {
			continue
		}
		seen[string(request.Event)] = true
		beginning := string(request.Event[:min(len(request.Event), 4*excerpt)])
		events = append(events, sentEvent{entry.ID, entry.At.UnixMilli(), shortened(beginning), len(request.Event)})
		if len(events) == most {
			break
		}
	}
	return events, nil
}
