package sparta_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/go-sparta/sparta/sparta"
	"github.com/sirupsen/logrus"
)

type event struct {
	Name string `json:"name"`
}

type echo struct{}

func (echo) Invoke(_ context.Context, event []byte) ([]byte, error) { return event, nil }

// both is a handler of two kinds.
type both struct{ echo }

func (both) ServeHTTP(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "HTTP") }

// explosive panics when it is encoded or decoded.
type explosive struct{}

func (explosive) MarshalJSON() ([]byte, error)  { panic("encoded") }
func (*explosive) UnmarshalJSON(_ []byte) error { panic("decoded") }

// handlers has each kind of handler with its response to {"name":"Ada"}.
var handlers = map[string]struct {
	handler any
	want    string
}{
	"func()":                  {func() {}, `null`},
	"func() error":            {func() error { return nil }, `null`},
	"func(TIn) error":         {func(event) error { return nil }, `null`},
	"func() (TOut, error)":    {func() (string, error) { return "out", nil }, `"out"`},
	"func(ctx) error":         {func(context.Context) error { return nil }, `null`},
	"func(ctx, TIn) error":    {func(context.Context, event) error { return nil }, `null`},
	"func(ctx) (TOut, error)": {func(context.Context) (int, error) { return 7, nil }, `7`},
	"func(TIn) (TOut, error)": {func(e event) (string, error) { return e.Name, nil }, `"Ada"`},
	"func(ctx, TIn) (TOut, error)": {
		func(_ context.Context, e *event) (event, error) { return *e, nil },
		`{"name":"Ada"}`,
	},
	"func(ctx, any) (any, error)": {
		func(_ context.Context, e any) (any, error) { return e, nil },
		`{"name":"Ada"}`,
	},
	"an io.Reader as the response": {
		func() (io.Reader, error) { return strings.NewReader("read"), nil },
		`read`,
	},
	"a lambda.Handler":                         {echo{}, `{"name":"Ada"}`},
	"a lambda.Handler that is an http.Handler": {both{}, `{"name":"Ada"}`},
	"a handler with options": {
		lambda.NewHandlerWithOptions(func(e event) (event, error) { return e, nil }, lambda.WithSetIndent("", " ")),
		"{\n \"name\": \"Ada\"\n}\n",
	},
	"an http.Handler":          {http.HandlerFunc(copyBody), `"{\"name\":\"Ada\"}"`},
	"an http.ServeMux":         {mux("/f", copyBody), `"{\"name\":\"Ada\"}"`},
	"an HTTP function":         {copyBody, `"{\"name\":\"Ada\"}"`},
	"an HTTPLambdaFunction":    {sparta.HTTPLambdaFunction(copyBody), `"{\"name\":\"Ada\"}"`},
	"a LambdaFunction":         {sparta.LambdaFunction(copyEvent), `"{\"name\":\"Ada\"}"`},
	"a four-argument function": {copyEvent, `"{\"name\":\"Ada\"}"`},
}

func copyBody(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) }

func copyEvent(event *json.RawMessage, _ *sparta.LambdaContext, w http.ResponseWriter, _ *logrus.Logger) {
	w.Write(*event)
}

func mux(pattern string, handler http.HandlerFunc) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+pattern, handler)
	return mux
}

func TestEachKindOfHandlerResponds(t *testing.T) {
	for name, test := range handlers {
		t.Run(name, func(t *testing.T) {
			info, err := sparta.NewAWSLambda("f", test.handler, sparta.IAMRoleDefinition{})
			if err != nil {
				t.Fatal(err)
			}
			got, err := info.Handler().Invoke(context.Background(), []byte(`{"name":"Ada"}`))
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != test.want {
				t.Errorf("response is %s, want %s", got, test.want)
			}
		})
	}
}

