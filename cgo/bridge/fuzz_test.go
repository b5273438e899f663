//go:build lambdabinary

package bridge

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

// FuzzMetadata checks that the context of an invocation has what its metadata says, and that nothing else is accepted.
func FuzzMetadata(f *testing.F) {
	for _, text := range []string{
		noMetadata, "", "\x00", "id\x00arn\x001234\x00Root=1\x00tenant\x00{}\x00{}",
		"id\x00\x009223372036854775807\x00\x00\x00\x00", "id\x00\x00-1\x00\x00\x00\x00",
		"id\x00\x001.5\x00\x00\x00\x00",
		"\x00\x00\x00\x00\x00{\"custom\":{\"a\":\"b\"}}\x00{\"CognitoIdentityID\":\"i\"}",
		"\x00\x00\x00\x00\x00[]\x00", "\x00\x00\x00\x00\x00\x00null", "\xff\x00\xff\x00\x00\xff\x00\xff\x00\x00",
	} {
		f.Add(text)
	}
	f.Setenv("_X_AMZN_TRACE_ID", "")
	var got *lambdacontext.LambdaContext
	var deadline time.Time
	var trace string
	a := serving(func(ctx context.Context) error {
		got, _ = lambdacontext.FromContext(ctx)
		deadline, _ = ctx.Deadline()
		trace, _ = ctx.Value("x-amzn-trace-id").(string)
		return nil
	})
	f.Fuzz(func(t *testing.T, text string) {
		got = nil
		answer := a.invoke("any", []byte("{}"), text)
		fields := strings.Split(text, "\x00")
		if answer.failed != (got == nil) {
			t.Fatalf("failed %v with %s, but the context is %v", answer.failed, answer.body, got)
		}
		if answer.failed {
			if valid(fields) {
				t.Fatalf("%q is refused: %s", text, answer.body)
			}
			if !json.Valid(answer.body) {
				t.Fatalf("%q: the error document is %q", text, answer.body)
			}
			return
		}
		if !valid(fields) {
			t.Fatalf("%q is accepted", text)
		}
		if got.AwsRequestID != fields[0] || got.InvokedFunctionArn != fields[1] || trace != fields[3] {
			t.Fatalf("%q: got %+v, trace %q", text, got, trace)
		}
		milliseconds, err := strconv.ParseInt(fields[2], 10, 64)
		if err == nil && deadline.UnixMilli() != milliseconds {
			t.Fatalf("%q: the deadline is %v", text, deadline)
		}
		if trace != os.Getenv("_X_AMZN_TRACE_ID") {
			t.Fatalf("%q: the environment has the trace %q", text, os.Getenv("_X_AMZN_TRACE_ID"))
		}
	})
}

// valid reports whether these are the fields of metadata.
func valid(fields []string) bool {
	if len(fields) != 7 {
		return false
	}
	if _, err := strconv.ParseInt(fields[2], 10, 64); err != nil && fields[2] != "" {
		return false
	}
	var lc lambdacontext.LambdaContext
	return (fields[5] == "" || json.Unmarshal([]byte(fields[5]), &lc.ClientContext) == nil) &&
		(fields[6] == "" || json.Unmarshal([]byte(fields[6]), &lc.Identity) == nil)
}

