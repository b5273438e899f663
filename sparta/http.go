package sparta

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/httpevent"
)

// httpHandler is a lambda.Handler for a handler that writes an HTTP response.
type httpHandler struct {
	logger  *logrus.Logger
	respond responder
}

// responder writes the response to an event. Its context has a logger and a LambdaContext.
type responder func(ctx context.Context, event []byte, w http.ResponseWriter) error

// Invoke implements lambda.Handler. A logger in the context takes precedence over the handler's own.
func (h *httpHandler) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	ctx = context.WithValue(ctx, ContextKeyLambdaContext, newLambdaContext(ctx))
	if _, ok := ctx.Value(ContextKeyLogger).(*logrus.Logger); !ok {
		ctx = InvocationContext(context.WithValue(ctx, ContextKeyLogger, h.logger))
	}
	response := httpevent.NewRecorder()
	if err := h.respond(ctx, event, response); err != nil {
		return nil, err
	}
	return result(response)
}

// respondHTTP returns a responder that sends the event as the body of a request to "/" and the name.
func respondHTTP(name string, serve http.HandlerFunc) responder {
	url := "/" + name
	return func(ctx context.Context, event []byte, w http.ResponseWriter) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(event))
		if err != nil {
			return fmt.Errorf("make request: %w", err)
		}
		request.RequestURI = url // set in all requests of a server
		request.Header.Set("Content-Type", "application/json")
		serve(w, request)
		return nil
	}
}

// respond is the responder of a handler with four arguments.
func (fn LambdaFunction) respond(ctx context.Context, event []byte, w http.ResponseWriter) error {
	lambdaContext, _ := ctx.Value(ContextKeyLambdaContext).(*LambdaContext)
	logger, _ := ctx.Value(ContextKeyLogger).(*logrus.Logger)
	fn((*json.RawMessage)(&event), lambdaContext, w, logger)
	return nil
}
