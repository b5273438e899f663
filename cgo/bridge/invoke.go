//go:build lambdabinary && go1.21

package bridge

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/aws/aws-lambda-go/lambda/messages"

	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
)

// maxResponse is the largest response, in bytes, that Lambda accepts from a
// synchronous invocation: 6 MiB and 100 bytes.
const maxResponse = 6<<20 + 100

// response is what an invocation returns to Python: bytes that stay valid until
// closed, and whether they are an error document.
type response struct {
	body        []byte
	contentType string // empty means JSON's
	failed      bool
	fatal       bool // the process must not handle another event
	closer      io.Closer
	cancel      context.CancelFunc // of the invocation's context
}

// Close releases the body, and then ends the invocation's context: the handler
// may have tied the body's memory to that.
func (r response) Close() error {
	if r.cancel != nil {
		defer r.cancel()
	}
	if r.closer == nil {
		return nil
	}
	return r.closer.Close()
}

func failed(document *messages.InvokeResponse_Error) response {
	return response{body: lambdaerror.Encode(document), failed: true, fatal: document.ShouldExit}
}

// errGoexit is the failure of a handler that neither returned nor panicked.
var errGoexit = errors.New("handler ended its goroutine (runtime.Goexit) without a result")

// invokeApart is invoke in a goroutine of its own, which the function may end. Ending the goroutine that Python's
// thread is in would abort the process.
func (a *application) invokeApart(name string, event []byte, text string) response {
	answer := make(chan response, 1)
	go func() {
		result := failed(lambdaerror.Of(errGoexit))
		defer func() { answer <- result }()
		result = a.invoke(name, event, text)
	}()
	return <-answer
}

// invoke runs one function on one event, whose memory may be another's afterwards. The metadata is metadata.go's text.
func (a *application) invoke(name string, event []byte, text string) (result response) {
	defer func() {
		if value := recover(); value != nil {
			result = failed(lambdaerror.OfPanic(value))
		}
	}()
	a.epoch.advance()
	f, err := a.function(name)
	if err != nil {
		return failed(lambdaerror.Of(err))
	}
	meta, err := parseMetadata(text)
	if err != nil {
		return failed(lambdaerror.Of(err))
	}
	a.trace.export(meta.traceID)
	ctx, cancel := meta.context(f.base)
	answered := false
	defer func() {
		if !answered {
			cancel()
		}
	}()
	if f.prepare != nil {
		ctx = f.prepare(ctx)
	}
	if !f.borrows {
		event = owned(event)
	}
	reader, err := f.invoke(ctx, event)
	if err != nil {
		return failed(lambdaerror.Of(err))
	}
	result = read(reader, f.contentType)
	if answered = !result.failed; answered {
		result.cancel = cancel
	}
	return result
}

// read takes the response out of its reader without a copy where the reader is
// a buffer, as the responses that aws-lambda-go encodes are. The content type is that of readers that do not have one.
func read(reader io.Reader, contentType string) response {
	closer, _ := reader.(io.Closer)
	result := response{closer: closer, contentType: contentType}
	if typed, ok := reader.(interface{ ContentType() string }); ok {
		result.contentType = typed.ContentType()
	}
	if result.contentType == jsonType {
		result.contentType = ""
	}
	if strings.ContainsFunc(result.contentType, unicode.IsControl) {
		_ = result.Close()
		return failed(lambdaerror.Of(fmt.Errorf("the response's content type %q has control characters: "+
			"return one without, such as text/html", result.contentType)))
	}
	switch buffer := reader.(type) {
	case *bytes.Buffer:
		result.body = buffer.Bytes()
	case interface {
		Bytes() []byte
		AvailableBuffer() []byte
		ContentType() string
	}: // aws-lambda-go's pooled buffer, which its Close returns to the pool
		result.body = buffer.Bytes()
	default:
		body, err := io.ReadAll(io.LimitReader(reader, maxResponse+1))
		if err != nil {
			_ = result.Close()
			return failed(lambdaerror.Of(err))
		}
		result.body = body
	}
	if result.contentType == streamType && len(result.body) <= maxResponse {
		body, err := unstream(result.body)
		_ = result.Close()
		if err != nil {
			return failed(lambdaerror.Of(err))
		}
		result = response{body: body}
	}
	if len(result.body) > maxResponse {
		_ = result.Close()
		return failed(&messages.InvokeResponse_Error{
			Type: "Function.ResponseSizeTooLarge",
			Message: fmt.Sprintf("Response payload size exceeded maximum allowed payload size (%d bytes). "+
				"Return less, or put it into S3 and return its address.", maxResponse),
		})
	}
	return result
}

// Content types that aws-lambda-go posts a response with.
const (
	jsonType   = "application/json"
	bytesType  = "application/octet-stream"
	streamType = "application/vnd.awslambda.http-integration-response"
)
