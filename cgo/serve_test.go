//go:build !lambdabinary

package cgo

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/sparta"
)

// pathOf is a function with a URL, which answers with its name, its variable and the path of the request.
func pathOf(name string) *sparta.LambdaAWSInfo {
	info := sparta.HandleAWSLambda(name, sparta.HTTPHandler(http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, "%s %s %s", name, os.Getenv("SERVED_BY"), r.URL.Path)
		})), "role")
	info.Options.FunctionURL = &sparta.LambdaFunctionURL{AuthType: "NONE"}
	info.Options.Environment = map[string]any{"SERVED_BY": "own " + name}
	return info
}

// serving serves a service until end is called, and returns the lines of its addresses. If the command then returns an
// error, the test fails.
func serving(t *testing.T, s service, stderr io.Writer, flags ...string) (addresses *bufio.Reader, end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	reader, out := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := s.run(ctx, append([]string{"execute", "--port=0"}, flags...), streams{out: out, err: stderr})
		out.CloseWithError(err)
		ended <- err
	}()
	return bufio.NewReader(reader), func() {
		t.Helper()
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("an interrupt ends the command with %v", err)
		}
	}
}

// TestExecuteServesURLs serves two functions until the command is interrupted.
func TestExecuteServesURLs(t *testing.T) {
	s := service{name: "Hello", functions: []*sparta.LambdaAWSInfo{pathOf("first"), pathOf("second_one")}}
	var stderr bytes.Buffer
	addresses, end := serving(t, s, &stderr)
	names := []string{"first", "second_one"}
	announced := map[string]string{} // addresses by function
	for range names {
		var address, function string
		if _, err := fmt.Fscanln(addresses, &address, &function); err != nil {
			t.Fatal(err)
		}
		announced[function] = address
	}
	for _, name := range names {
		address := announced[name]
		host := strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/")
		_, port, _ := strings.Cut(host, ":")
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1:"+port+"/a/b", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = host // not every system resolves names below localhost
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if want := name + " own " + name + " /a/b"; err != nil || string(body) != want {
			t.Errorf("%s answers %q (error: %v), want %q", address, body, err, want)
		}
	}
	end()
	if stderr.Len() > 0 {
		t.Errorf("stderr: %s", &stderr)
	}
}

// TestExecuteServesAnHTTPAPI serves a route that a function of the service authorizes.
func TestExecuteServesAnHTTPAPI(t *testing.T) {
	served := pathOf("served")
	served.Options.FunctionURL = nil
	check := sparta.HandleAWSLambda("check", func(request events.APIGatewayV2CustomAuthorizerV2Request) (
		events.APIGatewayV2CustomAuthorizerSimpleResponse, error,
	) {
		return events.APIGatewayV2CustomAuthorizerSimpleResponse{IsAuthorized: request.Headers["x-key"] == "k"}, nil
	}, "role")
	api := sparta.NewHTTPAPI("Orders", sparta.NewStage("v1"))
	api.NewJWTAuthorizer("users", "https://example.com", "web")
	keys := api.NewLambdaAuthorizer("keys", check)
	keys.IdentitySource = "$request.header.X-Key"
	api.NewRoute("GET /a/{b}", served).Authorizer = keys.Name
	s := service{name: "Hello", functions: []*sparta.LambdaAWSInfo{served, check}, api: api}
	addresses, end := serving(t, s, io.Discard)
	line, err := addresses.ReadString('\n')
	address, name, _ := strings.Cut(line, "  ")
	if want := "Orders (signatures of tokens are not verified)\n"; err != nil || name != want {
		t.Fatalf("the line is %q (error: %v), want %s", line, err, want)
	}
	for key, want := range map[string]string{"k": "200 served own served /a/b", "x": `403 {"message":"Forbidden"}`} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"a/b", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("X-Key", key)
		if got := answer(t, request); got != want {
			t.Errorf("with key %s, the answer is %s, want %s", key, got, want)
		}
	}
	end()
}

// TestExecuteServesWithoutAMissingSite: the API is served, and the site is a warning.
func TestExecuteServesWithoutAMissingSite(t *testing.T) {
	served := pathOf("served")
	missing := &sparta.S3Site{Dir: filepath.Join(t.TempDir(), "public")}
	s := service{name: "Hello", functions: []*sparta.LambdaAWSInfo{served}, site: missing}
	var log bytes.Buffer
	addresses, end := serving(t, s, &log)
	line, err := addresses.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := strings.Cut(strings.TrimPrefix(line, "http://"), ":")
	port, _, _ = strings.Cut(port, "/")
	why := "site " + missing.Dir + ": the folder does not exist (" + missing.Dir +
		"): create it, or set Dir to another one"
	for host, want := range map[string]string{
		"site.localhost":   "404 The site is not served: " + why + ". Then start execute again.\n",
		"served.localhost": "200 served own served /",
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1:"+port, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = host
		if got := answer(t, request); got != want {
			t.Errorf("%s: %s, want %s", host, got, want)
		}
	}
	end()
	if want := "the site is not served: " + why; !strings.Contains(log.String(), want) {
		t.Errorf("the log is %s, want %s", &log, want)
	}
	plain := sparta.HandleAWSLambda("plain", func() {}, "role")
	err = service{name: "Hello", functions: []*sparta.LambdaAWSInfo{plain}, site: missing}.run(t.Context(),
		[]string{"execute", "--port=0"}, streams{out: io.Discard, err: io.Discard})
	if err == nil || err.Error() != why {
		t.Errorf("with nothing else to serve, the error is %v, want %s", err, why)
	}
}

