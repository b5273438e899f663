//go:build lambdabinary && go1.21 && sparta_nonewhandler

package bridge

import (
	"context"
	"encoding/json"
	_ "unsafe" // go:linkname

	"github.com/aws/aws-lambda-go/lambda"
)

// makeHandler is what aws-lambda-go exports as NewHandler since 1.7.
//
//go:linkname makeHandler github.com/aws/aws-lambda-go/lambda.newHandler
func makeHandler(function any) func(context.Context, []byte) (any, error)

func newHandler(function any) lambda.Handler {
	handler := makeHandler(function)
	return handlerFunc(func(ctx context.Context, event []byte) ([]byte, error) {
		response, err := handler(ctx, event)
		if err != nil {
			return nil, err
		}
		return json.Marshal(response)
	})
}

type handlerFunc func(context.Context, []byte) ([]byte, error)

// Invoke implements lambda.Handler.
func (f handlerFunc) Invoke(ctx context.Context, event []byte) ([]byte, error) { return f(ctx, event) }
