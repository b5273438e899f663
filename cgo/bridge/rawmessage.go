//go:build lambdabinary && go1.21

package bridge

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"sync"

	"github.com/go-sparta/sparta/cgo/bridge/rawmessage"
)

// newRawFunction is newStandardFunction for a function of json.RawMessage, whose event and
// response are JSON before and after it: checking them requires one pass each, where
// encoding/json makes two, with a call for every byte. Anything that is not plain
// JSON goes to aws-lambda-go, so that errors are its own.
func newRawFunction(h *rawmessage.Handler) *function {
	f := newStandardFunction(h.Handler)
	if !encodesPlainly(h.Handler) {
		return f
	}
	standard := f.invoke
	var idle sync.Pool // of *bytes.Buffer, for responses
	f.invoke = func(ctx context.Context, event []byte) (io.Reader, error) {
		value, ok := rawmessage.Value(event)
		if !ok || isTraced(ctx) {
			return standard(ctx, event)
		}
		response, err := h.Func(ctx, value)
		if err != nil {
			return nil, err
		}
		// From here on, the handler may change the response.
		body, _ := idle.Get().(*bytes.Buffer)
		if body == nil {
			body = new(bytes.Buffer)
		}
		body.Reset()
		body.Write(response)
		if rawmessage.IsCompact(body.Bytes()) {
			return rawResponse{jsonBuffer{body}, &idle}, nil
		}
		idle.Put(body)
		encode := newHandler(func() (json.RawMessage, error) { return response, nil })
		return newStandardFunction(encode).invoke(ctx, nil)
	}
	return f
}

// jsonBuffer is a buffer with the content type of aws-lambda-go's own.
type jsonBuffer struct{ *bytes.Buffer }

// ContentType returns that of JSON.
func (jsonBuffer) ContentType() string { return jsonType }

// rawResponse is a response whose memory is idle again once it is closed.
type rawResponse struct {
	jsonBuffer
	idle *sync.Pool
}

// Close lets other responses have the memory. It is called once, after Python has copied the response.
func (r rawResponse) Close() error {
	r.idle.Put(r.Buffer)
	return nil
}
