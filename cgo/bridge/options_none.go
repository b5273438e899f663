//go:build lambdabinary && go1.21 && sparta_nooptions

package bridge

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
)

type dependencyStart func(ctx context.Context, environment string, handler lambda.Handler) error

func startDependency(ctx context.Context, _ string, handler lambda.Handler) error {
	app.startOn(ctx, handler)
	return nil
}

func wrapHandler(handler lambda.Handler) lambda.Handler { return handler }
