package lambdaruntime

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/interpreter"
)

// recorded is the part of a runtime client's request that Lambda reads.
type recorded struct {
	Request     string // method and path
	ContentType string
	ErrorType   string // of an initialization or a restore
	Cause       string // X-Ray's
	Body        string
}

// recorder is a Runtime API that sends prepared invocations and records requests.
type recorder struct {
	*httptest.Server
	mu       sync.Mutex
	events   []recordedEvent
	requests []recorded
	asked    chan struct{} // closed when a process asks for an invocation after the last
}

// recordedEvent is an invocation that a recorder sends.
type recordedEvent struct {
	headers map[string]string // in addition to those of every invocation
	payload string
}

func record(t *testing.T, events []recordedEvent) *recorder {
	t.Helper()
	r := &recorder{events: events, asked: make(chan struct{})}
	ended := make(chan struct{})
	r.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		switch {
		case request.Method == http.MethodGet && strings.HasSuffix(request.URL.Path, "/invocation/next"):
			event, ok := r.next()
			if !ok {
				<-ended
				return
			}
			event.write(w)
		case request.Method == http.MethodGet: // the snapshot is restored immediately
			r.keep(request)
		default:
			r.keep(request)
			w.WriteHeader(http.StatusAccepted)
		}
	}))
	r.Config.MaxHeaderBytes = 4 << 20 // X-Ray's cause is a header
	r.Start()
	t.Cleanup(func() { r.Server.Close() })
	t.Cleanup(func() { close(ended) })
	return r
}

func (r *recorder) next() (recordedEvent, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.events) == 0 {
		close(r.asked)
		return recordedEvent{}, false
	}
	event := r.events[0]
	r.events = r.events[1:]
	return event, true
}

func (r *recorder) keep(request *http.Request) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		body = []byte("cannot be read: " + err.Error())
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests = append(r.requests, recorded{
		Request:     request.Method + " " + request.URL.Path,
		ContentType: request.Header.Get("Content-Type"),
		ErrorType:   request.Header.Get("Lambda-Runtime-Function-Error-Type"),
		Cause:       request.Header.Get("Lambda-Runtime-Function-Xray-Error-Cause"),
		Body:        string(body),
	})
}

func (e recordedEvent) write(w http.ResponseWriter) {
	for name, value := range map[string]string{
		"Content-Type":                        "application/json",
		"Lambda-Runtime-Aws-Request-Id":       "one-id",
		"Lambda-Runtime-Deadline-Ms":          "1000000000000",
		"Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:123456789012:function:same",
	} {
		w.Header().Set(name, value)
	}
	for name, value := range e.headers {
		if w.Header().Set(name, value); value == "" {
			w.Header().Del(name)
		}
	}
	_, _ = io.WriteString(w, e.payload)
}

// conversation is what a client sent and logged while it served the events of a recorder.
type conversation struct {
	Requests []recorded
	Log      string
	Code     int // the exit code; 0 if the process continued to ask for events
}

// converse runs a handler with the client of the options until it has served the events or has ended.
func converse(t *testing.T, options Options, events ...recordedEvent) conversation {
	t.Helper()
	options, err := options.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	clientDir, err := installClient(options.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	r := record(t, events)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	command := options.command(clientDir)
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Dir = options.Dir
	cmd.Env = options.environment(interpreter.Environment(), strings.TrimPrefix(r.URL, "http://"), clientDir)
	var log strings.Builder
	options.Stdout = &log // what Python writes to stderr at its end does not matter
	cmd.Stdout, cmd.Stderr = options.writers()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	said := conversation{}
	select {
	case <-r.asked:
		_ = cmd.Process.Kill()
		<-exited
	case <-exited:
		said.Code = cmd.ProcessState.ExitCode()
	}
	if ctx.Err() != nil {
		t.Fatalf("%s %s: neither asked for an event after the last nor ended", command, options.Handler)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	said.Requests, said.Log = r.requests, log.String()
	return said
}
