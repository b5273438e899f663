package lambdaapi_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/explore/lambdaapi"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/explore/testfunction"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

func TestInvoke(t *testing.T) {
	s := serve(t, nil)
	event := testfunction.Event{Print: "hello"}.JSON()
	a := s.send(t, "POST", invocations, map[string]string{"X-Amz-Log-Type": "Tail", "Authorization": "AWS4 …"}, event)
	id := a.header.Get("X-Amzn-RequestId")
	if a.status != 200 || !bytes.Equal(a.body, event) || a.header.Get("X-Amz-Executed-Version") != "$LATEST" ||
		len(id) != 36 || a.header.Get("X-Amz-Function-Error") != "" ||
		a.header.Get("Content-Type") != "application/json" {
		t.Errorf("%+v %s", a, a.body)
	}
	log, err := base64.StdEncoding.DecodeString(a.header.Get("X-Amz-Log-Result"))
	start := "START RequestId: " + id + " Version: $LATEST\nhello\nEND RequestId: " + id + "\nREPORT RequestId: " + id
	if err != nil || !strings.HasPrefix(string(log), start) || !bytes.HasSuffix(log, []byte("ms\t\n")) {
		t.Errorf("log %q (%v)", log, err)
	}
	if a := s.send(t, "POST", invocations, nil, event); a.header.Get("X-Amz-Log-Result") != "" {
		t.Error("the log is sent to those who have not asked for it")
	}
}

func TestAnEventMayHaveWhiteSpaceAroundIt(t *testing.T) {
	s := serve(t, nil)
	if a := s.send(t, "POST", invocations, nil, []byte(" \r\n\t{}\n\n")); a.status != 200 || string(a.body) != "{}" {
		t.Errorf("%+v %s", a, a.body)
	}
	for _, other := range []string{"\v", "\f", "\u00a0", ","} {
		if a := s.send(t, "POST", invocations, nil, []byte("{}"+other)); a.status != 400 {
			t.Errorf("%q after the event: %+v %s", other, a, a.body)
		}
	}
}

func TestTheTailOfALogIsFourKilobytes(t *testing.T) {
	s := serve(t, nil)
	event := testfunction.Event{Print: strings.Repeat("ü", 50), Repeat: 1000}.JSON()
	a := s.send(t, "POST", invocations, map[string]string{"X-Amz-Log-Type": "Tail"}, event)
	log, err := base64.StdEncoding.DecodeString(a.header.Get("X-Amz-Log-Result"))
	if err != nil || len(log) > 4096 || len(log) < 4090 || !bytes.Contains(log, []byte("REPORT")) ||
		bytes.Contains(log, []byte("START")) || bytes.ContainsRune(log, '\uFFFD') {
		t.Errorf("%d bytes (%v): %q", len(log), err, log)
	}
}

func TestWhatTheFunctionSees(t *testing.T) {
	s := serve(t, nil)
	custom := base64.StdEncoding.EncodeToString([]byte(`{"custom":{"a":"b"}}`))
	header := map[string]string{"X-Amz-Client-Context": custom, "X-Amzn-Trace-Id": "Root=1-2-3"}
	const arn = "arn:aws:lambda:eu-west-1:123456789012:function:echo"
	for path, want := range map[string]string{
		"echo/invocations":                       arn,
		"echo/invocations?Qualifier=live":        arn + ":live",
		"echo:2/invocations":                     arn + ":2",
		"echo:%24LATEST/invocations":             arn + ":$LATEST",
		"123456789012:function:echo/invocations": arn,
		"arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Aecho%3Alive/invocations": arn + ":live",
	} {
		a := s.send(t, "POST", "/2015-03-31/functions/"+path, header, testfunction.Event{About: true}.JSON())
		if a.status != 200 {
			t.Fatalf("%s: %d %s", path, a.status, a.body)
		}
		seen := decode[testfunction.About](t, a.body)
		if seen.ARN != want || seen.Custom["a"] != "b" || seen.Trace != "Root=1-2-3" ||
			seen.RequestID != a.header.Get("X-Amzn-RequestId") {
			t.Errorf("%s: %+v", path, seen)
		}
		version := "$LATEST"
		if strings.HasSuffix(want, ":live") || strings.HasSuffix(want, ":2") {
			version = "2"
		}
		if got := a.header.Get("X-Amz-Executed-Version"); got != version {
			t.Errorf("%s: version %s, want %s", path, got, version)
		}
	}
	if a := s.send(t, "POST", invocations, nil, nil); string(a.body) != "{}" {
		t.Errorf("without an event, the function receives %s", a.body)
	}
}

