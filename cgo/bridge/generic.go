//go:build lambdabinary && go1.21 && !sparta_nogenerics

package bridge

import "github.com/aws/aws-lambda-go/lambda"

// StartHandlerFunc replaces lambda.StartHandlerFunc, which aws-lambda-go
// has since 1.36.
func StartHandlerFunc[TIn, TOut any, H lambda.HandlerFunc[TIn, TOut]](handler H, options ...lambda.Option) {
	StartWithOptions(handler, options...)
}
