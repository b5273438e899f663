package function

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

// Kinds are the names of the handlers, each of which takes another way through the library.
var Kinds = []string{"typed", "raw", "any", "bytes"}

// Function has the handlers.
type Function struct {
	Stdout, Stderr io.Writer
}

// Handler returns the handler of that kind, for lambda.Start. The kinds echo and rawecho, which only return the event,
// are for tests.
func (f Function) Handler(kind string) any {
	switch kind {
	case "raw":
		return f.raw
	case "any":
		return f.decoded
	case "bytes":
		return byteHandler{f}
	case "echo":
		return echo{}
	case "rawecho":
		return func(e json.RawMessage) (json.RawMessage, error) { return e, nil }
	}
	return f.typed
}

// about is what an answer says of its invocation.
type about struct {
	Request  string            `json:"request"`
	ARN      string            `json:"arn"`
	Trace    string            `json:"trace"`
	Deadline int64             `json:"deadline"` // in milliseconds since 1970
	Custom   map[string]string `json:"custom,omitempty"`
	Identity string            `json:"identity,omitempty"`
	Usage    *Usage            `json:"usage,omitempty"`
}

type answer struct {
	About about  `json:"about"`
	Sum   string `json:"sum"` // of the event's text
	Event Event  `json:"event"`
}

func (f Function) typed(ctx context.Context, e Event) (answer, error) {
	usage, err := f.obey(e.Order)
	if err != nil {
		return answer{}, err
	}
	return answer{aboutOf(ctx, usage), sum([]byte(e.Text)), e}, nil
}

func (f Function) raw(ctx context.Context, e json.RawMessage) (json.RawMessage, error) {
	return f.wrap(ctx, e)
}

func (f Function) decoded(ctx context.Context, e any) (any, error) {
	fields, _ := e.(map[string]any)
	n, _ := fields["n"].(float64)
	act, _ := fields["act"].(string)
	size, _ := fields["size"].(float64)
	usage, err := f.obey(Order{N: int64(n), Act: Act(act), Size: int64(size)})
	if err != nil {
		return nil, err
	}
	return map[string]any{"about": aboutOf(ctx, usage), "event": e}, nil
}

// byteHandler neither decodes nor encodes for itself.
type byteHandler struct{ Function }

var _ lambda.Handler = byteHandler{}

// Invoke implements lambda.Handler.
func (h byteHandler) Invoke(ctx context.Context, e []byte) ([]byte, error) { return h.wrap(ctx, e) }

// wrap puts the bytes of an event into an answer.
func (f Function) wrap(ctx context.Context, e []byte) ([]byte, error) {
	var order Order
	if err := json.Unmarshal(e, &order); err != nil {
		return nil, err
	}
	usage, err := f.obey(order)
	if err != nil {
		return nil, err
	}
	about, err := json.Marshal(aboutOf(ctx, usage))
	if err != nil {
		return nil, err
	}
	whole := append(append([]byte(`{"about":`), about...), `,"sum":"`+sum(e)+`","event":`...)
	return append(append(whole, e...), '}'), nil
}

func sum(data []byte) string {
	digest := sha256.Sum256(data)
	return hex.EncodeToString(digest[:8])
}

func aboutOf(ctx context.Context, usage *Usage) about {
	a := about{Usage: usage}
	a.Trace, _ = ctx.Value("x-amzn-trace-id").(string)
	if deadline, ok := ctx.Deadline(); ok {
		a.Deadline = deadline.UnixMilli()
	}
	if lc, ok := lambdacontext.FromContext(ctx); ok {
		a.Request, a.ARN, a.Identity = lc.AwsRequestID, lc.InvokedFunctionArn, lc.Identity.CognitoIdentityID
		a.Custom = lc.ClientContext.Custom
	}
	return a
}

type echo struct{}

// Invoke implements lambda.Handler.
func (echo) Invoke(_ context.Context, e []byte) ([]byte, error) { return e, nil }
