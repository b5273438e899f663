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
	// A request fails if nothing passes in either direction for this long.
	defaultIdleTimeout = 60 * time.Second
	// An upload may take as long as it likes while it moves, and what the system still buffers of it at the end
	// has to pass a slow line, too.
	uploadIdleTimeout = 3 * time.Minute
	// A function may run for 15 minutes before it answers.
	invokeIdleTimeout = 16 * time.Minute
)

// newHTTPClient makes the run's own client: the SDK changes it by settings such as AWS_CA_BUNDLE. Dial may be nil.
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

// idleTimeoutKey is the context key of a request's idle timeout.
type idleTimeoutKey struct{}

// withIdleTimeout sets the idle timeout of a request by its operation.
func withIdleTimeout(ctx context.Context, operation string) context.Context {
	timeout := defaultIdleTimeout
	switch operation {
	case "PutObject", "UploadPart":
		timeout = uploadIdleTimeout
	case "Invoke":
		timeout = invokeIdleTimeout
	}
	return context.WithValue(ctx, idleTimeoutKey{}, timeout)
}

// idleTimeoutError is the error of a request that ran into its idle timeout.
type idleTimeoutError struct {
	host    string
	timeout time.Duration
}

// Error begins with a word: the SDK takes three digits there, such as an address's, for the status of a response.
func (e *idleTimeoutError) Error() string {
	return fmt.Sprintf("host %s was silent for %v", e.host, e.timeout)
}

// Timeout and Temporary make it a network error for the SDK.
func (e *idleTimeoutError) Timeout() bool   { return true }
func (e *idleTimeoutError) Temporary() bool { return true }

// idleTimeoutClient ends requests in which nothing moves.
type idleTimeoutClient struct{ next aws.HTTPClient }

// Do implements aws.HTTPClient.
func (c idleTimeoutClient) Do(r *http.Request) (*http.Response, error) {
	timeout, ok := r.Context().Value(idleTimeoutKey{}).(time.Duration)
	if !ok {
		timeout = defaultIdleTimeout
	}
	ctx, cancel := context.WithCancelCause(r.Context())
	idle := &idleTimeoutError{host: r.URL.Host, timeout: timeout}
	timer := time.AfterFunc(timeout, func() { cancel(idle) })
	moved := func() { timer.Reset(timeout) }
	end := func() {
		timer.Stop()
		cancel(nil)
	}
	watch := func(body io.ReadCloser) io.ReadCloser {
		if body == nil || body == http.NoBody {
			return body
		}
		return &watchedBody{ReadCloser: body, ctx: ctx, moved: moved, end: func() {}}
	}
	r = r.WithContext(ctx)
	r.Body = watch(r.Body)
	if again := r.GetBody; again != nil { // a connection that was closed meanwhile is replaced
		r.GetBody = func() (io.ReadCloser, error) {
			body, err := again()
			return watch(body), err
		}
	}
	response, err := c.next.Do(r)
	if err != nil {
		end()
		return nil, idleTimeoutOr(ctx, err)
	}
	response.Body = &watchedBody{ReadCloser: response.Body, ctx: ctx, moved: moved, end: end}
	return response, nil
}

// watchedBody reports that a body moves.
type watchedBody struct {
	io.ReadCloser
	ctx   context.Context
	moved func()
	end   func()
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if n > 0 && b.ctx.Err() == nil {
		b.moved()
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = idleTimeoutOr(b.ctx, err)
	}
	return n, err
}

func (b *watchedBody) Close() error {
	b.end()
	return b.ReadCloser.Close()
}

// idleTimeoutOr returns the idle timeout that ended the context, or else the error.
func idleTimeoutOr(ctx context.Context, err error) error {
	if idle := (*idleTimeoutError)(nil); errors.As(context.Cause(ctx), &idle) {
		return idle
	}
	return err
}
