package console_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/explore/console"
	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/templates"
)

// served is a console with its server.
type served struct {
	testing.TB
	*httptest.Server
	console *console.Console
	history *history.History
}

// serve starts a console. Functions echo their events, unless the options say otherwise.
func serve(t testing.TB, options console.Options) *served {
	t.Helper()
	s := &served{TB: t, history: history.New(history.Options{})}
	options.History = s.history
	if options.Service == nil {
		options.Service = func() console.Service { return console.Service{Name: "Shop"} }
	}
	if options.Functions == nil {
		options.Functions = func() []console.Function { return []console.Function{{Name: "f", State: "cold"}} }
	}
	if options.Invoke == nil {
		options.Invoke = func(_ context.Context, id, function string, event []byte) error {
			s.history.Add(history.Entry{ID: id, Request: &history.Request{
				Function: function, Source: "console", Event: event, Payload: event, State: history.Succeeded,
			}})
			return nil
		}
	}
	s.console = console.New(options)
	s.Server = httptest.NewServer(s.console)
	t.Cleanup(func() {
		s.console.Close()
		s.Close()
	})
	return s
}

// send sends a request and returns its status and its body.
func (s *served) send(method, path, body string) (int, string) {
	s.Helper()
	request, err := http.NewRequest(method, s.URL+path, strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	response, err := s.Client().Do(request)
	if err != nil {
		s.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		s.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// call sends a request, which must succeed, and decodes the answer.
func call[T any](s *served, method, path, body string) T {
	s.Helper()
	status, text := s.send(method, path, body)
	var value T
	if err := json.Unmarshal([]byte(text), &value); status != http.StatusOK || err != nil {
		s.Fatalf("%s %s answers %d %s, %v", method, path, status, text, err)
	}
	return value
}

// ended waits until a request has ended.
func (s *served) ended(id string) history.Request {
	s.Helper()
	changes := s.history.Subscribe()
	defer changes.Close()
	for {
		if entry, found := s.history.Get(id); found && entry.Request.State != history.Running {
			return *entry.Request
		}
		if _, err := changes.Next(s.Context()); err != nil {
			s.Fatalf("request %s does not end", id)
		}
	}
}

type started struct {
	ID       string
	Requests []string
}

func TestThePageIsServed(t *testing.T) {
	s := serve(t, console.Options{})
	entries, err := templates.Console.ReadDir("console")
	if err != nil {
		t.Fatal(err)
	}
	_, page := s.send("GET", "/", "")
	if !strings.HasPrefix(page, "<!DOCTYPE html>") {
		t.Errorf("the page is %q", page)
	}
	total := 0
	for _, entry := range entries {
		status, text := s.send("GET", "/console/"+entry.Name(), "")
		if status != http.StatusOK || text == "" {
			t.Errorf("%s answers %d", entry.Name(), status)
		}
		total += len(text)
		// Modules are loaded at once, not one after the other.
		isModule := strings.HasSuffix(entry.Name(), ".js")
		if isModule && !strings.Contains(page, `"/console/`+entry.Name()+`"`) {
			t.Errorf("the page does not name %s", entry.Name())
		}
	}
	if total > 150_000 {
		t.Errorf("the files have %d bytes, more than 150 KB", total)
	}
	for path, want := range map[string]int{"/index.html": 404, "/console/none.js": 404, "/console/../doc.go": 404} {
		if status, _ := s.send("GET", path, ""); status != want {
			t.Errorf("%s answers %d, want %d", path, status, want)
		}
	}
}

func TestThePageContainsNoCode(t *testing.T) {
	page, err := templates.Console.ReadFile("console/page.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"<style", "style=", "onclick", "javascript:", "https:", "http:"} {
		if strings.Contains(string(page), part) {
			t.Errorf("the page contains %s", part)
		}
	}
	modules, err := templates.Console.ReadDir("console")
	if err != nil {
		t.Fatal(err)
	}
	for _, module := range modules {
		text, err := templates.Console.ReadFile("console/" + module.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{
			"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
		} {
			if strings.Contains(string(text), part) {
				t.Errorf("%s contains %s: set text instead", module.Name(), part)
			}
		}
	}
}

func TestAnEventIsSent(t *testing.T) {
	s := serve(t, console.Options{})
	const event = `{"id": 12345678901234567890, "note": "<b>"}`
	run := call[started](s, "POST", "/console/api/functions/f/calls", event)
	if len(run.Requests) != 1 {
		t.Fatalf("the run is %+v", run)
	}
	s.ended(run.Requests[0])
	type request struct{ Function, State, Event, Payload string }
	got := call[request](s, "GET", "/console/api/requests/"+run.Requests[0], "")
	if got.Event != event || got.Payload != event || got.Function != "f" || got.State != "succeeded" {
		t.Errorf("the request is %+v", got)
	}
}

func TestAnEventIsSentSeveralTimes(t *testing.T) {
	var running, most atomic.Int64
	begun := make(chan struct{}, 20)
	var h *history.History
	s := serve(t, console.Options{Invoke: func(_ context.Context, id, function string, _ []byte) error {
		most.Store(max(most.Load(), running.Add(1)))
		begun <- struct{}{}
		if len(begun) < 4 { // the first ones wait for each other
			for len(begun) < 4 {
				time.Sleep(time.Millisecond)
			}
		}
		running.Add(-1)
		h.Add(history.Entry{ID: id, Request: &history.Request{Function: function, State: history.Succeeded}})
		return nil
	}})
	h = s.history
	run := call[started](s, "POST", "/console/api/functions/f/calls?times=20&parallel=4", "{}")
	if len(run.Requests) != 20 {
		t.Fatalf("the run has %d requests, want 20", len(run.Requests))
	}
	for _, id := range run.Requests {
		s.ended(id)
	}
	if most.Load() > 4 {
		t.Errorf("%d requests ran at a time, want at most 4", most.Load())
	}
}

func TestARunIsStopped(t *testing.T) {
	var sent atomic.Int64
	s := serve(t, console.Options{Invoke: func(ctx context.Context, _, _ string, _ []byte) error {
		sent.Add(1)
		<-ctx.Done()
		return ctx.Err()
	}})
	run := call[started](s, "POST", "/console/api/functions/f/calls?times=5", "{}")
	type stopped struct{ Stopped bool }
	if !call[stopped](s, "DELETE", "/console/api/calls/"+run.ID, "").Stopped {
		t.Error("the run cannot be stopped")
	}
	s.console.Close()
	if sent.Load() > 1 {
		t.Errorf("%d requests were sent, want at most the first", sent.Load())
	}
	if sent.Load() == 1 {
		if request := s.ended(run.Requests[0]); request.State != history.Failed || request.Error != "stopped" {
			t.Errorf("the request is %+v", request)
		}
	}
	if call[stopped](s, "DELETE", "/console/api/calls/"+run.ID, "").Stopped {
		t.Error("a run that has ended is stopped")
	}
	if status, text := s.send("POST", "/console/api/functions/f/calls", "{}"); status != 503 {
		t.Errorf("after the end, the answer is %d %s", status, text)
	}
}

func TestARequestThatCannotRunSaysWhy(t *testing.T) {
	for name, invoke := range map[string]func(h *history.History, id string){
		"before it is in the history": func(*history.History, string) {},
		"after it began": func(h *history.History, id string) {
			h.Add(history.Entry{ID: id, Request: &history.Request{Function: "f", State: history.Running}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			var h *history.History
			s := serve(t, console.Options{Invoke: func(_ context.Context, id, _ string, _ []byte) error {
				invoke(h, id)
				return errors.New("no Python 3.13 was found")
			}})
			h = s.history
			run := call[started](s, "POST", "/console/api/functions/f/calls", "{}")
			request := s.ended(run.Requests[0])
			if request.State != history.Failed || request.Function != "f" ||
				request.Error != "no Python 3.13 was found" {
				t.Errorf("the request is %+v", request)
			}
		})
	}
}

func TestAnOutcomeIsNotReplacedByAnError(t *testing.T) {
	var h *history.History
	returned := make(chan struct{})
	s := serve(t, console.Options{Invoke: func(_ context.Context, id, function string, _ []byte) error {
		defer close(returned)
		h.Add(history.Entry{ID: id, Request: &history.Request{Function: function, State: history.Throttled}})
		return errors.New("too many requests")
	}})
	h = s.history
	run := call[started](s, "POST", "/console/api/functions/f/calls", "{}")
	<-returned
	s.console.Close() // waits for what follows the return
	if request := s.ended(run.Requests[0]); request.State != history.Throttled || request.Error != "" {
		t.Errorf("the request is %+v", request)
	}
}

func TestBadRequests(t *testing.T) {
	s := serve(t, console.Options{EventsDir: t.TempDir()})
	for name, test := range map[string]struct {
		method, path, body string
		status             int
		says               string
	}{
		"an event that is not JSON": {"POST", "functions/f/calls", `{"a":}`, 400, "the event is not JSON"},
		"an empty event":            {"POST", "functions/f/calls", "", 400, "the event is not JSON"},
		"an event of 7 MB": {
			"POST", "functions/f/calls", `"` + strings.Repeat("a", 7<<20) + `"`, 413, "larger than 6291456 bytes",
		},
		"no times":               {"POST", "functions/f/calls?times=0", "{}", 400, "from 1 to 1000"},
		"too many times":         {"POST", "functions/f/calls?times=1001", "{}", 400, "from 1 to 1000"},
		"times that are text":    {"POST", "functions/f/calls?times=x", "{}", 400, "from 1 to 1000"},
		"too many in parallel":   {"POST", "functions/f/calls?parallel=101", "{}", 400, "from 1 to 100"},
		"an unknown request":     {"GET", "requests/none", "", 404, "no longer kept"},
		"an unknown body":        {"GET", "requests/none/body", "", 404, "no answer of HTTP"},
		"no picture":             {"GET", "picture", "", 404, "no picture"},
		"no samples":             {"GET", "samples/sqs", "", 404, "no sample events"},
		"no sources":             {"GET", "source?file=main.go", "", 404, "not shown"},
		"an unknown saved event": {"GET", "events/none", "", 404, "events/none.json does not exist"},
	} {
		t.Run(name, func(t *testing.T) {
			status, text := s.send(test.method, "/console/api/"+test.path, test.body)
			if status != test.status || !strings.Contains(text, test.says) {
				t.Errorf("the answer is %d %s, want %d and %q", status, text, test.status, test.says)
			}
		})
	}
}

// slow is the body of a client that pauses for too long.
type slow struct{}

func (slow) Read([]byte) (int, error) { return 0, os.ErrDeadlineExceeded }

func TestARequestThatDoesNotArrive(t *testing.T) {
	s := serve(t, console.Options{Sample: func(string, string) ([]byte, error) {
		return []byte(`{"Records":[{"s3":{"object":{}}}]}`), nil
	}})
	for path, method := range map[string]string{
		"/console/api/functions/f/calls": "POST", "/console/api/events/new": "PUT", "/console/api/samples/s3": "POST",
	} {
		recorder := httptest.NewRecorder()
		s.console.ServeHTTP(recorder, httptest.NewRequest(method, path, slow{}))
		if recorder.Code != http.StatusRequestTimeout || !strings.Contains(recorder.Body.String(), "has not arrived") {
			t.Errorf("%s is answered with %d %s", path, recorder.Code, recorder.Body)
		}
	}
}

func TestTheEventsOfAFunctionThatWereSent(t *testing.T) {
	s := serve(t, console.Options{})
	for _, sent := range []struct{ function, event string }{
		{"f", `{"n":1}`}, {"f", `{"n":2}`}, {"g", `{"n":3}`}, {"f", `{"n":1}`},
	} {
		s.history.Add(history.Entry{Request: &history.Request{Function: sent.function, Event: []byte(sent.event)}})
	}
	s.history.Add(history.Entry{Build: &history.Build{}})
	s.history.Add(history.Entry{Request: &history.Request{Function: "f", Dropped: true}})
	type event struct {
		Text string
		Size int
	}
	got := call[[]event](s, "GET", "/console/api/functions/f/sent", "")
	if len(got) != 2 || got[0] != (event{`{"n":1}`, 7}) || got[1].Text != `{"n":2}` {
		t.Errorf("the events are %+v", got)
	}
}

func TestSamples(t *testing.T) {
	s := serve(t, console.Options{Sample: func(name, function string) ([]byte, error) {
		if name != "sqs" {
			return nil, errors.New("no sample event " + name)
		}
		return []byte(`{"for":"` + function + `"}`), nil
	}})
	type sample struct{ Text string }
	got := call[sample](s, "GET", "/console/api/samples/sqs?function=take", "")
	if got.Text != `{"for":"take"}` {
		t.Errorf("the sample is %s", got.Text)
	}
	if status, text := s.send("GET", "/console/api/samples/x", ""); status != 404 ||
		!strings.Contains(text, "no sample event x") {
		t.Errorf("an unknown sample answers %d %s", status, text)
	}
}

func TestMessagesAndFilesBecomeEvents(t *testing.T) {
	s := serve(t, console.Options{Sample: func(name, _ string) ([]byte, error) {
		if name == "s3" {
			return []byte(`{"Records":[{"s3":{"object":{}}}]}`), nil
		}
		return []byte(`{"Records":[{"attributes":{}}]}`), nil
	}})
	type event struct{ Text string }
	got := call[event](s, "POST", "/console/api/samples/sqs?function=f", "a <message>")
	if !strings.Contains(got.Text, `"body":"a <message>"`) {
		t.Errorf("the event is %s", got.Text)
	}
	got = call[event](s, "POST", "/console/api/samples/s3?function=f&key=a%20b.txt", strings.Repeat("x", 7<<20))
	if !strings.Contains(got.Text, `"key":"a+b.txt","size":7340032`) {
		t.Errorf("the event is %s", got.Text)
	}
	for name, test := range map[string]struct {
		body   string
		status int
		says   string
	}{
		"cognito": {"", 400, "cannot be made"},
		"sqs":     {strings.Repeat("x", 7<<20), 413, "the message is larger than 6291456 bytes"},
	} {
		status, text := s.send("POST", "/console/api/samples/"+name, test.body)
		if status != test.status || !strings.Contains(text, test.says) {
			t.Errorf("%s answers %d %s", name, status, text)
		}
	}
}

// stream reads server-sent events.
type stream struct {
	testing.TB
	lines *bufio.Scanner
}

func (s *served) stream() *stream {
	s.Helper()
	request, err := http.NewRequestWithContext(s.Context(), "GET", s.URL+"/console/api/stream", nil)
	if err != nil {
		s.Fatal(err)
	}
	response, err := s.Client().Do(request)
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { response.Body.Close() })
	if got := response.Header.Get("Content-Type"); got != "text/event-stream" {
		s.Fatalf("the stream has the type %s", got)
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 4<<20)
	return &stream{s, lines}
}

// next returns the next event with one of these names.
func (s *stream) next(name string, value any) {
	s.Helper()
	found := false
	for s.lines.Scan() {
		line := s.lines.Text()
		if event, isEvent := strings.CutPrefix(line, "event: "); isEvent {
			found = event == name
		}
		if data, isData := strings.CutPrefix(line, "data: "); isData && found {
			if err := json.Unmarshal([]byte(data), value); err != nil {
				s.Fatalf("%s: %v", data, err)
			}
			return
		}
	}
	s.Fatalf("the stream ended before %s: %v", name, s.lines.Err())
}

type entry struct {
	ID, State, Function, Text string
	Status                    int
	Build                     *struct {
		Problems []struct {
			File, Message string
			Line          int
			Code          []string
		}
	}
}

func TestTheStreamSaysWhatChanges(t *testing.T) {
	var state, name atomic.Value
	state.Store("cold")
	name.Store("Shop")
	s := serve(t, console.Options{
		Service: func() console.Service {
			return console.Service{Name: name.Load().(string), Samples: []string{"sqs"}}
		},
		Functions: func() []console.Function {
			return []console.Function{{Name: "f", State: state.Load().(string), MemorySize: 128}}
		},
	})
	s.history.Add(history.Entry{Build: &history.Build{State: history.Failed, Problems: []history.Problem{
		{File: "main.go", Line: 3, Message: "undefined: x", Code: []string{"a", "b"}, First: 2},
	}}})
	stream := s.stream()
	var first struct {
		Service   string
		Samples   []string
		Inputs    map[string]string
		Functions []struct{ Name, State string }
		Entries   []entry
	}
	stream.next("state", &first)
	if first.Inputs["sqs"] != "text" {
		t.Errorf("the inputs are %v", first.Inputs)
	}
	if first.Service != "Shop" || first.Samples[0] != "sqs" || first.Functions[0].State != "cold" ||
		len(first.Entries) != 1 {
		t.Fatalf("the state is %+v", first)
	}
	if problem := first.Entries[0].Build.Problems[0]; problem.File != "main.go" || problem.Line != 3 ||
		problem.Message != "undefined: x" || len(problem.Code) != 2 {
		t.Errorf("the problem is %+v", problem)
	}
	id := s.history.Add(history.Entry{Request: &history.Request{Function: "f", State: history.Running}})
	var entries []entry
	stream.next("entries", &entries)
	if len(entries) != 1 || entries[0].ID != id || entries[0].State != "running" {
		t.Errorf("the entries are %+v", entries)
	}
	s.history.Update(id, func(e *history.Entry) {
		e.Request.State, e.Request.Duration = history.Failed, 3*time.Millisecond
		e.Request.Payload = []byte(`{"errorType":"boundsError","errorMessage":"index out of\nrange"}`)
	})
	stream.next("entries", &entries)
	if entries[0].State != "failed" || entries[0].Text != "boundsError: index out of range" {
		t.Errorf("the entries are %+v", entries)
	}
	var functions []struct {
		Name, State, Last  string
		Requests, Failures int
		P50                float64
	}
	stream.next("functions", &functions)
	if f := functions[0]; f.Requests != 1 || f.Failures != 1 || f.P50 != 3 || f.Last != "failed" {
		t.Errorf("the functions are %+v", functions)
	}
	name.Store("Other")
	var service struct {
		Service   string
		Addresses []console.Address
	}
	stream.next("service", &service)
	if service.Service != "Other" || service.Addresses == nil {
		t.Errorf("the service is %+v", service)
	}
	state.Store("warm") // is noticed without a request
	stream.next("functions", &functions)
	if functions[0].State != "warm" {
		t.Errorf("the functions are %+v", functions)
	}
}

func TestTheStreamStartsAgainAfterMoreThanItKeeps(t *testing.T) {
	s := serve(t, console.Options{})
	stream := s.stream()
	var state struct{ Entries []entry }
	stream.next("state", &state)
	for range 2000 {
		s.history.Add(history.Entry{Request: &history.Request{Function: "f", State: history.Succeeded}})
	}
	for len(state.Entries) != 1000 { // some of them may have been sent as entries
		stream.next("state", &state)
	}
}

func TestTheStreamEndsWithTheConsole(t *testing.T) {
	s := serve(t, console.Options{})
	stream := s.stream()
	var state struct{ Service string }
	stream.next("state", &state)
	s.console.Close()
	for stream.lines.Scan() {
		continue
	}
}

func TestSavedEvents(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "events")
	s := serve(t, console.Options{EventsDir: dir})
	type saved struct{ Name, Version, Text string }
	if list := call[[]saved](s, "GET", "/console/api/events", ""); len(list) != 0 {
		t.Errorf("without a folder, the events are %v", list)
	}
	first := call[saved](s, "PUT", "/console/api/events/take-one", `{"a": 1}`)
	content, err := os.ReadFile(filepath.Join(dir, "take-one.json"))
	if err != nil || string(content) != "{\"a\": 1}\n" {
		t.Fatalf("the file contains %q, %v", content, err)
	}
	for version, status := range map[string]int{"": 409, "other": 409} {
		got, text := s.send("PUT", "/console/api/events/take-one?version="+version, `{"a": 2}`)
		if got != status || !strings.Contains(text, "events/take-one.json exists already") {
			t.Errorf("with version %q, the answer is %d %s", version, got, text)
		}
	}
	if again := call[saved](s, "PUT", "/console/api/events/take-one", `{"a": 1}`); again != first {
		t.Errorf("saved again, the event is %+v", again)
	}
	second := call[saved](s, "PUT", "/console/api/events/take-one?version="+first.Version, `{"a": 2}`)
	got := call[saved](s, "GET", "/console/api/events/take-one", "")
	if got.Text != "{\"a\": 2}\n" || got.Version != second.Version || second.Version == first.Version {
		t.Errorf("the event is %+v", got)
	}
	for _, other := range []string{".hidden.json", "note.txt", "sub/x.json"} {
		path := filepath.Join(dir, other)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("{}"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if list := call[[]saved](s, "GET", "/console/api/events", ""); len(list) != 1 || list[0].Name != "take-one" {
		t.Errorf("the events are %v", list)
	}
}

// The largest event can be sent, saved, loaded and sent again.
func TestTheLargestEvent(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, console.Options{EventsDir: dir})
	const largest = 6_291_456
	for size, want := range map[int]int{largest - 1: 200, largest: 200, largest + 1: 413} {
		event := `"` + strings.Repeat("x", size-2) + `"`
		if status, text := s.send("POST", "/console/api/functions/f/calls", event); status != want {
			t.Errorf("%d bytes are sent: %d %.100s", size, status, text)
		}
		if status, text := s.send("PUT", "/console/api/events/large?version=", event); status != want {
			t.Errorf("%d bytes are saved: %d %.100s", size, status, text)
		}
		if want != 200 {
			continue
		}
		saved := call[struct{ Text, Version string }](s, "GET", "/console/api/events/large", "")
		if strings.TrimSuffix(saved.Text, "\n") != event {
			t.Errorf("of %d bytes, %d are loaded", size, len(saved.Text))
		}
		if status, text := s.send("POST", "/console/api/functions/f/calls", saved.Text); status != 200 {
			t.Errorf("%d bytes are sent again: %d %.100s", size, status, text)
		}
		if err := os.Remove(filepath.Join(dir, "large.json")); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNamesOfSavedEvents(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "events")
	s := serve(t, console.Options{EventsDir: dir})
	for name, isAccepted := range map[string]bool{
		"a":                     true,
		"take-order_2":          true,
		"v1.2":                  true,
		strings.Repeat("a", 80): true,
		strings.Repeat("a", 81): false,
		".hidden":               false,
		"-option":               false,
		"..":                    false,
		"%2e%2e%2fx":            false,
		"..%2Fx":                false,
		"a%2Fb":                 false,
		"a%5Cb":                 false,
		"a%00b":                 false,
		"C:x":                   false,
		"a%20b":                 false,
		"a..b":                  false,
		"a.":                    false,
		"%C3%A4":                false,
		"$(id)":                 false,
		"x%0a":                  false,
		"nul":                   false,
		"COM1.x":                false,
		"console":               true,
	} {
		status, text := s.send("PUT", "/console/api/events/"+name, "{}")
		if (status == http.StatusOK) != isAccepted {
			t.Errorf("%q answers %d %s", name, status, text)
		}
	}
	if outside, err := os.ReadDir(parent); err != nil || len(outside) != 1 {
		t.Errorf("beside the folder there is %v, %v", outside, err)
	}
}

func TestLinksDoNotLeadOutOfTheFolderOfEvents(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "events")
	secret := filepath.Join(parent, "secret.json")
	if err := errors.Join(os.Mkdir(dir, 0o755), os.WriteFile(secret, []byte(`"canary"`), 0o644)); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, "link.json")); err != nil {
		t.Skip(err)
	}
	s := serve(t, console.Options{EventsDir: dir})
	for _, method := range []string{"GET", "PUT"} {
		status, text := s.send(method, "/console/api/events/link", "{}")
		if status == http.StatusOK || strings.Contains(text, "canary") {
			t.Errorf("%s answers %d %s", method, status, text)
		}
	}
	if content, err := os.ReadFile(secret); err != nil || string(content) != `"canary"` {
		t.Errorf("the file outside contains %q, %v", content, err)
	}
}
