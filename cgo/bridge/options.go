//go:build lambdabinary && go1.21 && !sparta_nooptions

package bridge

import (
	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/cgo/bridge/typed"
)

// StartWithOptions replaces lambda.StartWithOptions, which aws-lambda-go
// has since 1.32.
func StartWithOptions(handler any, options ...lambda.Option) {
	standard := newRenewable(handler)
	if len(options) > 0 { // only one handler: with WithEnableSIGTERM, each would call the callbacks
		standard = lambda.NewHandlerWithOptions(handler, options...)
	}
	//lint:ignore SA1012 the base context is the options', if they have one
	app.startOn(nil, typed.Of(handler, standard))
}

// dependencyStart is the type of the function that aws-lambda-go calls to serve a handler.
type dependencyStart func(environment string, handler lambda.Handler) error

func startDependency(_ string, handler lambda.Handler) error {
	//lint:ignore SA1012 the base context is the handler's, if it has one
	app.startOn(nil, wrapHandler(handler))
	return nil
}

func wrapHandler(handler lambda.Handler) lambda.Handler {
	return lambda.NewHandlerWithOptions(handler)
}
