// Package runtimeapi serves applications whose lambda.Start stands in a
// package that cannot be rewritten, such as a framework in the module cache.
// Their aws-lambda-go speaks HTTP to a Lambda Runtime API; this is one, on
// loopback, that takes its events from the bridge. Generated code refers to it
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
	"strconv"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/go-sparta/sparta/cgo/bridge"
)

const address = "AWS_LAMBDA_RUNTIME_API"

// Serve listens on loopback and points AWS_LAMBDA_RUNTIME_API there. Requests
// that are not the Runtime API's, such as an extension's, go on to the address
// that the variable held before.
func Serve() error {
	return serve(bridge.StartRemote)
}

// serve hands the way to invoke the application to start, once it asks for its
// first event.
func serve(start func(invoke func(ctx context.Context, event []byte) ([]byte, error))) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("serve a Runtime API on loopback: %w", err)
	}
	s := &server{start: start, next: make(chan *invocation), pending: map[string]*invocation{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", s.handleNext)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/response", s.handleResponse)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/error", s.handleError)
	if lambda := os.Getenv(address); lambda != "" {
		mux.Handle("/", &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL.Scheme, r.Out.URL.Host = "http", lambda
		}})
	}
	if err := os.Setenv(address, listener.Addr().String()); err != nil {
		return fmt.Errorf("serve a Runtime API on loopback: %w", err)
	}
	go func() { _ = http.Serve(listener, mux) }()
	return nil
}

type server struct {
	start func(func(context.Context, []byte) ([]byte, error))
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

// describe gives the headers by which aws-lambda-go knows an invocation.
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
	if lc.TenantID != "" {
		h.Set("Lambda-Runtime-Aws-Tenant-Id", lc.TenantID)
	}
	client, err := json.Marshal(lc.ClientContext)
	if err != nil {
		return fmt.Errorf("hand on the client context: %w", err)
	}
	identity, err := json.Marshal(lc.Identity)
	if err != nil {
		return fmt.Errorf("hand on the Cognito identity: %w", err)
	}
	h.Set("Lambda-Runtime-Client-Context", string(client))
	h.Set("Lambda-Runtime-Cognito-Identity", string(identity))
	return nil
}

func (s *server) handleResponse(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err == nil && r.Trailer.Get("Lambda-Runtime-Function-Error-Type") != "" {
		err = fmt.Errorf("the response broke off: %s", r.Trailer.Get("Lambda-Runtime-Function-Error-Type"))
	}
	s.finish(w, r, result{body: body, err: err})
}

func (s *server) handleError(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.finish(w, r, result{err: err})
		return
	}
	var document messages.InvokeResponse_Error
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(&document); err != nil {
		s.finish(w, r, result{err: fmt.Errorf("the error document is not JSON: %w", err)})
		return
	}
	s.finish(w, r, result{err: document})
}

func (s *server) finish(w http.ResponseWriter, r *http.Request, out result) {
	s.lock.Lock()
	in := s.pending[r.PathValue("id")]
	delete(s.pending, r.PathValue("id"))
	s.lock.Unlock()
	if in == nil {
		http.Error(w, "no such invocation", http.StatusNotFound)
		return
	}
	in.result <- out
	if document := (messages.InvokeResponse_Error{}); errors.As(out.err, &document) && document.StackTrace != nil {
		time.Sleep(partingTime)
	}
	w.WriteHeader(http.StatusAccepted)
}

// partingTime is how long the reply to a panic's document waits: aws-lambda-go
// ends the process once it has that, and Python needs a moment to hand the
// document on to Lambda.
const partingTime = 200 * time.Millisecond