func TestFailuresOfTheFunction(t *testing.T) {
	for name, c := range map[string]struct {
		event testfunction.Event
		want  string
	}{
		"an error":  {testfunction.Event{Fail: "no luck"}, `"errorMessage":"no luck"`},
		"a panic":   {testfunction.Event{Panic: "out of control"}, `"errorMessage":"out of control"`},
		"an exit":   {testfunction.Event{Exit: 3}, "Runtime exited with error: exit status 3"},
		"a timeout": {testfunction.Event{Sleep: time.Hour}, "Task timed out after 1.00 seconds"},
		"a response that is too large": {
			testfunction.Event{Size: 6<<20 + 200}, "Response payload size exceeded maximum allowed payload size",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(config *sandbox.Config, _ *lambdaapi.Options) {
				if c.event.Sleep > 0 {
					config.Timeout = time.Second
				}
			})
			a := s.send(t, "POST", invocations, nil, c.event.JSON())
			if a.status != 200 || a.header.Get("X-Amz-Function-Error") != "Unhandled" ||
				!strings.Contains(string(a.body), c.want) {
				t.Errorf("%d %v %s, want %s", a.status, a.header, a.body, c.want)
			}
		})
	}
}

// A client must be able to distinguish mistakes of its own from those of the function.
func TestRefusedRequests(t *testing.T) {
	s := serve(t, nil)
	for name, c := range map[string]struct {
		method, path string
		header       map[string]string
		body         string
		status       int
		kind         string
		message      string
	}{
		"a function that does not exist": {
			path: "/2015-03-31/functions/nobody/invocations", status: 404, kind: "ResourceNotFoundException",
			message: "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:nobody (the service has no " +
				"function nobody, but echo, building, third)",
		},
		"a version that does not exist": {
			path: invocations + "?Qualifier=3", status: 404, kind: "ResourceNotFoundException",
			message: "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:echo:3",
		},
		"two qualifiers": {
			path: "/2015-03-31/functions/echo:1/invocations?Qualifier=2", status: 400,
			kind: "InvalidParameterValueException", message: "does not match the specified qualifier",
		},
		"a name that Lambda does not allow": {
			path: "/2015-03-31/functions/a%20b/invocations", status: 400, kind: "InvalidParameterValueException",
			message: "Value 'a b' at 'functionName'",
		},
		"a function that is not ready": {
			path: "/2015-03-31/functions/building/invocations", status: 409, kind: "ResourceConflictException",
			message: "in the following state: Pending (building)",
		},
		"an event that is not JSON": {
			path: invocations, body: "{hello", status: 400, kind: "InvalidRequestContentException",
			message: "Could not parse request body into json: invalid character 'h'",
		},
		"an event with something after it": {
			path: invocations, body: "{} 1", status: 400, kind: "InvalidRequestContentException",
			message: "Could not parse request body into json: invalid character '1' after top-level value",
		},
		"an event that is not UTF-8": {
			path: invocations, body: "\"\xff\"", status: 400, kind: "InvalidRequestContentException",
			message: "it is not UTF-8",
		},
		"an unknown invocation type": {
			path: invocations, header: map[string]string{"X-Amz-Invocation-Type": "Later"}, status: 400,
			kind: "InvalidParameterValueException", message: "[Event, RequestResponse, DryRun]",
		},
		"a client context that is not base64": {
			path: invocations, header: map[string]string{"X-Amz-Client-Context": "{}"}, status: 400,
			kind:    "InvalidRequestContentException",
			message: "Client context must be a valid Base64-encoded JSON object.",
		},
		"a client context that is not an object": {
			path: invocations, header: map[string]string{"X-Amz-Client-Context": "NQ=="}, status: 400,
			kind:    "InvalidRequestContentException",
			message: "Client context must be a valid Base64-encoded JSON object.",
		},
		"a client context that is too long": {
			path: invocations, header: map[string]string{"X-Amz-Client-Context": strings.Repeat("A", 3584)},
			status: 400, kind: "InvalidRequestContentException", message: "no more than 3583 bytes",
		},
		"an event of 7 MB": {
			path: invocations, body: strings.Repeat("x", 7_000_000), status: 413, kind: "RequestTooLargeException",
			message: "Request must be smaller than 6291456 bytes for the InvokeFunction operation",
		},
		"an event of 2 MB that no client waits for": {
			path: invocations, header: map[string]string{"X-Amz-Invocation-Type": "Event"},
			body: strings.Repeat("x", 2_000_000), status: 413, kind: "RequestTooLargeException",
			message: "smaller than 1048576 bytes",
		},
		"another operation": {
			method: "DELETE", path: "/2015-03-31/functions/echo", status: 404, kind: "UnknownOperationException",
			message: "does not serve DELETE /2015-03-31/functions/echo",
		},
		"an invalid number of functions": {
			method: "GET", path: "/2015-03-31/functions?MaxItems=0", status: 400,
			kind: "InvalidParameterValueException", message: "Value '0' at 'maxItems'",
		},
		"an invalid marker": {
			method: "GET", path: "/2015-03-31/functions?Marker=x", status: 400, kind: "InvalidParameterValueException",
			message: "The marker x",
		},
	} {
		t.Run(name, func(t *testing.T) {
			method := c.method
			if method == "" {
				method = "POST"
			}
			a := s.send(t, method, c.path, c.header, []byte(c.body))
			document := decode[struct{ Message, Type string }](t, a.body) // Lambda writes Message and message
			if a.status != c.status || a.header.Get("X-Amzn-ErrorType") != c.kind || document.Type != "User" ||
				!strings.Contains(document.Message, c.message) || a.header.Get("X-Amzn-RequestId") == "" {
				t.Errorf("%d %v %s", a.status, a.header, a.body)
			}
		})
	}
	if _, invoked := s.seen(); invoked > 1 { // of the function that is not ready
		t.Errorf("%d invocations", invoked)
	}
}

