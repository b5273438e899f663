//go:build lambdabinary

package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambda/handlertrace"

	"github.com/go-sparta/sparta/cgo/bridge/typed"
)

// typedServing is like serving, and prepares handlers as Start does.
func typedServing(handler any, options ...lambda.Option) *application {
	a := newApplication()
	a.serveAny(newFunction(typed.Of(handler, lambda.NewHandlerWithOptions(handler, options...))))
	return a
}

type order struct {
	ID    string            `json:"id"`
	Count int8              `json:"count,omitempty"`
	Tags  map[string]string `json:"tags"`
	Next  *order            `json:"next,omitempty"`
	Any   any               `json:"any,omitempty"`
	Own   ownJSON           `json:"own"`
}

type ownJSON struct{ text string }

func (o *ownJSON) UnmarshalJSON(data []byte) error {
	switch o.text = string(data); o.text {
	case `"fail"`:
		return valueError{6}
	case `"panic"`:
		panic("unmarshal")
	}
	return nil
}

func (o ownJSON) MarshalJSON() ([]byte, error) {
	switch o.text {
	case `"refuse"`:
		return nil, valueError{7}
	case `"shout"`:
		panic("marshal")
	}
	return json.Marshal(o.text)
}

type handlerFuncs func(int) (int, error)

func (handlerFuncs) Invoke(_ context.Context, event []byte) ([]byte, error) { return event, nil }

type readable struct{ Name string }

func (readable) Read([]byte) (int, error) { return 0, io.EOF }

type proxyRequest = events.APIGatewayProxyRequest

type otherContext interface{ context.Context }

// typedHandlers are functions of each shape that aws-lambda-go accepts, and of some that it does not.
var typedHandlers = map[string]any{
	"echo":                 func(o order) (order, error) { return o, nil },
	"echo by pointer":      func(_ context.Context, o *order) (*order, error) { return o, nil },
	"any":                  func(event any) (any, error) { return event, nil },
	"a string":             func(s string) (string, error) { return s + "<&>\u2028\xff", nil },
	"a list":               func(_ context.Context, list []order) (int, error) { return len(list), nil },
	"API Gateway":          func(r events.APIGatewayProxyRequest) (*proxyRequest, error) { return &r, nil },
	"nothing":              func() {},
	"an error of nothing":  func() error { return valueError{1} },
	"no error of nothing":  func() error { return nil },
	"a context":            func(context.Context) (string, error) { return "x", nil },
	"an event":             func(o order) error { return nil },
	"an error":             func(o order) (order, error) { return o, fmt.Errorf("wrapped: %w", valueError{2}) },
	"an error's pointer":   func(o order) (order, error) { return o, &valueError{3} },
	"a panic":              func(order) error { panic(errors.New("oh")) },
	"a nil map":            func(o order) (map[string]string, error) { o.Tags["a"] = "b"; return o.Tags, nil },
	"a reader":             func(order) (io.Reader, error) { return strings.NewReader("<p>"), nil },
	"a reader with fields": func(order) (readable, error) { return readable{"n"}, nil },
	"no reader":            func(order) (io.Reader, error) { return nil, nil },
	"a stream": func(order) (*events.LambdaFunctionURLStreamingResponse, error) {
		return &events.LambdaFunctionURLStreamingResponse{StatusCode: 201, Body: strings.NewReader("body")}, nil
	},
	"no JSON":               func(order) (any, error) { return func() {}, nil },
	"a cycle":               func(o *order) (*order, error) { o.Next = o; return o, nil },
	"an array":              func(a [2]int) ([2]int, error) { return a, nil },
	"its own JSON":          func(o ownJSON) (ownJSON, error) { return o, nil },
	"a handler that is one": handlerFuncs(nil),
	"variadic":              func(o ...order) (int, error) { return len(o), nil },
	"three arguments":       func(context.Context, order, order) error { return nil },
	"two without a context": func(order, order) error { return nil },
	"an interface":          func(fmt.Stringer) error { return nil },
	"another context":       func(otherContext, order) (string, error) { return "other", nil },
	"a result alone":        func(order) order { return order{} },
	"two results":           func(order) (order, order) { return order{}, order{} },
	"three results":         func(order) (order, order, error) { return order{}, order{}, nil },
	"an error's own type":   func(order) (order, *valueError) { return order{}, nil },
	"a nil function":        (func(order) error)(nil),
	"no function":           7,
	"nil":                   nil,
}

