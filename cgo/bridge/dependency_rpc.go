//go:build lambdabinary && go1.21 && sparta_noruntimeapi

package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/rpc"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
)

// ServeDependencies makes Python's events reach handlers that are started by calls that cannot be rewritten, such as
// those of a framework in the module cache. Generated code calls it before main, and only if the application needs it.
//
// The Start functions of aws-lambda-go before 1.18 register the handler with net/rpc and listen on a port, as the
// runtime go1.x required. This package calls what is registered in this process, and uses no port.
func ServeDependencies() error {
	if err := os.Setenv("_LAMBDA_SERVER_PORT", "0"); err != nil { // any free one: nothing has to find it
		return err
	}
	go app.startRegistered()
	return nil
}

// startRegistered serves the registered handler as soon as there is one. Start blocks without calling anything that
// could report it.
func (a *application) startRegistered() {
	for pause := 50 * time.Microsecond; ; pause = min(2*pause, 2*time.Millisecond) {
		if rpc.DefaultServer.ServeRequest(&exchange{method: "Function.Ping"}) == nil {
			a.serveAny(newFunction(registered{}))
			return
		}
		select {
		case <-a.ready:
			return
		case <-time.After(pause):
		}
	}
}

// registered is the handler that aws-lambda-go has registered.
type registered struct{}

// Invoke implements lambda.Handler.
func (registered) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	request, err := newRequest(ctx, event)
	if err != nil {
		return nil, err
	}
	call := &exchange{method: "Function.Invoke", request: request}
	if err := rpc.DefaultServer.ServeRequest(call); err != nil {
		return nil, err
	}
	switch {
	case call.response == nil:
		return nil, errors.New(call.failure)
	case call.response.Error != nil:
		return nil, lambdaerror.Failure{Document: call.response.Error}
	}
	return call.response.Payload, nil
}

// newRequest describes an invocation as the runtime go1.x did. aws-lambda-go makes the handler's context of it.
func newRequest(ctx context.Context, event []byte) (messages.InvokeRequest, error) {
	request := messages.InvokeRequest{Payload: event}
	request.XAmznTraceId, _ = ctx.Value("x-amzn-trace-id").(string)
	if deadline, ok := ctx.Deadline(); ok {
		request.Deadline.Seconds, request.Deadline.Nanos = deadline.Unix(), int64(deadline.Nanosecond())
	} else {
		request.Deadline.Seconds = time.Now().AddDate(100, 0, 0).Unix() // none would mean that it has passed
	}
	lambdaContext, ok := lambdacontext.FromContext(ctx)
	if !ok {
		return request, nil
	}
	request.RequestId = lambdaContext.AwsRequestID
	request.InvokedFunctionArn = lambdaContext.InvokedFunctionArn
	request.CognitoIdentityId = lambdaContext.Identity.CognitoIdentityID
	request.CognitoIdentityPoolId = lambdaContext.Identity.CognitoIdentityPoolID
	var err error
	if request.ClientContext, err = json.Marshal(lambdaContext.ClientContext); err != nil {
		return request, fmt.Errorf("pass on the client context: %w", err)
	}
	return request, nil
}

// exchange is a codec of net/rpc for one call within this process.
type exchange struct {
	method   string
	request  messages.InvokeRequest
	response *messages.InvokeResponse
	failure  string
}

// ReadRequestHeader implements rpc.ServerCodec.
func (e *exchange) ReadRequestHeader(header *rpc.Request) error {
	header.ServiceMethod = e.method
	return nil
}

// ReadRequestBody implements rpc.ServerCodec. The body is nil if there is no such method.
func (e *exchange) ReadRequestBody(body any) error {
	if request, ok := body.(*messages.InvokeRequest); ok {
		*request = e.request
	}
	return nil
}

// WriteResponse implements rpc.ServerCodec.
func (e *exchange) WriteResponse(header *rpc.Response, body any) error {
	e.failure = header.Error
	e.response, _ = body.(*messages.InvokeResponse)
	return nil
}

// Close implements rpc.ServerCodec.
func (e *exchange) Close() error { return nil }