func TestTheLargestEvent(t *testing.T) {
	s := serve(t, nil)
	event := []byte(`"` + strings.Repeat("x", 6<<20-2) + `"`)
	if a := s.send(t, "POST", invocations, nil, event); a.status != 200 || !bytes.Equal(a.body, event) {
		t.Errorf("%d, %d bytes", a.status, len(a.body))
	}
}

// A body whose length is not announced is limited, too.
func TestChunkedBodies(t *testing.T) {
	s := serve(t, nil)
	for size, want := range map[int]int{1000: 200, 6 << 20: 200, 6<<20 + 1: 413, 7_000_000: 413} {
		text := `"` + strings.Repeat("x", size-2) + `"`
		body := io.MultiReader(strings.NewReader(text)) // of unknown length
		request, err := http.NewRequestWithContext(t.Context(), "POST", s.URL+invocations, body)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if n, _ := io.Copy(io.Discard, response.Body); response.StatusCode != want || want == 200 && int(n) != size {
			t.Errorf("%d bytes: %d, %d bytes", size, response.StatusCode, n)
		}
		_ = response.Body.Close()
	}
}

func TestADryRunInvokesNothing(t *testing.T) {
	s := serve(t, nil)
	a := s.send(t, "POST", invocations, map[string]string{"X-Amz-Invocation-Type": "DryRun"}, []byte("{}"))
	if _, invoked := s.seen(); a.status != 204 || len(a.body) > 0 || invoked > 0 {
		t.Errorf("%d %s, %d invocations", a.status, a.body, invoked)
	}
}