// FuzzEvent checks that the answer to any event, or the error, is that of aws-lambda-go alone.
func FuzzEvent(f *testing.F) {
	for _, event := range []string{
		"", "{}", "null", `{"name":"Ada","list":[1,2.5e3],"any":{"a":null}}`, `{"name":1}`,
		`{"NAME":"x","name":"y"}`, `[1,`,
		"\xff", `{"name":"\ud800<&>"}`, "{} x", `"text"`, `{"raw": [ 1 ] , "time":"2026-01-02T03:04:05Z"}`,
		`{"raw":}`, "[[[",
	} {
		f.Add([]byte(event))
	}
	type typedEvent struct {
		Name  string          `json:"name"`
		List  []float64       `json:"list,omitempty"`
		Any   map[string]any  `json:"any"`
		Raw   json.RawMessage `json:"raw,omitempty"`
		Bytes []byte          `json:"bytes"`
		Time  *time.Time      `json:"time"`
	}
	handlers := map[string]any{
		"typed":   func(e typedEvent) (typedEvent, error) { return e, nil },
		"pointer": func(_ context.Context, e *typedEvent) (*typedEvent, error) { return e, nil },
		"raw":     func(e json.RawMessage) (json.RawMessage, error) { return e, nil },
		"any":     func(e any) (any, error) { return e, nil },
		"bytes":   rawHandler(func(e []byte) ([]byte, error) { return e, nil }),
		"failing": func(e typedEvent) error { return lambdaFailure(e.Name) },
	}
	applications := map[string]*application{}
	for name, handler := range handlers {
		applications[name] = serving(handler)
	}
	f.Fuzz(func(t *testing.T, event []byte) {
		for name, handler := range handlers {
			want, wantErr := lambda.NewHandler(handler).Invoke(context.Background(), event)
			sent := bytes.Clone(event)
			got := applications[name].invoke("any", sent, noMetadata)
			if !bytes.Equal(sent, event) {
				t.Fatalf("%s has changed the event %q to %q", name, event, sent)
			}
			if got.failed != (wantErr != nil) || wantErr == nil && !bytes.Equal(got.body, want) {
				t.Fatalf("%s of %q: got %q, failed %v; aws-lambda-go: %q, %v",
					name, event, got.body, got.failed, want, wantErr)
			}
			if wantErr != nil {
				checkDocument(t, got.body, wantErr)
			}
			_ = got.Close()
		}
	})
}

type lambdaFailure string

func (f lambdaFailure) Error() string { return string(f) }

// checkDocument checks that an error document has the error's text, as JSON can express it.
func checkDocument(t *testing.T, document []byte, err error) {
	t.Helper()
	var got struct{ ErrorMessage string }
	if unmarshalErr := json.Unmarshal(document, &got); unmarshalErr != nil {
		t.Fatalf("the error document is %q: %v", document, unmarshalErr)
	}
	if want := strings.ToValidUTF8(err.Error(), "\ufffd"); strings.ToValidUTF8(got.ErrorMessage, "\ufffd") != want &&
		len(want) < 1000 && utf8.ValidString(err.Error()) {
		t.Fatalf("the error document is %q, want %q", document, want)
	}
}

// streamed is a response with a content type of its own.
type streamed struct{ response io.Reader }

func (s streamed) Read(p []byte) (int, error) { return s.response.Read(p) }
func (streamed) ContentType() string          { return streamType }

// FuzzStream checks that a streamed response becomes a document with its status, headers and body, or an error.
func FuzzStream(f *testing.F) {
	for _, response := range []string{
		"", `{"statusCode":200}` + "\x00\x00\x00\x00\x00\x00\x00\x00body", "{}\x00\x00\x00\x00\x00\x00\x00\x00\xff",
		"x\x00\x00\x00\x00\x00\x00\x00\x00", "null\x00\x00\x00\x00\x00\x00\x00\x00\x00",
		"{\"body\":1}\x00\x00\x00\x00\x00\x00\x00\x00", "{\"BodY\":0}\x00\x00\x00\x00\x00\x00\x00\x00text",
	} {
		f.Add([]byte(response))
	}
	f.Fuzz(func(t *testing.T, response []byte) {
		a := serving(func() (io.Reader, error) { return streamed{bytes.NewReader(response)}, nil })
		got := a.invoke("any", []byte("{}"), noMetadata)
		prelude, body, found := bytes.Cut(response, make([]byte, 8))
		var fields map[string]any
		if wanted := found && json.Unmarshal(prelude, &fields) == nil && fields != nil; wanted == got.failed {
			t.Fatalf("%q: failed %v with %q", response, got.failed, got.body)
		}
		if got.failed {
			return
		}
		// API Gateway tells "body" from "Body", which may be in the prelude; a struct's fields would take either.
		var document map[string]any
		if err := json.Unmarshal(got.body, &document); err != nil {
			t.Fatalf("%q: %v", got.body, err)
		}
		sent, _ := document["body"].(string)
		text := []byte(sent)
		if document["isBase64Encoded"] == true {
			text, _ = base64.StdEncoding.DecodeString(sent)
		}
		if !bytes.Equal(text, body) {
			t.Fatalf("%q: the body is %q, want %q", response, text, body)
		}
	})
}