func TestInvalidHandlersAreReportedWithoutRunningThem(t *testing.T) {
	tests := map[string]struct {
		handler any
		want    string // empty: valid
	}{
		"nil":                    {nil, "handler is nil"},
		"a nil function":         {(func())(nil), "handler is a nil func()"},
		"a nil http.HandlerFunc": {http.HandlerFunc(nil), "handler is a nil http.HandlerFunc"},
		"a nil mux":              {(*http.ServeMux)(nil), "handler is a nil *http.ServeMux"},
		"a nil LambdaFunction":   {sparta.LambdaFunction(nil), "handler is a nil sparta.LambdaFunction"},
		"a string":               {"f", "it is not a function"},
		"three arguments": {
			func(a, b, c int) error { panic("run") },
			"handlers may not take more than two arguments, but handler takes 3",
		},
		"two without a context": {func(a, b int) error { panic("run") }, "the first is not Context"},
		"three results": {
			func() (int, int, error) { panic("run") },
			"may not return more than two values",
		},
		"two results without an error": {func() (int, int) { panic("run") }, "the second does not implement error"},
		"one result that is not an error": {
			func() int { panic("run") },
			"a single value, but it does not implement error",
		},
		"variadic": {func(...string) error { panic("run") }, "it is variadic"},

		"valid, no event":            {func() { panic("run") }, ""},
		"valid, with an event":       {func(explosive) error { panic("run") }, ""},
		"valid, with a response":     {func() (explosive, error) { panic("run") }, ""},
		"valid, with an error type":  {func() (explosive, *sparta.HTTPError) { panic("run") }, ""},
		"valid, all of it":           {func(context.Context, *explosive) (*explosive, error) { panic("run") }, ""},
		"valid, an http.HandlerFunc": {http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("run") }), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			info := sparta.HandleAWSLambda("f", test.handler, "role")
			err := sparta.Validate("Service", []*sparta.LambdaAWSInfo{info})
			if test.want == "" {
				if err != nil {
					t.Errorf("valid handler is refused: %v", err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want one with %q", err, test.want)
			}
			if _, err := sparta.NewAWSLambda("f", test.handler, "role"); err == nil {
				t.Error("NewAWSLambda accepts it")
			}
		})
	}
}

// Callers may skip Validate.
func TestAnInvalidHandlerReturnsAnError(t *testing.T) {
	_, err := sparta.HandleAWSLambda("f", func() int { return 1 }, "role").Handler().Invoke(context.Background(), nil)
	if err == nil || !strings.Contains(err.Error(), "does not implement error") {
		t.Errorf("error is %v, want that of aws-lambda-go", err)
	}
}

func TestHTTPRequest(t *testing.T) {
	deadline := time.Now().Add(time.Minute)
	ctx, cancel := context.WithDeadline(invocation(), deadline)
	defer cancel()
	var got *http.Request
	var body string
	handler := func(_ http.ResponseWriter, r *http.Request) {
		got = r
		data, _ := io.ReadAll(r.Body)
		body = string(data)
	}
	info := sparta.HandleAWSLambda("my-handler", handler, "role")
	if _, err := info.Handler().Invoke(ctx, []byte(`{"name": 1.10}`)); err != nil {
		t.Fatal(err)
	}
	line := fmt.Sprint(got.Method, " ", got.URL, " ", got.RequestURI, " ", got.ContentLength, " ", got.Header)
	if want := "POST /my_handler /my_handler 14 map[Content-Type:[application/json]]"; line != want {
		t.Errorf("request is %s\n       want %s", line, want)
	}
	if body != `{"name": 1.10}` {
		t.Errorf("body is %s, want the bytes of the event", body)
	}
	if end, ok := got.Context().Deadline(); !ok || !end.Equal(deadline) {
		t.Errorf("deadline is %v (%v), want that of the invocation, %v", end, ok, deadline)
	}
	if logger, ok := got.Context().Value(sparta.ContextKeyLogger).(*logrus.Logger); !ok || logger == nil {
		t.Error("context has no logger")
	}
	checkContext(t, got.Context().Value(sparta.ContextKeyLambdaContext))
}

