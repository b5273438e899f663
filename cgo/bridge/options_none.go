//go:build lambdabinary && go1.21 && sparta_nooptions

package bridge

import "github.com/aws/aws-lambda-go/lambda"

func wrapHandler(handler lambda.Handler) lambda.Handler { return handler }
