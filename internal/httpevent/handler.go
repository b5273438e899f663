package httpevent

import (
	"context"
	"encoding/json"
	"net/http"
)

// Handler is a lambda.Handler that serves the HTTP request in each event.
type Handler struct{ http.Handler }

// Invoke serves one request.
func (h Handler) Invoke(ctx context.Context, document []byte) ([]byte, error) {
	e, kind, err := read(document)
	if err != nil {
		return nil, err
	}
	request, err := e.request(context.WithValue(ctx, contextKey{}, json.RawMessage(document)), kind)
	if err != nil {
		return nil, err
	}
	recorder := NewRecorder()
	h.ServeHTTP(recorder, request)
	return e.document(kind, recorder)
}

type contextKey struct{}

// FromContext returns the event that contained a request.
func FromContext(ctx context.Context) (json.RawMessage, bool) {
	document, ok := ctx.Value(contextKey{}).(json.RawMessage)
	return document, ok
}
