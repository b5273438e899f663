//go:build go1.21

// Package lambdaerror makes Lambda's error documents from Go's errors and
// panics, with the types and messages that aws-lambda-go has for them.
package lambdaerror

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"reflect"
	"runtime"
	"strings"

	"github.com/aws/aws-lambda-go/lambda/messages"
)

// maxFrames bounds the stack trace of a document.
const maxFrames = 64

// Of describes an error: its type's name without package and pointer, its
// message, or, for an InvokeResponse_Error, that document itself.
func Of(err error) *messages.InvokeResponse_Error {
	var failure Failure
	if errors.As(err, &failure) {
		return failure.Document
	}
	// The document is an error since aws-lambda-go 1.20; errors.As panics for other types.
	document := new(messages.InvokeResponse_Error)
	if _, isError := any(document).(error); isError && errors.As(err, any(document)) {
		return document
	}
	return &messages.InvokeResponse_Error{Type: typeName(err), Message: err.Error()}
}

// OfPanic describes a recovered panic. The deferred function that recovered
// must call it, while the panicking frames are still on the stack.
func OfPanic(value any) *messages.InvokeResponse_Error {
	if document, ok := value.(messages.InvokeResponse_Error); ok {
		return &document
	}
	return &messages.InvokeResponse_Error{
		Type:       typeName(value),
		Message:    fmt.Sprint(value),
		StackTrace: panicFrames(),
		ShouldExit: true,
	}
}

// Encode encodes a document as JSON. What Lambda would not accept is cut.
func Encode(document *messages.InvokeResponse_Error) []byte {
	body, err := json.Marshal((*encoded)(limited(document)))
	if err != nil { // never: its fields are strings and numbers
		return []byte(`{"errorType":"Runtime.SerializationError",` +
			`"errorMessage":"the error document has no JSON encoding"}`)
	}
	return body
}

// Decode reads a document.
func Decode(from io.Reader) (*messages.InvokeResponse_Error, error) {
	document := new(messages.InvokeResponse_Error)
	err := json.NewDecoder(from).Decode((*encoded)(document))
	return document, err
}

// encoded is a document with its names in JSON, which aws-lambda-go has since 1.18.
type encoded struct {
	Message    string                                      `json:"errorMessage"`
	Type       string                                      `json:"errorType"`
	StackTrace []*messages.InvokeResponse_Error_StackFrame `json:"stackTrace,omitempty"`
	ShouldExit bool                                        `json:"-"`
}

// Failure is a document as an error.
type Failure struct {
	Document *messages.InvokeResponse_Error
}

// Error returns the document's type and message.
func (f Failure) Error() string { return f.Document.Type + ": " + f.Document.Message }

func typeName(value any) string {
	t := reflect.TypeOf(value)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Name() == "" {
		return t.String()
	}
	return t.Name()
}

// panicFrames lists the application's frames, innermost first: from the one
// that panicked to the one that was called to handle the event. A panic during
// a panic shows both places.
func panicFrames() []*messages.InvokeResponse_Error_StackFrame {
	counters := make([]uintptr, maxFrames)
	frames := runtime.CallersFrames(counters[:runtime.Callers(1, counters)])
	var trace []*messages.InvokeResponse_Error_StackFrame
	panicking := false
	for more := true; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		switch {
		case frame.Function == "runtime.gopanic":
			panicking = true
		case !panicking, strings.HasPrefix(frame.Function, "runtime."):
		case isPlumbing(frame.Function):
			return trace
		default:
			trace = append(trace, &messages.InvokeResponse_Error_StackFrame{
				Path:  frame.File,
				Line:  int32(frame.Line),
				Label: frame.Function,
			})
		}
	}
	return trace
}

// isPlumbing reports whether a frame is of the code that called the application.
func isPlumbing(function string) bool {
	bridge := path.Dir(reflect.TypeOf(Failure{}).PkgPath()) // a build may have put it into the application's module
	for _, prefix := range []string{
		"reflect.Value.",
		"github.com/aws/aws-lambda-go/lambda.",
		"github.com/go-sparta/sparta/sparta.",
		bridge + ".",
		bridge + "/rawmessage.",
		bridge + "/typed.",
		bridge + "/lambdaerror.", // called an Error method that panics
	} {
		if strings.HasPrefix(function, prefix) {
			return true
		}
	}
	return false
}
