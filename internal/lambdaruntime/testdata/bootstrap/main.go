// Bootstrap is a function for the runtime provided.al2023.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

// brokenStream cannot be encoded, so it is streamed, and fails at its end.
type brokenStream struct{ io.Reader }

func (brokenStream) MarshalJSON() ([]byte, error) { return nil, errors.New("not JSON") }

func (b brokenStream) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF {
		err = errors.New("broke off")
	}
	return n, err
}

func handle(ctx context.Context, event json.RawMessage) (any, error) {
	c, _ := lambdacontext.FromContext(ctx)
	switch string(event) {
	case `"context"`:
		_, hasDeadline := ctx.Deadline()
		return map[string]any{
			"id": c.AwsRequestID, "arn": c.InvokedFunctionArn, "tenant": c.TenantID, "custom": c.ClientContext.Custom,
			"identity": c.Identity.CognitoIdentityID, "trace": os.Getenv("_X_AMZN_TRACE_ID"), "deadline": hasDeadline,
			"function": lambdacontext.FunctionName,
		}, nil
	case `"error"`:
		return nil, errors.New("no luck")
	case `"panic"`:
		panic("out of control")
	case `"break"`:
		return brokenStream{strings.NewReader("half of it")}, nil
	case `"exit"`:
		os.Exit(7)
	}
	return event, nil
}

func main() { lambda.Start(handle) }
