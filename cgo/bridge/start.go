package bridge

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/internal/rawmessage"
)

// Start stands in for lambda.Start in the library build: the handler goes to
// Python instead of to a Runtime API loop. It blocks for ever.
func Start(handler any) {
	StartWithOptions(handler)
}

// StartWithOptions stands in for lambda.StartWithOptions.
func StartWithOptions(handler any, options ...lambda.Option) {
	if app.refuseInitializer() {
		return
	}
	app.serveAny(newFunction(rawmessage.Of(handler, lambda.NewHandlerWithOptions(handler, options...))))
	select {}
}

// StartHandler stands in for lambda.StartHandler.
func StartHandler(handler lambda.Handler) {
	StartWithOptions(handler)
}

// StartHandlerFunc stands in for lambda.StartHandlerFunc.
func StartHandlerFunc[TIn, TOut any, H lambda.HandlerFunc[TIn, TOut]](handler H, options ...lambda.Option) {
	StartWithOptions(handler, options...)
}

// StartWithContext stands in for lambda.StartWithContext.
func StartWithContext(ctx context.Context, handler any) {
	StartWithOptions(handler, lambda.WithContext(ctx))
}

// StartHandlerWithContext stands in for lambda.StartHandlerWithContext.
func StartHandlerWithContext(ctx context.Context, handler lambda.Handler) {
	StartWithOptions(handler, lambda.WithContext(ctx))
}

// StartRemote serves an application whose lambda.Start could not be replaced:
// invoke hands each event to the loop that aws-lambda-go runs (see runtimeapi).
// Unlike Start it returns.
func StartRemote(invoke func(ctx context.Context, event []byte) ([]byte, error)) {
	app.serveAny(newFunction(handlerFunc(invoke)))
}

type handlerFunc func(context.Context, []byte) ([]byte, error)

// Invoke implements lambda.Handler.
func (f handlerFunc) Invoke(ctx context.Context, event []byte) ([]byte, error) { return f(ctx, event) }