func TestEventsThatNoClientWaitsFor(t *testing.T) {
	for name, c := range map[string]struct {
		event    testfunction.Event
		events   int
		retries  int
		failures int
		invoked  int
	}{
		"a success": {events: 1, invoked: 1},
		"more than may run at a time": {
			event: testfunction.Event{Sleep: 20 * time.Millisecond}, events: 30, invoked: 30,
		},
		"a failure": {event: testfunction.Event{Fail: "no luck"}, events: 1, failures: 1, invoked: 1},
		"a failure that is repeated": {
			event: testfunction.Event{Fail: "no luck"}, events: 1, retries: 2, failures: 1, invoked: 3,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(config *sandbox.Config, o *lambdaapi.Options) {
				config.Concurrency = 2
				o.RetryPauses = []time.Duration{time.Millisecond, time.Millisecond}
				o.Functions = func() []lambdaapi.Function {
					return []lambdaapi.Function{{Name: "echo", Retries: c.retries}}
				}
			})
			for range c.events {
				a := s.send(t, "POST", invocations, map[string]string{"X-Amz-Invocation-Type": "Event"}, c.event.JSON())
				if a.status != 202 || len(a.body) > 0 || a.header.Get("X-Amzn-RequestId") == "" {
					t.Fatalf("%+v", a)
				}
			}
			for range 2000 {
				failures, _ := s.seen()
				if s.answers() == c.invoked && s.function.State().Running == 0 && len(failures) == c.failures {
					break
				}
				time.Sleep(25 * time.Millisecond)
			}
			failures, _ := s.seen()
			if got := s.answers(); got != c.invoked || len(failures) != c.failures {
				t.Errorf("%d invocations, failures %q", got, failures)
			}
			for _, failure := range failures {
				if !strings.Contains(failure, "no luck") {
					t.Errorf("failure %s", failure)
				}
			}
		})
	}
}

func TestCloseEndsWaitingEvents(t *testing.T) {
	s := serve(t, func(config *sandbox.Config, _ *lambdaapi.Options) { config.Concurrency = 1 })
	event := testfunction.Event{Sleep: time.Hour}.JSON()
	for range 3 {
		s.send(t, "POST", invocations, map[string]string{"X-Amz-Invocation-Type": "Event"}, event)
	}
	_ = s.handler.Close()
	a := s.send(t, "POST", invocations, map[string]string{"X-Amz-Invocation-Type": "Event"}, event)
	if failures, _ := s.seen(); a.status != 429 || len(failures) > 0 {
		t.Errorf("%d, failures %q", a.status, failures)
	}
}

func TestAThousandParallelRequests(t *testing.T) {
	s := serve(t, nil)
	transport := &http.Transport{MaxIdleConnsPerHost: 1000}
	client := http.Client{Transport: transport}
	defer transport.CloseIdleConnections()
	var group sync.WaitGroup
	statuses := make(chan int, 1000)
	for range 1000 {
		group.Add(1)
		go func() {
			defer group.Done()
			response, err := client.Post(s.URL+invocations, "application/json", strings.NewReader(`{"sleep":1000000}`))
			if err != nil {
				t.Error(err)
				return
			}
			defer response.Body.Close()
			body, _ := io.ReadAll(response.Body)
			if response.StatusCode == 429 && (response.Header.Get("Retry-After") == "" ||
				!bytes.Contains(body, []byte(`"Reason":"ConcurrentInvocationLimitExceeded"`))) {
				t.Errorf("%v %s", response.Header, body)
			}
			statuses <- response.StatusCode
		}()
	}
	group.Wait()
	close(statuses)
	counts := map[int]int{}
	for status := range statuses {
		counts[status]++
	}
	if counts[200] < 10 || counts[200]+counts[429] != 1000 {
		t.Errorf("answers by status: %v", counts)
	}
}

func TestAThrottledFunctionWithReservedConcurrency(t *testing.T) {
	s := serve(t, func(_ *sandbox.Config, o *lambdaapi.Options) {
		o.Invoke = func(context.Context, string, lambdaruntime.Request) (*sandbox.Result, error) {
			return nil, sandbox.ErrTooMany
		}
	})
	a := s.send(t, "POST", "/2015-03-31/functions/building/invocations", nil, []byte("{}"))
	if !bytes.Contains(a.body, []byte(`"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded"`)) {
		t.Errorf("%s", a.body)
	}
}

func TestAnErrorOfThisMachine(t *testing.T) {
	s := serve(t, func(_ *sandbox.Config, o *lambdaapi.Options) {
		o.Invoke = func(context.Context, string, lambdaruntime.Request) (*sandbox.Result, error) {
			return nil, errors.New("no space left on device")
		}
	})
	a := s.send(t, "POST", invocations, nil, []byte("{}"))
	if a.status != 500 || a.header.Get("X-Amzn-ErrorType") != "ServiceException" ||
		string(a.body) != `{"Message":"no space left on device","Type":"Service"}` {
		t.Errorf("%d %v %s", a.status, a.header, a.body)
	}
}

