package testaws

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/testnet"
)

// Call is one request that a Proxy got.
type Call struct {
	Service, Operation string
	Sent               int64         // bytes of the request's body
	Status             int           // of the response, 0 if there was none
	Fault              Kind          // what the proxy did to it, if anything
	Took               time.Duration // until the response was written, or would have been
}

// String is service:Operation, as IAM names actions.
func (c Call) String() string { return c.Service + ":" + c.Operation }

// Proxy passes requests on to a server, records them, and spoils those that its faults name.
type Proxy struct {
	URL string

	target string
	client *http.Transport

	mu     sync.Mutex
	faults []Fault
	counts map[string]int // by service:Operation
	calls  []Call
}

// NewProxy returns a proxy before the server at target, a URL, which lasts until t ends.
func NewProxy(t testing.TB, target string) *Proxy {
	t.Helper()
	p := &Proxy{
		target: target,
		// A connection that idles would stop the clock of a bubble.
		client: &http.Transport{DisableCompression: true, DisableKeepAlives: true},
		counts: map[string]int{},
	}
	server := httptest.NewServer(p)
	p.URL = server.URL
	t.Cleanup(func() {
		server.CloseClientConnections() // what hangs would keep the server from closing
		server.Close()
	})
	return p
}

// Dial connects to the proxy in memory, whatever the address, so that a test in a bubble can turn the clock.
func (p *Proxy) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	return testnet.To(p)(ctx, network, address)
}

// Break adds faults. The first fault that names a call applies to it.
func (p *Proxy) Break(faults ...Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, faults...)
}

// Reset forgets all faults, calls and counts.
func (p *Proxy) Reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults, p.calls, p.counts = nil, nil, map[string]int{}
}

// Calls returns the calls so far, in the order in which they came.
func (p *Proxy) Calls() []Call {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.calls)
}

// Operations returns the distinct calls so far, in the order of their first.
func (p *Proxy) Operations() []Call {
	var found []Call
	for _, call := range p.Calls() {
		if !slices.ContainsFunc(found, func(c Call) bool { return c.String() == call.String() }) {
			found = append(found, call)
		}
	}
	return found
}

// Uploaded is the number of bytes of objects that were sent to S3.
func (p *Proxy) Uploaded() int64 {
	var sum int64
	for _, call := range p.Calls() {
		if call.Service == "s3" && (call.Operation == "PutObject" || call.Operation == "UploadPart") {
			sum += call.Sent
		}
	}
	return sum
}

func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	body, err := io.ReadAll(r.Body)
	service, operation, account := identify(r, body)
	index, fault := p.record(service, operation, int64(len(body)))
	if err != nil {
		return // the caller went away
	}
	status := 0
	switch fault.Kind {
	case "":
		status = p.forward(w, r, body)
	case Reset:
		reset(w)
	case Cut:
		status = p.cut(w, r, body)
	case Hang:
		<-r.Context().Done()
	default:
		refused := refusal(fault, account)
		status = refused.status
		for name, values := range refused.header {
			w.Header()[name] = values
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, refused.body) // the caller may be gone
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if index < len(p.calls) { // it is not after a Reset
		p.calls[index].Status, p.calls[index].Took = status, time.Since(began)
	}
}

func (p *Proxy) record(service, operation string, sent int64) (int, Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	call := Call{Service: service, Operation: operation, Sent: sent}
	p.counts[call.String()]++
	var hit Fault
	for _, fault := range p.faults {
		if fault.Service == service && fault.Operation == operation && fault.hits(p.counts[call.String()]) {
			hit = fault
			break
		}
	}
	call.Fault = hit.Kind
	p.calls = append(p.calls, call)
	return len(p.calls) - 1, hit
}

// roundTrip has the server answer the request.
func (p *Proxy) roundTrip(r *http.Request, body []byte) (*http.Response, error) {
	// The effect of a call does not depend on whether the caller waits for the answer.
	request, err := http.NewRequest(r.Method, p.target+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header = r.Header.Clone()
	request.Header.Del("Expect")
	request.ContentLength = int64(len(body))
	return p.client.RoundTrip(request)
}

func (p *Proxy) forward(w http.ResponseWriter, r *http.Request, body []byte) int {
	response, err := p.roundTrip(r, body)
	if err != nil {
		reset(w)
		return 0
	}
	defer response.Body.Close()
	for name, values := range response.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(response.StatusCode)
	_, _ = io.Copy(w, response.Body) // the caller may be gone
	return response.StatusCode
}

// cut writes the first half of the response as it stands on the wire: of its body, if it has one,
// and else of its head.
func (p *Proxy) cut(w http.ResponseWriter, r *http.Request, body []byte) int {
	response, err := p.roundTrip(r, body)
	if err != nil {
		reset(w)
		return 0
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		reset(w)
		return 0
	}
	response.Body = io.NopCloser(bytes.NewReader(nil))
	if r.Method != http.MethodHead {
		response.ContentLength = int64(len(text))
		response.TransferEncoding = nil
	}
	head, err := httputil.DumpResponse(response, false)
	if err != nil {
		reset(w)
		return 0
	}
	half := head[:len(head)/2]
	if len(text) > 1 {
		half = append(head, text[:len(text)/2]...)
	}
	conn, buffered, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return 0
	}
	defer conn.Close()
	_, _ = buffered.Write(half) // the caller may be gone
	_ = buffered.Flush()
	return response.StatusCode
}

// reset ends the connection as a crashed peer does.
func reset(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	testnet.Reset(conn)
}
