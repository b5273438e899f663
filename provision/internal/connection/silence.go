package connection

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
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
)

// newHTTPClient is the run's own: the SDK changes it by settings such as AWS_CA_BUNDLE.
func newHTTPClient(dial Dial) *awshttp.BuildableClient {
	return awshttp.NewBuildableClient().
		WithDialerOptions(func(dialer *net.Dialer) { dialer.Timeout = connectTimeout }).
		WithTransportOptions(func(transport *http.Transport) {
			transport.TLSHandshakeTimeout = connectTimeout
			transport.MaxIdleConnsPerHost = 8 // parts are uploaded side by side
			if dial != nil {
				transport.DialContext = dial
			}
		})
}

// patienceKey is that of a request's patience in its context.
type patienceKey struct{}

// withPatience gives a request the time that its operation may be silent.
func withPatience(ctx context.Context, operation string) context.Context {
	patience := defaultPatience
	switch operation {
	case "PutObject", "UploadPart":
		patience = uploadPatience
	case "Invoke":
		patience = invokePatience
	}
	return context.WithValue(ctx, patienceKey{}, patience)
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
type watchful struct{ next aws.HTTPClient }

// Do implements aws.HTTPClient.
func (w watchful) Do(r *http.Request) (*http.Response, error) {
	patience, ok := r.Context().Value(patienceKey{}).(time.Duration)
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
	response, err := w.next.Do(r)
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
