//go:build lambdabinary && go1.21

// Package runtimeapi serves applications that call lambda.Start in a package
// that cannot be rewritten, such as a framework in the module cache. Their
// aws-lambda-go speaks HTTP to a Lambda Runtime API; this is one, on loopback,
// that receives its events from the bridge. Generated code refers to it
// only when an application needs it.
package runtimeapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"os"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/go-sparta/sparta/cgo/bridge"
	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
)

const address = "AWS_LAMBDA_RUNTIME_API"

// Serve listens on loopback and points AWS_LAMBDA_RUNTIME_API there. Requests
// that are not for the Runtime API, such as an extension's, are forwarded to the
// address that the variable held before.
func Serve() error {
	return serve(bridge.StartRemote)
}

// serve calls start, with a function that invokes the application, when that
// asks for its first event.
func serve(start func(invoke func(ctx context.Context, event []byte) ([]byte, error))) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("serve a Runtime API on loopback: %w", err)
	}
	s := &server{
		start:   start,
		other:   http.NotFoundHandler(),
		next:    make(chan *invocation),
		pending: map[string]*invocation{},
	}
	if lambda := os.Getenv(address); lambda != "" {
		s.other = &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL.Scheme, r.Out.URL.Host = "http", lambda
		}}
	}
	if err := os.Setenv(address, listener.Addr().String()); err != nil {
		return fmt.Errorf("serve a Runtime API on loopback: %w", err)
	}
	go func() { _ = http.Serve(listener, s) }()
	return nil
}

type server struct {
	start func(func(context.Context, []byte) ([]byte, error))
	other http.Handler // of requests that are not about an invocation
	next  chan *invocation
	ready sync.Once

	lock    sync.Mutex
	pending map[string]*invocation
}

type invocation struct {
	ctx    context.Context
	id     string
	event  []byte
	result chan result
}

type result struct {
	body []byte
	err  error
}

// invoke hands one event to the application and waits for its answer.
func (s *server) invoke(ctx context.Context, event []byte) ([]byte, error) {
	in := &invocation{ctx: ctx, id: "unknown", event: event, result: make(chan result, 1)}
	if lc, ok := lambdacontext.FromContext(ctx); ok {
		in.id = lc.AwsRequestID
	}
	s.next <- in
	out := <-in.result
	return out.body, out.err
}

// ServeHTTP finds the handler itself: in an application whose go.mod is older than
// go 1.22, http.ServeMux knows neither methods nor wildcards.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rest, found := strings.CutPrefix(r.URL.Path, "/2018-06-01/runtime/invocation/")
	id, action, _ := strings.Cut(rest, "/")
	switch {
	case found && r.Method == http.MethodGet && rest == "next":
		s.handleNext(w, r)
	case found && r.Method == http.MethodPost && action == "response":
		s.handleResponse(w, r, id)
	case found && r.Method == http.MethodPost && action == "error":
		s.handleError(w, r, id)
	default:
		s.other.ServeHTTP(w, r)
	}
}

func (s *server) handleNext(w http.ResponseWriter, r *http.Request) {
	s.ready.Do(func() { s.start(s.invoke) })
	var in *invocation
	select {
	case in = <-s.next:
	case <-r.Context().Done():
		return
	}
	s.lock.Lock()
	s.pending[in.id] = in
	s.lock.Unlock()
	if err := in.describe(w.Header()); err != nil {
		in.result <- result{err: err}
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(in.event)))
	_, _ = w.Write(in.event)
}

// describe sets the headers that describe an invocation to aws-lambda-go.
func (in *invocation) describe(h http.Header) error {
	h.Set("Lambda-Runtime-Aws-Request-Id", in.id)
	if deadline, ok := in.ctx.Deadline(); ok {
		h.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(deadline.UnixMilli(), 10))
	} else {
		h.Set("Lambda-Runtime-Deadline-Ms", "9223372036854")
	}
	if trace, _ := in.ctx.Value("x-amzn-trace-id").(string); trace != "" {
		h.Set("Lambda-Runtime-Trace-Id", trace)
	}
	lc, ok := lambdacontext.FromContext(in.ctx)
	if !ok {
		return nil
	}
	h.Set("Lambda-Runtime-Invoked-Function-Arn", lc.InvokedFunctionArn)
	// aws-lambda-go has it since 1.51.
	if tenant := reflect.ValueOf(lc).Elem().FieldByName("TenantID"); tenant.IsValid() && tenant.String() != "" {
		h.Set("Lambda-Runtime-Aws-Tenant-Id", tenant.String())
	}
	client, err := json.Marshal(lc.ClientContext)
	if err != nil {
		return fmt.Errorf("pass on the client context: %w", err)
	}
	identity, err := json.Marshal(lc.Identity)
	if err != nil {
		return fmt.Errorf("pass on the Cognito identity: %w", err)
	}
	h.Set("Lambda-Runtime-Client-Context", string(client))
	h.Set("Lambda-Runtime-Cognito-Identity", string(identity))
	return nil
}

func (s *server) handleResponse(w http.ResponseWriter, r *http.Request, id string) {
	body, err := io.ReadAll(r.Body)
	if err == nil && r.Trailer.Get("Lambda-Runtime-Function-Error-Type") != "" {
		err = fmt.Errorf("the response broke off: %s", r.Trailer.Get("Lambda-Runtime-Function-Error-Type"))
	}
	s.finish(w, id, result{body: body, err: err})
}

func (s *server) handleError(w http.ResponseWriter, r *http.Request, id string) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.finish(w, id, result{err: err})
		return
	}
	document, err := lambdaerror.Decode(bytes.NewReader(body))
	if err != nil {
		s.finish(w, id, result{err: fmt.Errorf("the error document is not JSON: %w", err)})
		return
	}
	s.finish(w, id, result{err: lambdaerror.Failure{Document: document}})
}

func (s *server) finish(w http.ResponseWriter, id string, out result) {
	s.lock.Lock()
	in := s.pending[id]
	delete(s.pending, id)
	s.lock.Unlock()
	if in == nil {
		http.Error(w, "no such invocation", http.StatusNotFound)
		return
	}
	in.result <- out
	if failure := (lambdaerror.Failure{}); errors.As(out.err, &failure) && failure.Document.StackTrace != nil {
		time.Sleep(exitDelay)
	}
	w.WriteHeader(http.StatusAccepted)
}

// exitDelay is how long the reply to a panic's document waits: aws-lambda-go ends
// the process when it receives that, and Python needs a moment to pass the
// document on to Lambda.
const exitDelay = 200 * time.Millisecond