var typedEvents = []string{
	`{"id":"7","count":3,"tags":{"a":"<&>","b":null},"next":{"id":"8"},"own":[1]}`,
	`{"any":{"b":[1,2.5,"x",null,true],"a":{}}}`,
	` { "id" : "é\u00e9\ud83d\ude42" , "unknown" : [ {} , [ 1 ] ] , "tags" : null } `,
	`{}`, `null`, `[]`, `[{},{"id":"1"}]`, `{"id":"1","id":"2"}`, `{"ID":"1"}`, `{"id":7}`, `{"count":128}`,
	`{"count":1.0}`, `{"own":"fail"}`, `{"own":"panic"}`, `{"own":"refuse"}`, `{"own":"shout"}`, `{"own":null}`,
	`{"id":"\ud800"}`, "{\"id\":\"\xff\"}", `{"id":"1"}x`, `{"id":"1"} {}`, ``, ` `, `{`, `{"id"`, `{"id":"1",}`,
	`{"id":"\x"}`, "{\"id\":\"\n\"}", `"text"`, `"te\"xt"`, `12`, `true`, `[1,2]`, `[1,2,3]`,
	`{"httpMethod":"POST","headers":{"B":"1","A":"2"},"multiValueHeaders":{"a":["b","c"]},"body":"{\"a\":\"\\n\"}"}`,
	`{"tags":{"a":"1","a":"2"},"any":{"a":1,"a":2}}`, `{"any":1e400}`, `{"next":{"next":{"next":{"count":-128}}}}`,
}

func TestTypedHandlersAreThoseOfAWSLambdaGo(t *testing.T) {
	for option, options := range map[string][]lambda.Option{
		"":         nil,
		"escaped":  {lambda.WithSetEscapeHTML(true)},
		"indented": {lambda.WithSetIndent(">", " ")},
		"strictly": {lambda.WithDisallowUnknownFields(true)},
		"numbers":  {lambda.WithUseNumber(true)},
	} {
		for name, handler := range typedHandlers {
			for _, event := range typedEvents {
				got := typedServing(handler, options...).invoke("any", []byte(event), noMetadata)
				want := serving(handler, options...).invoke("any", []byte(event), noMetadata)
				if string(got.body) != string(want.body) || got.failed != want.failed || got.fatal != want.fatal ||
					got.contentType != want.contentType {
					t.Errorf("%s of %q %s: got %q (failed %v, %q), want %q (failed %v, %q)", name, event, option,
						got.body, got.failed, got.contentType, want.body, want.failed, want.contentType)
				}
			}
		}
	}
}

func TestTypedHandlersKeepContextAndTrace(t *testing.T) {
	var events, answers []any
	var value any
	handler := func(ctx context.Context, event string) (string, error) {
		value = ctx.Value(key{})
		return event, nil
	}
	ctx := handlertrace.NewContext(context.WithValue(context.Background(), key{}, "base"), handlertrace.HandlerTrace{
		RequestEvent:  func(_ context.Context, event any) { events = append(events, event) },
		ResponseEvent: func(_ context.Context, answer any) { answers = append(answers, answer) },
	})
	for _, options := range [][]lambda.Option{
		{lambda.WithContext(ctx)},
		{lambda.WithContextValue(key{}, "base")},
	} {
		value = nil
		got := typedServing(handler, options...).invoke("any", []byte(`"x"`), noMetadata)
		if got.failed || string(got.body) != `"x"` || value != "base" {
			t.Errorf("answered %q, with %v in the context", got.body, value)
		}
	}
	if fmt.Sprint(events, answers) != "[x] [x]" {
		t.Errorf("traced %v and %v", events, answers)
	}
}

