//go:build lambdabinary

package bridge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
)

const noMetadata = "\x00\x00\x00\x00\x00\x00"

type key struct{}

type valueError struct{ code int }

func (e valueError) Error() string { return fmt.Sprint("code ", e.code) }

// serving is an application with one function that answers to any name.
func serving(handler any, options ...lambda.Option) *application {
	a := newApplication()
	a.serveAny(newFunction(lambda.NewHandlerWithOptions(handler, options...)))
	return a
}

func TestInvokeReturnsTheHandlersResponse(t *testing.T) {
	for name, c := range map[string]struct {
		handler any
		event   string
		want    string
	}{
		"a typed handler":     {func(n int) (int, error) { return n + 1, nil }, "41", "42"},
		"HTML is not escaped": {func() (string, error) { return "<&>", nil }, "{}", `"<&>"`},
		"a handler of bytes": {
			rawHandler(func(e []byte) ([]byte, error) { return e, nil }), "\x00\xff", "\x00\xff",
		},
		"a reader": {
			func() (io.Reader, error) { return strings.NewReader("<p>\x00"), nil }, "{}", "<p>\x00",
		},
		"nothing":           {func() {}, "{}", "null"},
		"an empty response": {rawHandler(func([]byte) ([]byte, error) { return nil, nil }), "{}", ""},
		"a string's memory": {
			rawHandler(func([]byte) ([]byte, error) { return []byte("constant"), nil }), "{}", "constant",
		},
		"the largest response": {
			rawHandler(func([]byte) ([]byte, error) { return bytes.Repeat([]byte("x"), maxResponse), nil }),
			"",
			strings.Repeat("x", maxResponse),
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := serving(c.handler).invoke("any", []byte(c.event), noMetadata)
			if got.failed || string(got.body) != c.want {
				t.Fatalf("got %.200q (failed %v), want %.200q", got.body, got.failed, c.want)
			}
			if err := got.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

type rawHandler func([]byte) ([]byte, error)

func (f rawHandler) Invoke(_ context.Context, event []byte) ([]byte, error) { return f(event) }

func TestInvokeDescribesFailures(t *testing.T) {
	document := messages.InvokeResponse_Error{Type: "My.Type", Message: "mine"}
	const tooLarge = "Response payload size exceeded maximum allowed payload size (6291556 bytes). " +
		"Return less, or put it into S3 and return its address."
	for name, c := range map[string]struct {
		handler   any
		event     string
		errorType string
		message   string
	}{
		"a plain error":              {func() error { return errors.New("no") }, "{}", "errorString", "no"},
		"an error value":             {func() error { return valueError{3} }, "{}", "valueError", "code 3"},
		"an error pointer":           {func() error { return &valueError{4} }, "{}", "valueError", "code 4"},
		"a document":                 {func() error { return document }, "{}", "My.Type", "mine"},
		"a document that is wrapped": {func() error { return fmt.Errorf("x: %w", document) }, "{}", "My.Type", "mine"},
		"a panic":                    {func() { panic("oh") }, "{}", "string", "oh"},
		"a panic of a document":      {func() { panic(document) }, "{}", "My.Type", "mine"},
		"a nil map": {
			func() { unmade["a"] = 1 }, "{}", "plainError", "assignment to entry in nil map",
		},
		"an event of another type": {
			func(int) {}, `"x"`, "UnmarshalTypeError", "json: cannot unmarshal string into Go value of type int",
		},
		"a value without JSON": {
			func() (any, error) { return func() {}, nil },
			"{}",
			"UnsupportedTypeError",
			"json: unsupported type: func()",
		},
		"a response over the limit": {
			rawHandler(func([]byte) ([]byte, error) { return make([]byte, maxResponse+1), nil }),
			"{}",
			"Function.ResponseSizeTooLarge",
			tooLarge,
		},
		"a reader over the limit": {
			func() (io.Reader, error) { return endless{}, nil },
			"{}",
			"Function.ResponseSizeTooLarge",
			tooLarge,
		},
		"a reader that breaks off": {func() (io.Reader, error) { return broken{}, nil }, "{}", "valueError", "code 9"},
	} {
		t.Run(name, func(t *testing.T) {
			got := serving(c.handler).invoke("any", []byte(c.event), noMetadata)
			var failure messages.InvokeResponse_Error
			if err := json.Unmarshal(got.body, &failure); err != nil || !got.failed {
				t.Fatalf("got %q, failed %v: %v", got.body, got.failed, err)
			}
			if failure.Type != c.errorType || failure.Message != c.message {
				t.Errorf("got %s: %s, want %s: %s", failure.Type, failure.Message, c.errorType, c.message)
			}
		})
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, valueError{9} }

func TestPanicShowsTheApplicationsFramesOnly(t *testing.T) {
	got := serving(func() { _ = deep() }).invoke("any", []byte("{}"), noMetadata)
	var failure messages.InvokeResponse_Error
	if err := json.Unmarshal(got.body, &failure); err != nil {
		t.Fatal(err)
	}
	// This test's own package counts as plumbing, so that its frames end at the
	// first function of another one; panicFrames is seen through strings.Map.
	if len(failure.StackTrace) != 1 || failure.StackTrace[0].Label != "strings.Map" || failure.StackTrace[0].Line == 0 {
		t.Errorf("got %s", got.body)
	}
}

func TestPanicOfAnErrorMethodShowsOnlyTheApplicationsFrames(t *testing.T) {
	got := serving(func() error { return unprintable{} }).invoke("any", []byte("{}"), noMetadata)
	body := string(got.body)
	if !got.failed || strings.Contains(body, "lambdaerror") || !strings.Contains(body, "strings.Map") {
		t.Errorf("got %s", body)
	}
}

type unprintable struct{}

func (unprintable) Error() string { return deep() }

func deep() string { return strings.Map(nil, "x") }

var unmade map[string]int

func TestTheErrorOfAnUnknownFunctionNamesTheOthers(t *testing.T) {
	a := newApplication()
	nothing := lambda.NewHandler(func() {})
	a.serve([]Function{{Name: "Zoe", Handler: nothing}, {Name: "Ada", Handler: nothing}})
	got := a.invoke("Bob", nil, noMetadata)
	const want = `no function \"Bob\": this application has [\"Ada\" \"Zoe\"]`
	if !got.failed || !strings.Contains(string(got.body), want) {
		t.Fatalf("got %s, want %s", got.body, want)
	}
}

func TestContextCarriesTheMetadata(t *testing.T) {
	deadline := time.Now().Add(time.Minute).Truncate(time.Millisecond)
	var got context.Context
	var environment string
	a := serving(func(ctx context.Context) error {
		got, environment = ctx, os.Getenv("_X_AMZN_TRACE_ID")
		return nil
	}, lambda.WithContext(context.WithValue(context.Background(), key{}, "base")), lambda.WithContextValue("other", 1))
	text := strings.Join([]string{
		"id", "arn:x", fmt.Sprint(deadline.UnixMilli()), "Root=1-2", "tenant",
		`{"custom":{"a":"b"},"env":{"e":"f"},"client":{"app_title":"t"}}`,
		`{"CognitoIdentityID":"i","CognitoIdentityPoolID":"p"}`,
	}, "\x00")
	r := a.invoke("any", []byte("{}"), text)
	if r.failed || got.Err() != nil {
		t.Fatalf("failed: %s, %v", r.body, got.Err())
	}
	lc, ok := lambdacontext.FromContext(got)
	if !ok || lc.AwsRequestID != "id" || lc.InvokedFunctionArn != "arn:x" || lc.TenantID != "tenant" ||
		lc.ClientContext.Custom["a"] != "b" || lc.ClientContext.Env["e"] != "f" ||
		lc.ClientContext.Client.AppTitle != "t" || lc.Identity.CognitoIdentityID != "i" ||
		lc.Identity.CognitoIdentityPoolID != "p" {
		t.Errorf("lambda context: %+v", lc)
	}
	if d, ok := got.Deadline(); !ok || !d.Equal(deadline) {
		t.Errorf("deadline %v, want %v", d, deadline)
	}
	if got.Value("x-amzn-trace-id") != "Root=1-2" || environment != "Root=1-2" {
		t.Errorf("trace id: %v in the context, %q in the environment", got.Value("x-amzn-trace-id"), environment)
	}
	if got.Value(key{}) != "base" || got.Value("other") != 1 {
		t.Error("the base context's values are lost")
	}
	if err := r.Close(); err != nil || got.Err() == nil {
		t.Errorf("the context outlives the invocation: %v", err)
	}
	a.invoke("any", []byte("{}"), noMetadata)
	// Empty, as with aws-lambda-go: the environment would grow if it were unset and set again and again.
	if trace, set := os.LookupEnv("_X_AMZN_TRACE_ID"); trace != "" || !set {
		t.Errorf("after an invocation without a trace, the environment has %q (set: %v)", trace, set)
	}
}

func TestMetadataOfAnotherBuildIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "1 fields instead of 7",
		"\x00\x00soon\x00\x00\x00\x00": "deadline",
		"\x00\x00\x00\x00\x00{\x00":    "client context",
		"\x00\x00\x00\x00\x00\x00[]":   "Cognito identity",
	} {
		got := serving(func() {}).invoke("any", nil, text)
		if !got.failed || !strings.Contains(string(got.body), want) {
			t.Errorf("%q: got %s, want %q", text, got.body, want)
		}
	}
}

// A handler may take the response's memory back when its context ends: Python must have copied it.
func TestContextEndsWithTheResponse(t *testing.T) {
	for name, c := range map[string]struct {
		handle func(body []byte) (any, error)
		kept   bool // until the response is closed
	}{
		"bytes":                        {func(body []byte) (any, error) { return bytes.NewBuffer(body), nil }, true},
		"a value":                      {func(body []byte) (any, error) { return json.RawMessage(body), nil }, true},
		"an error":                     {func([]byte) (any, error) { return nil, errors.New("no") }, false},
		"a panic":                      {func([]byte) (any, error) { panic("oh") }, false},
		"a response that is too large": {func([]byte) (any, error) { return endless{}, nil }, false},
	} {
		t.Run(name, func(t *testing.T) {
			ended := make(chan struct{})
			body := []byte(`"kept"`)
			got := serving(func(ctx context.Context) (any, error) {
				context.AfterFunc(ctx, func() {
					clear(body)
					close(ended)
				})
				return c.handle(body)
			}).invoke("any", []byte("{}"), noMetadata)
			if c.kept {
				time.Sleep(10 * time.Millisecond)
				select {
				case <-ended:
					t.Error("the context has ended before the response is closed")
				default:
				}
				if string(got.body) != `"kept"` {
					t.Errorf("got %q", got.body)
				}
				if err := got.Close(); err != nil {
					t.Error(err)
				}
			}
			select {
			case <-ended:
			case <-time.After(10 * time.Second):
				t.Error("the context never ends")
			}
		})
	}
}

// A response must not change when another invocation reuses its buffer.
func TestResponsesDoNotShareABuffer(t *testing.T) {
	handler := lambda.NewHandler(func(s string) (string, error) { return s, nil })
	for name, f := range map[string]*function{
		"looking inside": newFunction(handler),
		"one at a time":  {base: context.Background(), invoke: oneAtATime(handler)},
	} {
		t.Run(name, func(t *testing.T) {
			a := newApplication()
			a.serveAny(f)
			first := a.invoke("any", []byte(`"first"`), noMetadata)
			second := a.invoke("any", []byte(`"other"`), noMetadata)
			if string(first.body) != `"first"` || string(second.body) != `"other"` {
				t.Fatalf("got %s and %s", first.body, second.body)
			}
		})
	}
}

func TestStart(t *testing.T) {
	for name, c := range map[string]struct {
		main  func(*application)
		setup error
		names string
		want  string
	}{
		"functions are served": {
			func(a *application) {
				a.serve([]Function{{Name: "A", Handler: lambda.NewHandler(func() {})}})
				select {}
			},
			nil,
			"[A]",
			"",
		},
		"main returns": {func(*application) {}, nil, "[]", "main returned without serving a function"},
		"another goroutine serves": {func(a *application) {
			go func() {
				time.Sleep(50 * time.Millisecond)
				a.serve([]Function{{Name: "A", Handler: lambda.NewHandler(func() {})}})
				select {}
			}()
			runtime.Goexit()
		}, nil, "[A]", ""},
		"main reports an error": {
			func(a *application) { a.fail(lambdaerror.Of(errors.New("first"))) }, nil, "[]", "first",
		},
		"setup fails": {func(*application) { t.Error("main ran") }, errors.New("no port"), "[]", "no port"},
	} {
		t.Run(name, func(t *testing.T) {
			a := newApplication()
			a.setup = func() error { return c.setup }
			a.main = func() { c.main(a) }
			names, failure := a.start()
			if got := fmt.Sprint(names); got != c.names {
				t.Errorf("names %s, want %s", got, c.names)
			}
			got := fmt.Sprintf("%+v", failure)
			if (failure != nil) != (c.want != "") || !strings.Contains(got, c.want) {
				t.Errorf("failure %s, want %q", got, c.want)
			}
		})
	}
}

func TestMainRunsOnce(t *testing.T) {
	a := newApplication()
	a.setup = func() error { return nil }
	ran := make(chan struct{}, 2)
	a.main = func() {
		ran <- struct{}{}
		a.serve([]Function{{Name: "A", Handler: lambda.NewHandler(func() {})}})
		select {}
	}
	for range 2 {
		if names, failure := a.start(); fmt.Sprint(names) != "[A]" || failure != nil {
			t.Fatalf("names %q, failure %+v", names, failure)
		}
	}
	runtime.Gosched()
	if len(ran) != 1 {
		t.Errorf("main ran %d times", len(ran))
	}
}

func TestFetchCredentials(t *testing.T) {
	for name, c := range map[string]struct {
		reply string
		want  string
	}{
		"credentials": {
			`{"AccessKeyID":"AK","SecretAccessKey":"s3cr3t","SessionToken":"tok","Expires":4102444800}`,
			"{AK s3cr3t tok 2100-01-01 00:00:00 +0000 UTC} <nil>",
		},
		"without expiry": {
			`{"AccessKeyID":"AK","SecretAccessKey":"s3cr3t"}`,
			"{AK s3cr3t  0001-01-01 00:00:00 +0000 UTC} <nil>",
		},
		"an error":       {`{"Error":"none there"}`, "fetch AWS credentials: none there"},
		"no JSON":        {`s3cr3t`, "fetch AWS credentials: Python's reply is not JSON"},
		"before a start": {"", "Python has not started the application yet"},
	} {
		t.Run(name, func(t *testing.T) {
			var source credentialsSource
			if c.reply != "" {
				source.call = func() []byte { return []byte(c.reply) }
			}
			credentials, err := source.fetch()
			credentials.Expires = credentials.Expires.UTC()
			if got := fmt.Sprint(credentials, err); !strings.Contains(got, c.want) {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "s3cr3t") {
				t.Errorf("the error shows a secret: %v", err)
			}
		})
	}
}

// Credentials may be others at each invocation, so each has an epoch of its own, from its start to its end.
func TestEachInvocationHasItsOwnEpoch(t *testing.T) {
	var a *application
	var epochs []uint64
	a = serving(func(event string) error {
		epochs = append(epochs, a.epoch.count.Load())
		if event == "fail" {
			return errors.New("failed")
		}
		return nil
	})
	before := a.epoch.count.Load()
	for _, event := range []string{`"do well"`, `"fail"`, `"do well"`} {
		a.invoke("any", []byte(event), noMetadata)
		if ended := a.epoch.count.Load(); len(epochs) == 0 || ended != epochs[len(epochs)-1] {
			t.Fatalf("handlers ran in the epochs %d, the last of which is %d at its end", epochs, ended)
		}
	}
	if len(epochs) != 3 || epochs[0] == before || epochs[1] == epochs[0] || epochs[2] == epochs[1] {
		t.Errorf("handlers ran in the epochs %d, after %d", epochs, before)
	}
}

// A hook that panics or ends its goroutine fails, and does not abort the process.
func TestHooksThatDoNotReturn(t *testing.T) {
	for name, c := range map[string]struct {
		hook      func() error
		errorType string
		message   string
	}{
		"a panic": {func() error { panic(valueError{7}) }, "valueError", "code 7"},
		"Goexit":  {func() error { runtime.Goexit(); return nil }, "wrapError", "a hook ended its goroutine"},
		"an error": {
			func() error { return valueError{8} }, "wrapError", "before the snapshot: code 8",
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := newApplication()
			a.hooks.before = []func() error{c.hook}
			failure := lambdaerror.Of(a.hooks.beforeSnapshot())
			if failure.Type != c.errorType || !strings.Contains(failure.Message, c.message) {
				t.Errorf("got %s: %s, want %s: %s", failure.Type, failure.Message, c.errorType, c.message)
			}
		})
	}
}

func TestSnapshotHooksRunInOrder(t *testing.T) {
	t.Cleanup(func() { app.hooks.before, app.hooks.after = nil, nil })
	var ran []string
	note := func(name string) func() error { return func() error { ran = append(ran, name); return nil } }
	BeforeSnapshot(note("before 1"))
	BeforeSnapshot(note("before 2"))
	AfterRestore(note("after 1"))
	AfterRestore(note("after 2"))
	epoch := Epoch()
	if err := errors.Join(app.hooks.beforeSnapshot(), app.hooks.afterRestore()); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(ran, ", "); got != "before 2, before 1, after 1, after 2" {
		t.Errorf("ran %s", got)
	}
	if Epoch() == epoch {
		t.Error("credentials of before the restore still count as current")
	}
	AfterRestore(func() error { return errors.New("gone") })
	if err := app.hooks.afterRestore(); err == nil || err.Error() != "after the restore: gone" {
		t.Errorf("got %v", err)
	}
}
