// A function for aws-lambda-go, which greets whoever the event names.
package main

import (
	"context"
	"errors"
	"log/slog"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

type request struct {
	Name string `json:"name"`
}

type response struct {
	Greeting string `json:"greeting"`
}

var errNoName = errors.New("the event has no name")

func greet(ctx context.Context, event request) (response, error) {
	if event.Name == "" {
		return response{}, errNoName
	}
	if invocation, ok := lambdacontext.FromContext(ctx); ok {
		slog.InfoContext(ctx, "greeting", "request", invocation.AwsRequestID)
	}
	return response{Greeting: "Hello " + event.Name + ", from Go inside Python"}, nil
}

func main() {
	lambda.Start(greet)
}
