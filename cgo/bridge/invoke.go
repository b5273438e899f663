package bridge

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/go-sparta/sparta/internal/lambdaerror"
)

// maxResponse is the largest response, in bytes, that Lambda takes from a
// synchronous invocation: 6 MiB and 100 bytes.
const maxResponse = 6<<20 + 100

// response is what an invocation gives Python: bytes that stay valid until
// closed, and whether they are an error document.
type response struct {
	body   []byte
	failed bool
	closer io.Closer
}

// Close lets go of the body.
func (r response) Close() error {
	if r.closer == nil {
		return nil
	}
	return r.closer.Close()
}

func failed(document *messages.InvokeResponse_Error) response {
	return response{body: lambdaerror.Encode(document), failed: true}
}

// invoke runs one function on one event. The metadata is metadata.go's text.
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
	defer cancel()
	reader, err := f.invoke(ctx, event)
	if err != nil {
		return failed(lambdaerror.Of(err))
	}
	return read(reader)
}

// read takes the response out of its reader without a copy where the reader is
// a buffer, as the responses that aws-lambda-go encodes are.
func read(reader io.Reader) response {
	closer, _ := reader.(io.Closer)
	result := response{closer: closer}
	switch buffer := reader.(type) {
	case *bytes.Buffer:
		result.body = buffer.Bytes()
	case interface {
		Bytes() []byte
		AvailableBuffer() []byte
		ContentType() string
	}: // aws-lambda-go's pooled buffer, which its Close gives back
		result.body = buffer.Bytes()
	default:
		body, err := io.ReadAll(io.LimitReader(reader, maxResponse+1))
		if err != nil {
			_ = result.Close()
			return failed(lambdaerror.Of(err))
		}
		result.body = body
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

// metadata is what Python tells of an invocation beside its event.
type metadata struct {
	lambdacontext.LambdaContext
	deadline time.Time
	traceID  string
}

// metadataFields counts the NUL-separated fields of the metadata: request id,
// function ARN, deadline in milliseconds since 1970, trace id, tenant id, client
// context and Cognito identity, the last two as JSON. Absent ones are empty.
const metadataFields = 7

func parseMetadata(text string) (*metadata, error) {
	fields := strings.Split(text, "\x00")
	if len(fields) != metadataFields {
		return nil, fmt.Errorf("invocation metadata has %d fields instead of %d: index.py and the library are of different builds", len(fields), metadataFields)
	}
	meta := &metadata{traceID: fields[3]}
	meta.AwsRequestID, meta.InvokedFunctionArn, meta.TenantID = fields[0], fields[1], fields[4]
	if fields[2] != "" {
		milliseconds, err := strconv.ParseInt(fields[2], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("read the invocation's deadline: %w", err)
		}
		meta.deadline = time.UnixMilli(milliseconds)
	}
	if fields[5] != "" {
		if err := json.Unmarshal([]byte(fields[5]), &meta.ClientContext); err != nil {
			return nil, fmt.Errorf("read the client context: %w", err)
		}
	}
	if fields[6] != "" {
		if err := json.Unmarshal([]byte(fields[6]), &meta.Identity); err != nil {
			return nil, fmt.Errorf("read the Cognito identity: %w", err)
		}
	}
	return meta, nil
}

func (m *metadata) context(base context.Context) (context.Context, context.CancelFunc) {
	ctx := lambdacontext.NewContext(base, &m.LambdaContext)
	//lint:ignore SA1029 the X-Ray SDK looks the trace up under this very string
	ctx = context.WithValue(ctx, "x-amzn-trace-id", m.traceID)
	if m.deadline.IsZero() {
		return context.WithCancel(ctx)
	}
	return context.WithDeadline(ctx, m.deadline)
}

// traceID keeps the environment's _X_AMZN_TRACE_ID at the current invocation's.
type traceID struct {
	lock sync.Mutex
	last string
}

func (t *traceID) export(id string) {
	t.lock.Lock()
	defer t.lock.Unlock()
	if id == t.last {
		return
	}
	t.last = id
	if id == "" {
		_ = os.Unsetenv("_X_AMZN_TRACE_ID")
		return
	}
	_ = os.Setenv("_X_AMZN_TRACE_ID", id)
}