func TestExecuteRefusesToServe(t *testing.T) {
	plain := sparta.HandleAWSLambda("plain", func() {}, "role")
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, used, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		functions []*sparta.LambdaAWSInfo
		args      []string
		want      string
	}{
		"a service without URLs": {
			[]*sparta.LambdaAWSInfo{plain},
			[]string{"--port=0"},
			"the service has nothing to serve over HTTP: set Options.FunctionURL of a function",
		},
		"an invalid port": {
			[]*sparta.LambdaAWSInfo{pathOf("f")}, []string{"--port=70000"}, `--port must be 0 to 65535, got "70000"`,
		},
		"one function": {
			[]*sparta.LambdaAWSInfo{pathOf("f")},
			[]string{"--port=0", "--function=f"},
			"--port serves all functions over HTTP: use it without --function, --event and --sample",
		},
		"an event that is the default": {
			[]*sparta.LambdaAWSInfo{pathOf("f")},
			[]string{"--port=0", "--event={}"},
			"--port serves all functions over HTTP: use it without --function, --event and --sample",
		},
		"an empty port": {
			[]*sparta.LambdaAWSInfo{pathOf("f")}, []string{"--port="}, `--port must be 0 to 65535, got ""`,
		},
		"a port in use": {
			[]*sparta.LambdaAWSInfo{pathOf("f")},
			[]string{"--port=" + used},
			"choose another port, or 0 for any that is free",
		},
		"a key set that is not there": {
			[]*sparta.LambdaAWSInfo{pathOf("f")},
			[]string{"--port=0", "--jwks=nowhere.json"},
			"read the key set: open nowhere",
		},
		"keys of tokens that nobody verifies": {
			[]*sparta.LambdaAWSInfo{pathOf("f")},
			[]string{"--port=0", "--jwks=nowhere.json", "--noAuthorizers"},
			"--jwks and --noAuthorizers exclude each other: leave one out",
		},
		"a negative timeout": {
			[]*sparta.LambdaAWSInfo{pathOf("f")},
			[]string{"--port=0", "--timeout=-1s"},
			"--timeout must not be negative",
		},
	}
	for name, test := range tests {
		var out bytes.Buffer
		err := service{name: "Hello", functions: test.functions}.run(t.Context(),
			append([]string{"execute"}, test.args...), streams{out: &out, err: &out})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want an error with %q", name, err, test.want)
		}
	}
	var out bytes.Buffer
	function := pathOf("f")
	api := sparta.NewAPIGateway("Shop", nil)
	resource, err := api.NewResource("/orders", function)
	if err == nil {
		_, err = resource.NewMethod("GET", http.StatusOK)
	}
	if err != nil {
		t.Fatal(err)
	}
	socket := sparta.NewWebSocketAPI("Chat", sparta.NewStage("v1"))
	socket.NewRoute("$connect", plain)
	err = service{name: "Hello", functions: []*sparta.LambdaAWSInfo{plain}, api: socket}.run(t.Context(),
		[]string{"execute", "--port=0"}, streams{out: &out, err: &out})
	if want := "API Chat cannot be served here: only API Gateway serves"; err == nil ||
		!strings.HasPrefix(err.Error(), want) {
		t.Errorf("error %v, want %s", err, want)
	}
	err = service{name: "Hello", functions: []*sparta.LambdaAWSInfo{function}, api: api}.run(t.Context(),
		[]string{"execute", "--port=" + used}, streams{out: &out, err: &out})
	if want := "API Shop is not served: it has no stage"; !strings.Contains(out.String(), want) {
		t.Errorf("error %v and log %s, want %s", err, &out, want)
	}
}

func TestNoFunctionIsInvokedForAClientThatHasGone(t *testing.T) {
	var invoked atomic.Bool
	function := sparta.HandleAWSLambda("f", func() { invoked.Store(true) }, "role")
	s := service{name: "Hello", functions: []*sparta.LambdaAWSInfo{function}}
	description, err := s.describe()
	if err != nil {
		t.Fatal(err)
	}
	logger := logrus.New()
	logger.Out = io.Discard
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	functions := &localFunctions{service: s, description: description, logger: logger}
	if _, err := functions.invoke(ctx, "f", []byte("{}")); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if invoked.Load() {
		t.Error("the function has been invoked")
	}
	if _, err := functions.invoke(t.Context(), "f", []byte("{}")); err != nil || !invoked.Load() {
		t.Errorf("a client that waits: error %v", err)
	}
}

// answer returns the status and the body of the answer to a request.
func answer(t *testing.T, request *http.Request) string {
	t.Helper()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(response.StatusCode, " ", string(body))
}