// A value that the handler keeps must not change with the next event.
func TestTypedEventsMayBeKept(t *testing.T) {
	var kept []order
	a := typedServing(func(o order) (string, error) {
		kept = append(kept, o)
		return o.ID, nil
	})
	for _, id := range []string{"first", "other", strings.Repeat("long", 1000), `quo\"ted`} {
		event := []byte(`{"id":"` + id + `","tags":{"` + id + `":"` + id + `"}}`)
		got := a.invoke("any", event, noMetadata)
		clear(event)
		if err := got.Close(); err != nil || got.failed {
			t.Fatal(string(got.body), err)
		}
	}
	for i, id := range []string{"first", "other", strings.Repeat("long", 1000), `quo"ted`} {
		if kept[i].ID != id || kept[i].Tags[id] != id {
			t.Errorf("kept %.100q, want %.100q", kept[i].ID, id)
		}
	}
}

// Python's memory of an event is another event's once the invocation has ended.
func TestEventsAreCopiedForHandlersThatKeepThem(t *testing.T) {
	var kept []byte
	for name, handler := range map[string]any{
		"bytes": rawHandler(func(event []byte) ([]byte, error) { kept = event; return event, nil }),
		"raw":   func(event json.RawMessage) (json.RawMessage, error) { kept = event; return event, nil },
		"a part": func(event struct{ A json.RawMessage }) error {
			kept = event.A
			return nil
		},
		"what its own method keeps": func(event struct{ A keeper }) error { kept = event.A.data; return nil },
		"the whole":                 func(event keeper) error { kept = event.data; return nil },
	} {
		event := []byte(`{"A":"an event"}`)
		got := typedServing(handler).invoke("any", event, noMetadata)
		clear(event)
		if got.failed || !strings.Contains(string(kept), "an event") {
			t.Errorf("%s: kept %q, answered %q", name, kept, got.body)
		}
	}
}

type keeper struct{ data []byte }

func (k *keeper) UnmarshalJSON(data []byte) error {
	k.data = data
	return nil
}

type panicking struct{}

func (*panicking) UnmarshalJSON([]byte) error { _ = deep(); return nil }

func (panicking) MarshalJSON() ([]byte, error) { return []byte(deep()), nil }

func TestPanicsOfTypedHandlersShowTheSameFrames(t *testing.T) {
	for name, handler := range map[string]any{
		"the handler's":            func(map[string]any) error { _ = deep(); return nil },
		"of a method for decoding": func(struct{ A panicking }) error { return nil },
		"of a method for encoding": func(map[string]any) (map[string]any, error) {
			return map[string]any{"a": []panicking{{}}}, nil
		},
	} {
		got := typedServing(handler).invoke("any", []byte(`{"A":1}`), noMetadata)
		want := serving(handler).invoke("any", []byte(`{"A":1}`), noMetadata)
		// As in TestPanicShowsTheApplicationsFramesOnly, this package is plumbing.
		if !got.fatal || string(got.body) != string(want.body) || !strings.Contains(string(got.body), "strings.Map") {
			t.Errorf("%s: got %s, want %s", name, got.body, want.body)
		}
	}
}

// Several invocations at a time share plans and buffers, but no memory of an event or an answer.
func TestTypedHandlersAtOnce(t *testing.T) {
	a := typedServing(func(o order) (order, error) { return o, nil })
	var group sync.WaitGroup
	for i := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			for j := range 100 {
				id := strings.Repeat(fmt.Sprintf("\\n%d-%d", i, j), 1+(i*j)%40)
				event := `{"id":"` + id + `","tags":{"b":"` + id + `","a":"1"},"own":"\"\\n\""}`
				got := a.invoke("any", []byte(event), noMetadata)
				runtime.Gosched()
				want := `{"id":"` + id + `","tags":{"a":"1","b":"` + id + `"},"own":"\"\\\"\\\\n\\\"\""}`
				if string(got.body) != want {
					t.Errorf("got %q, want %q", got.body, want)
				}
				_ = got.Close()
			}
		}()
	}
	group.Wait()
}

func TestTypedAnswersThatAreTooLarge(t *testing.T) {
	large := strings.Repeat(`"`, maxResponse/2)
	got := typedServing(func() (string, error) { return large, nil }).invoke("any", nil, noMetadata)
	if !got.failed || !strings.Contains(string(got.body), "ResponseSizeTooLarge") {
		t.Errorf("got %.200q", got.body)
	}
}