func TestSlowClients(t *testing.T) {
	s := serve(t, func(_ *sandbox.Config, o *lambdaapi.Options) { o.Patience = 200 * time.Millisecond })
	const head = "POST " + invocations + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
	for name, c := range map[string]struct{ sent, want string }{
		"a body that stops":      {head + "10\r\n\r\n{", "HTTP/1.1 408 "},
		"a body that never came": {head + "6000000\r\n\r\n", "HTTP/1.1 408 "},
		"a body that is too large and stops": {
			head + "7000000\r\n\r\n{", "HTTP/1.1 413 ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := io.WriteString(conn, c.sent); err != nil {
				t.Fatal(err)
			}
			answered, err := io.ReadAll(conn)
			if err != nil || !strings.HasPrefix(string(answered), c.want) {
				t.Errorf("%q (%v), want %s", answered, err, c.want)
			}
		})
	}
	// A client that does not read its answer must not hold the function.
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	event := testfunction.Event{Size: 6 << 20}.JSON()
	if _, err := io.WriteString(conn, head+"16\r\n\r\n"+string(event)); err != nil {
		t.Fatal(err)
	}
	for range 200 {
		if s.answers() == 1 {
			break
		}
		time.Sleep(25 * time.Millisecond)
	}
	if a := s.send(t, "POST", invocations, nil, []byte("1")); string(a.body) != "1" {
		t.Errorf("another client: %s", a.body)
	}
	time.Sleep(500 * time.Millisecond)
	if n, err := io.Copy(io.Discard, conn); n > 6<<20 {
		t.Errorf("%d bytes after the pause (%v)", n, err)
	}
}

// A client that reads no answers holds nothing of the server for long, however small the answers are.
func TestAClientThatDoesNotRead(t *testing.T) {
	event := testfunction.Event{Size: 60_000}.JSON()
	for name, request := range map[string]string{
		"answers of a function": fmt.Sprintf("POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s",
			invocations, len(event), event),
		"errors": "GET /2015-03-31/functions/none HTTP/1.1\r\nHost: x\r\n\r\n",
		"lists":  "GET /2015-03-31/functions HTTP/1.1\r\nHost: x\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(_ *sandbox.Config, o *lambdaapi.Options) { o.Patience = 200 * time.Millisecond })
			conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			for err == nil {
				_ = conn.SetWriteDeadline(time.Now().Add(time.Minute))
				_, err = io.WriteString(conn, request)
			}
			if errors.Is(err, os.ErrDeadlineExceeded) {
				t.Error("the connection stays open")
			}
		})
	}
}

// Many clients that announce large bodies must not make the server reserve memory for all of them.
func TestManyLargeBodies(t *testing.T) {
	s := serve(t, func(_ *sandbox.Config, o *lambdaapi.Options) { o.Patience = 300 * time.Millisecond })
	var group sync.WaitGroup
	statuses := make(chan string, 40)
	for range 40 {
		group.Add(1)
		go func() {
			defer group.Done()
			conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			_, _ = io.WriteString(conn, "POST "+invocations+" HTTP/1.1\r\nHost: x\r\nContent-Length: 6000000\r\n\r\n")
			_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
			answered, err := io.ReadAll(conn) // the server closes the connection
			if err != nil {
				t.Error(err)
			}
			statuses <- string(answered[:min(len(answered), len("HTTP/1.1 408"))])
		}()
	}
	group.Wait()
	close(statuses)
	for status := range statuses {
		if status != "HTTP/1.1 408" && status != "HTTP/1.1 429" {
			t.Errorf("answered %q", status)
		}
	}
	if a := s.send(t, "POST", invocations, nil, []byte("1")); string(a.body) != "1" {
		t.Errorf("afterwards: %s", a.body)
	}
}

func TestAClientThatDisconnectsDoesNotEndItsInvocation(t *testing.T) {
	s := serve(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	file := filepath.Join(t.TempDir(), "open")
	event := testfunction.Event{Until: file}.JSON()
	request, err := http.NewRequestWithContext(ctx, "POST", s.URL+invocations, bytes.NewReader(event))
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for s.function.State().Running == 0 {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	if response, err := http.DefaultClient.Do(request); err == nil {
		_ = response.Body.Close()
		t.Error("answered")
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for s.function.State().Running > 0 {
		time.Sleep(10 * time.Millisecond)
	}
	if state := s.function.State(); state != (sandbox.State{Idle: 1}) {
		t.Errorf("the environment has ended: %+v", state)
	}
}
