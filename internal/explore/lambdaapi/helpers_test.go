package lambdaapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/explore/lambdaapi"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/explore/testfunction"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

func TestMain(m *testing.M) {
	testfunction.Main()
	os.Exit(m.Run())
}

// service is a service on this machine with one function that can be invoked.
type service struct {
	*httptest.Server
	handler  *lambdaapi.Handler
	function *sandbox.Function

	mu       sync.Mutex
	failures []string // that Options.Failed reported
	invoked  int
	answered int // of the invocations, those that the function has answered
}

// serve serves the function "echo" until the test ends, and checks then that nothing is left.
func serve(t testing.TB, change func(*sandbox.Config, *lambdaapi.Options)) *service {
	t.Helper()
	testfunction.CheckLeaks(t)
	s := &service{}
	config := sandbox.Config{
		Name: "echo", Dir: ".", Command: testfunction.Command(), Env: testfunction.Env(""), MemorySize: 1024,
		Timeout: time.Minute,
	}
	options := lambdaapi.Options{
		Functions: functions,
		Region:    "eu-west-1",
		Failed: func(function string, result *sandbox.Result, err error) {
			text := fmt.Sprint(function, " ", err)
			if result != nil {
				text = fmt.Sprint(function, " ", string(result.Payload))
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			s.failures = append(s.failures, text)
		},
	}
	if change != nil {
		change(&config, &options)
	}
	var err error
	if s.function, err = sandbox.New(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	if options.Invoke == nil {
		options.Invoke = s.invoke
	}
	s.handler = lambdaapi.New(options)
	s.Server = httptest.NewServer(s.handler)
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		s.Server.Close()
		_ = s.function.Close()
		_ = s.handler.Close()
	})
	return s
}

func (s *service) invoke(
	ctx context.Context, function string, request lambdaruntime.Request,
) (*sandbox.Result, error) {
	s.mu.Lock()
	s.invoked++
	s.mu.Unlock()
	switch function {
	case "building":
		return nil, lambdaapi.NotReady(function, "Pending")
	case "third":
		return nil, sandbox.ErrTooMany
	}
	result, err := s.function.Invoke(ctx, request)
	if err == nil {
		s.mu.Lock()
		s.answered++
		s.mu.Unlock()
	}
	return result, err
}

// seen returns the failures and how often a function was invoked.
func (s *service) seen() (failures []string, invoked int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.failures...), s.invoked
}

// answers returns how many invocations the function has answered.
func (s *service) answers() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.answered
}

// functions are those of the service.
func functions() []lambdaapi.Function {
	return []lambdaapi.Function{
		{
			Name: "echo", Description: "Returns its event.", Handler: "index.handler", Runtime: "python3.13",
			MemorySize: 1024, Timeout: time.Minute, Variables: map[string]string{"NAME": "value"}, Arch: "arm64",
			Tags: map[string]string{"team": "blue"}, Versions: []string{"1", "2"},
			Aliases: map[string]string{"live": "2"}, Package: "/stage/echo",
			Modified: time.Date(2026, 11, 27, 1, 2, 3, 4e6, time.UTC),
		},
		{Name: "building", Concurrency: 5},
		{Name: "third"},
	}
}

// answer is an answer of the API.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// send sends a request.
func (s *service) send(t testing.TB, method, path string, header map[string]string, body []byte) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range maps.All(header) {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, content}
}

const invocations = "/2015-03-31/functions/echo/invocations"

// decode decodes a document.
func decode[T any](t testing.TB, document []byte) T {
	t.Helper()
	var value T
	if err := json.Unmarshal(document, &value); err != nil {
		t.Fatalf("%s: %v", document, err)
	}
	return value
}
