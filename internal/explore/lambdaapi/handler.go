package lambdaapi

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-sparta/sparta/internal/explore/patience"
)

// Handler serves Lambda's API.
type Handler struct {
	options Options
	mux     *http.ServeMux
	room    room

	events context.Context // ends with Close
	stop   context.CancelFunc

	mu     sync.Mutex               // guards what follows
	queued int64                    // bytes of the events that no client waits for
	turns  map[string]chan struct{} // by function: held by the event that is the next to be sent
	closed bool
	work   sync.WaitGroup // those events
}

// New returns a handler. Close ends what it does in the background.
func New(options Options) *Handler {
	options.Region = cmp.Or(options.Region, "us-east-1")
	if options.Event == nil {
		options.Event = options.Invoke
	}
	options.Patience = cmp.Or(options.Patience, patience.Usual)
	if options.RetryPauses == nil {
		options.RetryPauses = []time.Duration{time.Minute, 2 * time.Minute}
	}
	h := &Handler{options: options, mux: http.NewServeMux(), room: newRoom(), turns: map[string]chan struct{}{}}
	h.events, h.stop = context.WithCancel(context.Background())
	h.mux.HandleFunc("POST "+functions+"/{name}/invocations", func(w http.ResponseWriter, r *http.Request) {
		h.invoke(w, r, r.PathValue("name"))
	})
	h.mux.HandleFunc("GET "+functions, h.list)
	h.mux.HandleFunc("GET "+functions+"/{$}", h.list)
	h.mux.HandleFunc("GET "+functions+"/{name}", h.get)
	h.mux.HandleFunc("GET "+functions+"/{name}/configuration", h.configuration)
	h.mux.HandleFunc("GET "+functions+"/{name}/versions", h.versions)
	h.mux.HandleFunc("GET "+functions+"/{name}/aliases", h.aliases)
	h.mux.HandleFunc("/", unknown)
	return h
}

const functions = "/2015-03-31/functions"

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t := transfer{http.NewResponseController(w), h.options.Patience}
	defer t.finish()
	// Most requests invoke a function by its name: the multiplexer would take longer than all else here.
	rest, isOurs := strings.CutPrefix(r.URL.EscapedPath(), functions+"/")
	name, isInvoke := strings.CutSuffix(rest, "/invocations")
	if r.Method == http.MethodPost && isOurs && isInvoke && !strings.ContainsAny(name, "/%") {
		h.invoke(w, r, name)
		return
	}
	t.limitAnswer()
	h.mux.ServeHTTP(w, r)
}

// unknown answers requests for what is not served.
func unknown(w http.ResponseWriter, r *http.Request) {
	answer := &Error{
		Status: http.StatusNotFound, Kind: "UnknownOperationException",
		Message: "This local endpoint does not serve " + r.Method + " " + r.URL.Path + ". Of Lambda's API, it serves " +
			"Invoke, ListFunctions, GetFunction, GetFunctionConfiguration, ListVersionsByFunction and ListAliases.",
	}
	answer.Write(w)
}

// Close ends the processing of events that no client waits for, and waits for the end. Events that are still waiting
// are lost.
func (h *Handler) Close() error {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	h.stop()
	h.work.Wait()
	return nil
}
