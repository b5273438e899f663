//go:build !lambdabinary

package cgo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
	"github.com/go-sparta/sparta/sparta"
)

// localInvocation is one call of a function as Lambda would make it.
type localInvocation struct {
	service  string
	function sparta.FunctionDescription
	handler  lambda.Handler
	timeout  time.Duration // 0 means the function's own
}

// maxResponse is the largest response, in bytes, that Lambda accepts from a synchronous invocation: 6 MiB and 100
// bytes.
const maxResponse = 6<<20 + 100

// errGoexit is the result of a handler that neither returned nor panicked.
var errGoexit = errors.New("handler ended its goroutine (runtime.Goexit) without a result")

// run returns the function's response, or its failure as a *failure.
func (i localInvocation) run(ctx context.Context, event []byte) ([]byte, error) {
	requestID := newRequestID()
	if i.timeout == 0 {
		i.timeout = time.Duration(i.function.Timeout) * time.Second
	}
	ctx, cancel := context.WithTimeout(i.withLambdaContext(ctx, requestID), i.timeout)
	defer cancel()

	type outcome struct {
		response []byte
		err      error
	}
	finished := make(chan outcome, 1) // a handler that returns too late must not block
	go func() {
		result := outcome{err: failureOf(errGoexit)}
		defer func() {
			if value := recover(); value != nil {
				result = outcome{err: &failure{lambdaerror.OfPanic(value)}}
			}
			finished <- result
		}()
		response, err := i.handler.Invoke(ctx, event)
		result = outcome{response, failureOf(err)}
	}()
	var result outcome
	select {
	case result = <-finished:
	case <-ctx.Done():
	}
	switch err := ctx.Err(); {
	case errors.Is(err, context.DeadlineExceeded): // even if the handler returned because of it
		message := fmt.Sprintf("RequestId: %s Error: Task timed out after %.2f seconds", requestID, i.timeout.Seconds())
		return nil, &failure{&messages.InvokeResponse_Error{Type: "Sandbox.Timedout", Message: message}}
	case err != nil:
		return nil, fmt.Errorf("invoke %s: interrupted", i.function.Name)
	}
	if len(result.response) > maxResponse {
		return nil, &failure{&messages.InvokeResponse_Error{
			Type: "Function.ResponseSizeTooLarge",
			Message: fmt.Sprintf("Response payload size exceeded maximum allowed payload size (%d bytes). "+
				"Return less, or put it into S3 and return its address.", maxResponse),
		}}
	}
	return result.response, result.err
}

// withLambdaContext returns a context that describes the invocation, as Lambda would, and sets the variables of package
// lambdacontext.
func (i localInvocation) withLambdaContext(ctx context.Context, requestID string) context.Context {
	name := i.service + "-" + i.function.Name
	lambdacontext.FunctionName = name
	lambdacontext.FunctionVersion = "$LATEST"
	lambdacontext.MemoryLimitInMB = int(i.function.MemorySize)
	lambdacontext.LogGroupName = "/aws/lambda/" + name
	lambdacontext.LogStreamName = "local"
	return lambdacontext.NewContext(ctx, &lambdacontext.LambdaContext{
		AwsRequestID:       requestID,
		InvokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:" + name,
	})
}

// newRequestID returns a random UUID, version 4.
func newRequestID() string {
	var id [16]byte
	rand.Read(id[:])
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

func checkTimeout(timeout time.Duration) error {
	if timeout < 0 {
		return fmt.Errorf("--timeout must not be negative, got %s: use 0 for the function's own", timeout)
	}
	return nil
}