func TestArgumentsOfAFourArgumentHandler(t *testing.T) {
	own := logrus.New()
	called := false
	fn := func(event *json.RawMessage, context *sparta.LambdaContext, _ http.ResponseWriter, logger *logrus.Logger) {
		called = true
		if string(*event) != `{"name": 1.10}` {
			t.Errorf("event is %s, want its bytes", *event)
		}
		if logger != own {
			t.Error("the logger of the caller's context is not used")
		}
		checkContext(t, context)
	}
	info, err := sparta.Lambda("role", fn, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.WithValue(invocation(), sparta.ContextKeyLogger, own)
	if _, err := info.Handler().Invoke(ctx, []byte(`{"name": 1.10}`)); err != nil {
		t.Fatal(err)
	}
	if !called {
		t.Error("handler was not called")
	}
}

func TestAHandlerHasOneLogger(t *testing.T) {
	seen := map[*logrus.Logger]bool{}
	remember := func(_ *json.RawMessage, _ *sparta.LambdaContext, _ http.ResponseWriter, logger *logrus.Logger) {
		seen[logger] = true
	}
	handler := sparta.HandleAWSLambda("f", remember, "role").Handler()
	for range 2 {
		if _, err := handler.Invoke(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if len(seen) != 1 || seen[nil] {
		t.Errorf("two invocations saw the loggers %v, want a single one", seen)
	}
}

// invocation returns a context like those of the Lambda runtime.
func invocation() context.Context {
	return lambdacontext.NewContext(context.Background(), &lambdacontext.LambdaContext{
		AwsRequestID:       "request-1",
		InvokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:f",
	})
}

func checkContext(t *testing.T, value any) {
	t.Helper()
	got, ok := value.(*sparta.LambdaContext)
	if !ok {
		t.Fatalf("LambdaContext is a %T", value)
	}
	want := sparta.LambdaContext{
		FunctionName:       "tested",
		FunctionVersion:    "7",
		InvokedFunctionARN: "arn:aws:lambda:eu-west-1:123456789012:function:f",
		MemoryLimitInMB:    "256",
		AWSRequestID:       "request-1",
		LogGroupName:       "/aws/lambda/tested",
		LogStreamName:      "stream",
	}
	if *got != want {
		t.Errorf("LambdaContext is %+v\n           want %+v", *got, want)
	}
}

// TestMain sets what lambdacontext reads from the environment when it starts.
func TestMain(m *testing.M) {
	lambdacontext.FunctionName = "tested"
	lambdacontext.FunctionVersion = "7"
	lambdacontext.MemoryLimitInMB = 256
	lambdacontext.LogGroupName = "/aws/lambda/tested"
	lambdacontext.LogStreamName = "stream"
	m.Run()
}

func TestErrorOfAHandlerIsReturned(t *testing.T) {
	cause := errors.New("no such user")
	handler := sparta.HandleAWSLambda("f", func() error { return cause }, "role").Handler()
	if _, err := handler.Invoke(context.Background(), []byte(`{}`)); !errors.Is(err, cause) {
		t.Errorf("error is %v, want that of the handler", err)
	}
}

// The bridge uses the options of aws-lambda-go's handlers, such as the logger, so they must not be wrapped.
func TestHandlersOfAWSLambdaGoAreNotWrapped(t *testing.T) {
	for name, handler := range map[string]any{
		"a typed function":              func(event) error { return nil },
		"a function of json.RawMessage": func(e json.RawMessage) (json.RawMessage, error) { return e, nil },
	} {
		info := sparta.HandleAWSLambda("f", handler, "role")
		if made := info.Handler(); lambda.NewHandler(made) != made {
			t.Errorf("%s: the handler is a %T, which aws-lambda-go wraps", name, made)
		}
		if fmt.Sprintf("%T", info.Function()) != fmt.Sprintf("%T", handler) {
			t.Errorf("%s: the function is a %T", name, info.Function())
		}
	}
}
