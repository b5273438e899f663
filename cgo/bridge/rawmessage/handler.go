//go:build go1.21

// Package rawmessage spares handlers of json.RawMessage the four passes of
// encoding/json over bytes that nobody decodes.
package rawmessage

import (
	"context"
	"encoding/json"

	"github.com/aws/aws-lambda-go/lambda"
)

// Handler is a function of json.RawMessage with the handler that aws-lambda-go
// makes of it. Its Invoke is that handler's; calling Func with the Value of an
// event is faster.
type Handler struct {
	lambda.Handler
	Func func(context.Context, json.RawMessage) (json.RawMessage, error)
}

// Of returns standard, the handler that aws-lambda-go made of function, as a
// *Handler if function accepts and returns json.RawMessage.
func Of(function any, standard lambda.Handler) lambda.Handler {
	switch f := function.(type) {
	case func(context.Context, json.RawMessage) (json.RawMessage, error):
		if f != nil {
			return &Handler{standard, f}
		}
	case func(json.RawMessage) (json.RawMessage, error):
		if f != nil {
			return &Handler{standard, func(_ context.Context, event json.RawMessage) (json.RawMessage, error) {
				return f(event)
			}}
		}
	}
	return standard
}
