//go:build lambdabinary && go1.21 && !sparta_nonewhandler

package bridge

import "github.com/aws/aws-lambda-go/lambda"

func newHandler(function any) lambda.Handler { return lambda.NewHandler(function) }
