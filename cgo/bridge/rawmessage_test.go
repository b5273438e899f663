//go:build lambdabinary

package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unsafe"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambda/handlertrace"

	"github.com/go-sparta/sparta/cgo/bridge/rawmessage"
)

// rawServing is like serving, and prepares handlers of json.RawMessage as Start does.
func rawServing(handler any, options ...lambda.Option) *application {
	a := newApplication()
	a.serveAny(newFunction(rawmessage.Of(handler, lambda.NewHandlerWithOptions(handler, options...))))
	return a
}

func TestRawMessagesAreThoseOfAWSLambdaGo(t *testing.T) {
	type raw = json.RawMessage
	handlers := map[string]any{
		"echo":                func(event raw) (raw, error) { return event, nil },
		"echo with a context": func(_ context.Context, event raw) (raw, error) { return event, nil },
		"nothing":             func(raw) (raw, error) { return nil, nil },
		"empty":               func(raw) (raw, error) { return raw{}, nil },
		"spaced":              func(raw) (raw, error) { return raw("{ \"a\": [1, \"<&> \u2028\"] }\n"), nil },
		"two values":          func(raw) (raw, error) { return raw("1 2"), nil },
		"no JSON":             func(raw) (raw, error) { return raw("{"), nil },
		"an error":            func(raw) (raw, error) { return raw("1"), valueError{5} },
		"a panic":             func(raw) (raw, error) { panic("oh") },
	}
	for name, handler := range handlers {
		for _, event := range []string{
			`{"a":"<&>"}`, "[\"\u2028\xff\", \"\u2029\"]", "{\"\u2029\":1}", `{"a":1,"a":2}`,
			" {\"a\" : 1}\n", "null", `"text" more`, "", "{", "[1,]",
		} {
			for option, options := range map[string][]lambda.Option{
				"":         nil,
				"escaped":  {lambda.WithSetEscapeHTML(true)},
				"indented": {lambda.WithSetIndent(">", " ")},
				"strictly": {lambda.WithUseNumber(true), lambda.WithDisallowUnknownFields(true)},
			} {
				got := rawServing(handler, options...).invoke("any", []byte(event), noMetadata)
				want := serving(handler, options...).invoke("any", []byte(event), noMetadata)
				if string(got.body) != string(want.body) || got.failed != want.failed {
					t.Errorf("%s of %q %s: got %q (failed %v), want %q (failed %v)",
						name, event, option, got.body, got.failed, want.body, want.failed)
				}
			}
		}
	}
}

func TestRawMessagesThatAreEventsAreNotCopied(t *testing.T) {
	var got json.RawMessage
	sent := []byte(` {"a":1}`)
	handler := func(event json.RawMessage) (json.RawMessage, error) {
		got = event
		return event, nil
	}
	_, err := newFunction(rawmessage.Of(handler, lambda.NewHandler(handler))).invoke(context.Background(), sent)
	if err != nil || string(got) != `{"a":1}` || unsafe.SliceData(got) != &sent[1] {
		t.Errorf("got %q, in memory of its own, %v", got, err)
	}
}

// As with aws-lambda-go, whose encoder copies.
func TestRawMessagesThatWereReturnedMayBeChanged(t *testing.T) {
	body := []byte(`{"a":1}`)
	handler := func(json.RawMessage) (json.RawMessage, error) { return body, nil }
	got := rawServing(handler).invoke("any", []byte("1"), noMetadata)
	clear(body)
	if string(got.body) != `{"a":1}` {
		t.Errorf("got %q", got.body)
	}
}

func TestRawMessagesKeepContextAndTrace(t *testing.T) {
	var traced, value any
	handler := func(ctx context.Context, event json.RawMessage) (json.RawMessage, error) {
		value = ctx.Value(key{})
		return event, nil
	}
	ctx := handlertrace.NewContext(context.WithValue(context.Background(), key{}, "base"), handlertrace.HandlerTrace{
		RequestEvent: func(_ context.Context, event any) { traced = event },
	})
	got := rawServing(handler, lambda.WithContext(ctx)).invoke("any", []byte("1"), noMetadata)
	if got.failed || value != "base" || fmt.Sprintf("%s", traced) != "1" {
		t.Errorf("answered %q, with %v in the context and %s traced", got.body, value, traced)
	}
}

func TestRawMessagesThatAreTooLarge(t *testing.T) {
	large := json.RawMessage(`"` + strings.Repeat("x", maxResponse) + `"`)
	got := rawServing(func(json.RawMessage) (json.RawMessage, error) { return large, nil }).invoke("any", []byte("1"),
		noMetadata)
	if !got.failed || !strings.Contains(string(got.body), "ResponseSizeTooLarge") {
		t.Errorf("got %.200q", got.body)
	}
}

func TestNilFunctionsOfRawMessages(t *testing.T) {
	var none func(json.RawMessage) (json.RawMessage, error)
	if _, ok := rawmessage.Of(none, lambda.NewHandler(none)).(*rawmessage.Handler); ok {
		t.Error("a nil function is called")
	}
	standard := lambda.NewHandler(func() error { return errors.New("not mine") })
	if rawmessage.Of(func() error { return nil }, standard) != standard {
		t.Error("a function of something else is not aws-lambda-go's")
	}
}
