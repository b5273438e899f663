package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/soak/function"
)

// arn is the one of the function that is invoked.
const arn = "arn:aws:lambda:us-east-1:123456789012:function:soak:live"

// patience is the time that a function has that returns: much more than it takes on a machine that is busy.
const patience = 5 * time.Minute

// request makes the invocation of an event.
func request(s step, payload []byte) lambdaruntime.Request {
	r := lambdaruntime.Request{
		Payload:     payload,
		RequestID:   fmt.Sprintf("soak-%d", s.number),
		FunctionARN: arn,
		Deadline:    time.Now().Add(patience),
	}
	if s.number%3 == 0 {
		// The C library keeps each value that a variable has had, and AWS's client sets one for each trace: traces
		// repeat, so that its growth hides no other.
		r.TraceID = fmt.Sprintf("Root=1-5759e988-%024x;Parent=53995c3f42cd8ad8;Sampled=1", s.number%999)
	}
	if s.number%7 == 0 {
		r.ClientContext = fmt.Appendf(nil, `{"custom":{"n":"%d"},"env":{},"client":{}}`, s.number)
	}
	if s.number%11 == 0 {
		r.Identity = fmt.Appendf(nil, `{"cognitoIdentityId":"id-%d","cognitoIdentityPoolId":"pool"}`, s.number)
	}
	return r
}

// answer returns what aws-lambda-go alone answers to the invocation.
func answer(ctx context.Context, kind string, r lambdaruntime.Request) ([]byte, error) {
	lc := &lambdacontext.LambdaContext{AwsRequestID: r.RequestID, InvokedFunctionArn: r.FunctionARN}
	for _, part := range []struct {
		text []byte
		into any
	}{{r.ClientContext, &lc.ClientContext}, {r.Identity, &lc.Identity}} {
		if len(part.text) > 0 {
			if err := json.Unmarshal(part.text, part.into); err != nil {
				return nil, err
			}
		}
	}
	ctx = lambdacontext.NewContext(ctx, lc)
	//lint:ignore SA1029 the X-Ray SDK looks the trace up under this very string
	ctx = context.WithValue(ctx, "x-amzn-trace-id", r.TraceID)
	ctx, cancel := context.WithDeadline(ctx, r.Deadline)
	defer cancel()
	f := function.Function{Stdout: io.Discard, Stderr: io.Discard}
	return lambda.NewHandler(f.Handler(kind)).Invoke(ctx, r.Payload)
}

// fault is the part of an error document that is known beforehand.
type fault struct{ kind, message string }

// fault returns that of a step which has no answer.
func (o options) fault(s step) fault {
	exit := func(how string) fault {
		message := fmt.Sprintf("RequestId: soak-%d Error: Runtime exited with error: %s", s.number, how)
		return fault{"Runtime.ExitError", message}
	}
	switch s.what {
	case unhandledPanic:
		return fault{"string", function.PanicMessage(s.number)}
	case failure:
		return fault{"Trouble", (&function.Trouble{N: s.number}).Error()}
	case endDuring, endAtSomeTime:
		return exit("signal: terminated")
	case outOfMemory:
		return exit(o.limit.death())
	}
	return fault{}
}
