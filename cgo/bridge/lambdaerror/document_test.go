package lambdaerror_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/aws/aws-lambda-go/lambda/messages"

	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
)

type document = messages.InvokeResponse_Error

type notFound struct{ name string }

func (e notFound) Error() string { return "no " + e.name }

func TestDocumentOfAnError(t *testing.T) {
	own := document{
		Type: "Own.Type", Message: "own", ShouldExit: true,
		StackTrace: []*messages.InvokeResponse_Error_StackFrame{{Path: "a.go", Line: 1, Label: "f"}},
	}
	for name, test := range map[string]struct {
		err  error
		want document
	}{
		"an error of package errors": {errors.New("oh"), document{Type: "errorString", Message: "oh"}},
		"an error that wraps another": {
			fmt.Errorf("find: %w", notFound{"x"}), document{Type: "wrapError", Message: "find: no x"},
		},
		"a value":   {notFound{"x"}, document{Type: "notFound", Message: "no x"}},
		"a pointer": {&notFound{"x"}, document{Type: "notFound", Message: "no x"}},
		"a type without a name": {
			struct{ error }{notFound{"x"}}, document{Type: "struct { error }", Message: "no x"},
		},
		"a document":                      {own, own},
		"a document that an error wraps":  {fmt.Errorf("find: %w", own), own},
		"a document among joined errors":  {errors.Join(notFound{"x"}, own), own},
		"a document without any contents": {document{}, document{}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := lambdaerror.Of(test.err); !reflect.DeepEqual(*got, test.want) {
				t.Errorf("got %+v, want %+v", *got, test.want)
			}
		})
	}
}

func TestEncodedDocument(t *testing.T) {
	frame := &messages.InvokeResponse_Error_StackFrame{Path: "a.go", Line: 7, Label: "main.f"}
	for name, test := range map[string]struct {
		document document
		want     string
	}{
		"an error": {
			document{Type: "notFound", Message: `no "x"`}, `{"errorMessage":"no \"x\"","errorType":"notFound"}`,
		},
		"a panic": {
			document{Type: "string", Message: "oh", StackTrace: []*messages.InvokeResponse_Error_StackFrame{frame}},
			`{"errorMessage":"oh","errorType":"string","stackTrace":[{"path":"a.go","line":7,"label":"main.f"}]}`,
		},
		"a text of HTML": {
			document{Type: "t", Message: "<&>"}, `{"errorMessage":"\u003c\u0026\u003e","errorType":"t"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := string(lambdaerror.Encode(&test.document)); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
