package console

import (
	"context"
	"net/http"
	"sync"

	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/templates"
)

// Options are what a console shows and calls. Its functions are called by several goroutines at a time.
type Options struct {
	History *history.History
	// Service and Functions return what is known at that time: the page is served before the first build has ended.
	Service   func() Service
	Functions func() []Function
	// Invoke invokes a function and returns when the invocation has ended. It adds the request to the history with the
	// given ID. If it returns an error, the console makes that the request's outcome.
	Invoke func(ctx context.Context, id, function string, event []byte) error
	// Sample returns one of the service's sample events, for a function. nil means that there are none.
	Sample func(name, function string) ([]byte, error)
	// EventsDir is the folder of the saved events, which need not exist.
	EventsDir string
	// Source returns the source of a file that a stack trace names. nil means that no sources are shown.
	Source func(file string) (Source, error)
	// Picture returns the picture of the service, see local.Picture. nil or an empty one means none.
	Picture func() string
	// Request returns the event of a request to a route of the service, such as GET /orders, or to the URL of the
	// function. nil means that there are none.
	Request func(ctx context.Context, function, route string) ([]byte, error)
}

// Service is the service as a whole.
type Service struct {
	Name      string    `json:"service"`
	Addresses []Address `json:"addresses"`
	Samples   []string  `json:"samples"` // the names of the sample events
}

// Address is where the service can be called.
type Address struct {
	Name string `json:"name"` // for example "HTTP API"
	URL  string `json:"url"`
}

// Function is a function of the service, in its present state.
type Function struct {
	Name        string   `json:"name"`
	Description string   `json:"description,omitempty"`
	Language    string   `json:"language,omitempty"` // Go or Python
	State       string   `json:"state"`              // cold, warm, busy, building or failed
	Problem     string   `json:"problem,omitempty"`  // why it has failed
	Busy        int      `json:"busy"`               // environments that are running an invocation
	Idle        int      `json:"idle"`               // environments that wait for one
	MemorySize  int      `json:"memorySize"`         // in MB
	Timeout     float64  `json:"timeout"`            // in seconds
	Samples     []string `json:"samples,omitempty"`  // the names of the sample events of its own sources
	Routes      []string `json:"routes,omitempty"`   // for example "GET /orders"
}

// Console is the handler of the page.
type Console struct {
	options Options
	mux     *http.ServeMux
	runs    runs
	drawn   drawn
	saving  sync.Mutex // so that a file is not overwritten between its check and its replacement
}

// New returns a console. Close stops the invocations that it has started.
func New(options Options) *Console {
	c := &Console{options: options, mux: http.NewServeMux()}
	c.runs.ctx, c.runs.cancel = context.WithCancel(context.Background())
	c.mux.HandleFunc("GET /{$}", c.index)
	c.mux.Handle("GET /console/", http.FileServerFS(templates.Console))
	for pattern, handler := range map[string]handler{
		"GET /console/api/requests/{id}":           c.request,
		"GET /console/api/functions/{name}/sent":   c.sent,
		"POST /console/api/functions/{name}/calls": c.call,
		"DELETE /console/api/calls/{id}":           c.stop,
		"GET /console/api/samples/{name}":          c.sample,
		"POST /console/api/samples/{name}":         c.trigger,
		"GET /console/api/functions/{name}/route":  c.route,
		"GET /console/api/events":                  c.savedEvents,
		"GET /console/api/events/{name}":           c.savedEvent,
		"PUT /console/api/events/{name}":           c.saveEvent,
		"GET /console/api/source":                  c.source,
	} {
		c.mux.Handle(pattern, handler)
	}
	c.mux.HandleFunc("GET /console/api/stream", c.stream)
	c.mux.HandleFunc("GET /console/api/requests/{id}/body", c.body)
	c.mux.HandleFunc("GET /console/api/picture", c.picture)
	return c
}

// ServeHTTP serves the page and its API.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) { c.mux.ServeHTTP(w, r) }

// Close stops the invocations that the page has started, and waits for their ends.
func (c *Console) Close() {
	c.runs.mu.Lock() // no run begins between the two
	c.runs.cancel()
	c.runs.mu.Unlock()
	c.runs.running.Wait()
}

func (c *Console) index(w http.ResponseWriter, r *http.Request) {
	http.ServeFileFS(w, r, templates.Console, "console/page.html")
}
