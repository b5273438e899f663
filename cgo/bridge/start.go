//go:build lambdabinary && go1.21

package bridge

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/cgo/bridge/typed"
)

// Start replaces lambda.Start in the library build: the handler goes to
// Python instead of a Runtime API loop. It blocks for ever.
func Start(handler any) {
	StartWithContext(context.Background(), handler)
}

// StartHandler replaces lambda.StartHandler.
func StartHandler(handler lambda.Handler) {
	StartHandlerWithContext(context.Background(), handler)
}

// StartWithContext replaces lambda.StartWithContext.
func StartWithContext(ctx context.Context, handler any) {
	app.startOn(ctx, typed.Of(handler, newRenewable(handler)))
}

// StartHandlerWithContext replaces lambda.StartHandlerWithContext.
func StartHandlerWithContext(ctx context.Context, handler lambda.Handler) {
	app.startOn(ctx, wrapHandler(handler))
}
