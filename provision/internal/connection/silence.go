//lint:file-ignore SA1019 hooks get a session of the SDK v1, as they always have

package connection

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go/aws/ec2metadata"
	"github.com/aws/aws-sdk-go/aws/request"
)

const (
	connectTimeout = 10 * time.Second
	// Nothing may pass in either direction for this long before a request counts
	// as hung.
	defaultPatience = 60 * time.Second
	// An upload may take as long as it likes while it moves, and what the system
	// still buffers of it at the end has to pass a slow line, too.
	uploadPatience = 3 * time.Minute
	// A function may run for 15 minutes before it answers.
	invokePatience = 16 * time.Minute
	// The metadata service is on the machine itself, or the machine is not EC2's.
	metadataPatience = time.Second
)

// newHTTPClient is the run's own: the SDK changes it by settings such as AWS_CA_BUNDLE.
func newHTTPClient() *http.Client {
	transport := &http.Transport{}
	if standard, ok := http.DefaultTransport.(*http.Transport); ok {
		transport = standard.Clone()
	}
	transport.DialContext = (&net.Dialer{Timeout: connectTimeout, KeepAlive: 30 * time.Second}).DialContext
	transport.TLSHandshakeTimeout = connectTimeout
	transport.MaxIdleConnsPerHost = 8 // parts are uploaded side by side
	return &http.Client{Transport: transport}
}

// PatienceKey is that of a request's patience in its context.
type PatienceKey struct{}

// patienceHandler gives each request the time that its operation may be silent.
func patienceHandler() request.NamedHandler {
	return request.NamedHandler{Name: "sparta.Patience", Fn: func(r *request.Request) {
		patience := defaultPatience
		switch {
		case r.ClientInfo.ServiceName == ec2metadata.ServiceName:
			patience = metadataPatience
		case r.Operation.Name == "PutObject" || r.Operation.Name == "UploadPart":
			patience = uploadPatience
		case r.Operation.Name == "Invoke":
			patience = invokePatience
		}
		if given, ok := r.Context().Value(PatienceKey{}).(time.Duration); ok {
			patience = given
		}
		r.HTTPRequest = r.HTTPRequest.WithContext(context.WithValue(r.HTTPRequest.Context(), PatienceKey{}, patience))
	}}
}

// hungError is a request's that nothing came of in time.
type hungError struct {
	host     string
	patience time.Duration
}

// Error begins with a word: the SDK takes three digits there, such as an address's, for the status of a response.
func (e *hungError) Error() string {
	return fmt.Sprintf("host %s was silent for %v", e.host, e.patience)
}

// Timeout and Temporary have the SDK see it as a network error.
func (e *hungError) Timeout() bool   { return true }
func (e *hungError) Temporary() bool { return true }

// watchful ends requests that hang.
type watchful struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (w watchful) RoundTrip(r *http.Request) (*http.Response, error) {
	patience, ok := r.Context().Value(PatienceKey{}).(time.Duration)
	if !ok {
		patience = defaultPatience
	}
	ctx, cancel := context.WithCancelCause(r.Context())
	hung := &hungError{host: r.URL.Host, patience: patience}
	timer := time.AfterFunc(patience, func() { cancel(hung) })
	moving := func() { timer.Reset(patience) }
	end := func() {
		timer.Stop()
		cancel(nil)
	}
	watch := func(body io.ReadCloser) io.ReadCloser {
		if body == nil || body == http.NoBody {
			return body
		}
		return &watchedBody{ReadCloser: body, ctx: ctx, moving: moving, end: func() {}}
	}
	r = r.WithContext(ctx)
	r.Body = watch(r.Body)
	if again := r.GetBody; again != nil { // a connection that was closed meanwhile is replaced
		r.GetBody = func() (io.ReadCloser, error) {
			body, err := again()
			return watch(body), err
		}
	}
	response, err := w.next.RoundTrip(r)
	if err != nil {
		end()
		return nil, hangOr(ctx, err)
	}
	response.Body = &watchedBody{ReadCloser: response.Body, ctx: ctx, moving: moving, end: end}
	return response, nil
}

// watchedBody tells that a body moves.
type watchedBody struct {
	io.ReadCloser
	ctx    context.Context
	moving func()
	end    func()
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if n > 0 && b.ctx.Err() == nil {
		b.moving()
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = hangOr(b.ctx, err)
	}
	return n, err
}

func (b *watchedBody) Close() error {
	b.end()
	return b.ReadCloser.Close()
}

// hangOr is the hang that ended the context, else the error.
func hangOr(ctx context.Context, err error) error {
	if hung := (*hungError)(nil); errors.As(context.Cause(ctx), &hung) {
		return hung
	}
	return err
}
