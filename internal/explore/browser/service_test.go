package browser

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/explore/console"
	"github.com/go-sparta/sparta/internal/explore/guard"
	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/internal/sample"
)

// service is a service whose functions are pretended: they have the outcomes that real ones can have.
type service struct {
	history *history.History
	console *console.Console
	server  *httptest.Server
	guard   guard.Guard
	events  string // the folder of the saved events

	mu      sync.Mutex
	unbuilt bool // so that no functions are known
	single  bool // there is only one function
	more    bool // the service has another function

	described *localservice.Service // an application of the original Sparta, whose functions there are; nil means none

	warm    map[string]bool
	busy    map[string]int
	release chan struct{} // closed to end the invocations of slow
}

const (
	mainFile = "example.com/shop/main.go"
	source   = `package main

import "errors"

type order struct {
	ID    string
	Items []item
}

// take stores an order.
func take(o *order) error {
	if o == nil {
		return errors.New("no order")
	}
	total := o.Items[3].Price // panics
	return store(o, total)
}
`
)

// start starts a service, which ends with the test.
func start(t testing.TB) *service {
	t.Helper()
	s := &service{
		history: history.New(history.Options{}), events: filepath.Join(t.TempDir(), "events"),
		guard: guard.Guard{Token: guard.NewToken()}, warm: map[string]bool{}, busy: map[string]int{},
		release: make(chan struct{}),
	}
	app := t.TempDir()
	if err := os.WriteFile(filepath.Join(app, "main.go"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	roots := []console.SourceRoot{{Dir: app, Prefix: "example.com/shop"}}
	s.server = httptest.NewUnstartedServer(nil)
	address := "http://localhost:" + strings.Split(s.server.Listener.Addr().String(), ":")[1]
	s.console = console.New(console.Options{
		History: s.history,
		Service: func() console.Service {
			return console.Service{
				Name: "Shop", Samples: []string{"apigateway", "s3", "schedule", "sns", "sqs"},
				Addresses: []console.Address{
					{Name: "site", URL: address + "/site"},
					{Name: "HTTP", URL: "http://localhost:8378/"},
					{Name: "Lambda", URL: address},
				},
			}
		},
		Functions: s.functions,
		Invoke:    s.invoke,
		Sample: func(name, function string) ([]byte, error) {
			record := map[string]any{"attributes": map[string]any{}, "s3": map[string]any{"object": map[string]any{}}}
			return json.Marshal(map[string]any{"source": name, "function": function, "Records": []any{record}})
		},
		EventsDir: s.events,
		Source:    func(file string) (console.Source, error) { return console.FindSource(roots, file) },
		Picture:   s.picture,
		Request: func(_ context.Context, function, route string) ([]byte, error) {
			return json.Marshal(map[string]any{"function": function, "routeKey": route})
		},
	})
	s.server.Config.Handler = s.guard.Page(s.console)
	s.server.Start()
	t.Cleanup(func() {
		s.console.Close()
		s.server.CloseClientConnections()
		s.server.Close()
	})
	s.server.URL = address
	s.build(history.Succeeded, 1240*time.Millisecond)
	return s
}

func (s *service) address() string { return s.guard.Address(s.server.URL) }

func (s *service) build(state history.State, took time.Duration, problems ...history.Problem) {
	s.history.Add(history.Entry{Build: &history.Build{
		State: state, Duration: took, Changed: []string{"main.go"}, Problems: problems,
	}})
}

func (s *service) functions() []console.Function {
	s.mu.Lock()
	defer s.mu.Unlock()
	var functions []console.Function
	if s.unbuilt {
		return nil
	}
	if s.described != nil {
		for _, one := range s.described.Functions {
			functions = append(functions, console.Function{
				Name: one.Description.Name, Language: "Go", State: "cold", MemorySize: 128, Timeout: 3,
				Samples: sample.Own(one.Description),
			})
		}
		return functions
	}
	for _, f := range []console.Function{
		{Name: "take", Samples: []string{"sqs", "s3", "schedule"}, Routes: []string{"POST /orders"}},
		{Name: "shop", Samples: []string{"apigateway"}, Routes: []string{"GET /"}},
		{Name: "logs"},
		{Name: "fail"},
		{Name: "slow"},
		{Name: "train", Language: "Python", Routes: []string{"function URL"}},
	} {
		f.MemorySize, f.Timeout, f.State = 128, 3, "cold"
		if f.Language == "" {
			f.Language = "Go"
		}
		if s.warm[f.Name] {
			f.State = "warm"
		}
		if f.Busy = s.busy[f.Name]; f.Busy > 0 {
			f.State = "busy"
		}
		functions = append(functions, f)
		if s.single {
			break
		}
	}
	return functions
}

// concurrency is how many invocations of a function run at a time.
const concurrency = 5

// invoke runs a function as package explore does.
func (s *service) invoke(ctx context.Context, id, function string, event []byte) error {
	return s.run(ctx, id, "console", "", function, event)
}

func (s *service) run(ctx context.Context, id, from, caller, function string, event []byte) error {
	request := &history.Request{
		Function: function, Source: from, Caller: caller, Event: event, State: history.Running, Memory: 128 << 20,
	}
	s.mu.Lock()
	if s.busy[function] >= concurrency {
		request.State = history.Throttled
		request.Payload = []byte(`{"Reason":"ConcurrentInvocationLimitExceeded","message":"Rate Exceeded."}`)
		s.mu.Unlock()
		s.history.Add(history.Entry{ID: id, Request: request})
		return nil
	}
	s.busy[function]++
	request.Cold = !s.warm[function]
	s.warm[function] = true
	s.mu.Unlock()
	id = s.history.Add(history.Entry{ID: id, Request: request})
	o := outcome{duration: 3400 * time.Microsecond}
	err := o.of(ctx, s.release, function, event)
	s.mu.Lock()
	s.busy[function]--
	s.mu.Unlock()
	s.history.Update(id, func(entry *history.Entry) {
		r := entry.Request
		if r.Cold {
			r.Init = 182 * time.Millisecond
		}
		r.Duration, r.Transport = o.duration, 640*time.Microsecond
		r.Billed = o.duration.Truncate(time.Millisecond) + time.Millisecond
		r.MaxMemory, r.Log = 46<<20, o.log
		r.State, r.Payload = history.Succeeded, o.payload
		if o.failed {
			r.State = history.Failed
		}
		if err != nil {
			r.State, r.Error = history.Failed, err.Error()
		}
	})
	return nil
}

// outcome is that of an invocation.
type outcome struct {
	payload  []byte
	failed   bool
	duration time.Duration
	log      []history.Line
}

func (o *outcome) logf(format string, args ...any) {
	o.log = append(o.log, history.Line{At: time.Now(), Text: fmt.Sprintf(format, args...)})
}

const injected = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`

func (o *outcome) of(ctx context.Context, release <-chan struct{}, function string, event []byte) error {
	switch function {
	case "take":
		note := "Thank you"
		if strings.Contains(string(event), "<") {
			note = injected
		}
		o.logf(`{"level":"INFO","msg":"order taken","id":"A-1","items":3}`)
		o.logf(`{"level":"WARN","msg":"stock is low","sku":"tea","left":2}`)
		o.logf("confirmation sent: %s", note)
		o.payload = fmt.Appendf(nil, `{"taken":true,"number":12345678901234567890,"note":%q,"event":%s}`, note, event)
	case "shop":
		page := "<!DOCTYPE html><h1>Welcome</h1><style>h1{color:teal}</style>" + injected
		answer := map[string]any{
			"statusCode": 200, "headers": map[string]string{"content-type": "text/html; charset=utf-8"},
			"cookies": []string{"session=1"}, "body": page,
		}
		switch {
		case strings.Contains(string(event), "image"):
			answer["headers"] = map[string]string{"Content-Type": "image/gif"}
			answer["body"], answer["isBase64Encoded"] = base64.StdEncoding.EncodeToString(pixel), true
		case strings.Contains(string(event), "json"):
			answer["statusCode"] = 404
			answer["headers"] = map[string]string{"Content-Type": "application/json"}
			answer["body"] = `{"error":"no such order"}`
		}
		o.payload, _ = json.Marshal(answer)
	case "logs":
		for i := range 10_000 {
			level := []string{"DEBUG", "INFO", "INFO", "WARN", "ERROR"}[i%5]
			o.logf(`{"level":%q,"msg":"line %d of many","worker":%d}`, level, i, i%7)
		}
		o.payload = []byte("null")
	case "fail":
		o.failed, o.duration = true, 812*time.Microsecond
		o.logf("panic: runtime error: index out of range [3] with length 1")
		o.payload = []byte(`{"errorMessage":"runtime error: index out of range [3] with length 1",` +
			`"errorType":"boundsError","stackTrace":[` +
			`{"path":"` + mainFile + `","line":15,"label":"take"},` +
			`{"path":"github.com/aws/aws-lambda-go@v1.51.1/lambda/handler.go","line":124,"label":"NewHandler.func1"},` +
			`{"path":"/etc/passwd","line":1,"label":"elsewhere"}]}`)
	case "slow":
		select {
		case <-release:
			o.payload = []byte(`"late"`)
		case <-ctx.Done():
			return errors.New("stopped")
		}
	case "train":
		o.failed = true
		o.payload = []byte(`{"errorMessage":"2026-11-27T14:00:03Z 1 Task timed out after 3.00 seconds",` +
			`"errorType":"Sandbox.Timedout"}`)
		o.duration = 3 * time.Second
	}
	return nil
}

var pixel, _ = base64.StdEncoding.DecodeString("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")

// TestServe serves the pretended service until it is interrupted, for people who work on the page:
// SPARTA_CONSOLE=1 go test -run TestServe -v -timeout 0 .
func TestServe(t *testing.T) {
	if os.Getenv("SPARTA_CONSOLE") == "" {
		t.Skip("SPARTA_CONSOLE is not set")
	}
	s := start(t)
	s.traffic(t)
	fmt.Println(s.address())
	<-t.Context().Done()
}

// traffic has other programs send some requests.
func (s *service) traffic(t testing.TB) {
	t.Helper()
	for i, call := range []struct{ from, caller, function, event string }{
		{"http", "GET /", "shop", `{"rawPath":"/"}`},
		{"http", "POST /orders", "take", `{"id":"A-1","items":[{"sku":"tea","count":2}]}`},
		{"lambda", "", "train", `{"epochs":3}`},
		{"http", "GET /orders/7", "shop", `{"rawPath":"/orders/7","as":"json"}`},
		{"source", "queue orders", "take", `{"Records":[{"messageId":"1","body":"{}"}]}`},
		{"lambda", "", "fail", `{"id":"A-2"}`},
		{"http", "POST /orders", "take", `{"id":"A-3"}`},
	} {
		if err := s.run(t.Context(), "", call.from, call.caller, call.function, []byte(call.event)); err != nil {
			t.Fatal(i, err)
		}
	}
}

var _ http.Handler = (*console.Console)(nil)
