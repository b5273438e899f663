package bridge

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"

	"github.com/aws/aws-lambda-go/lambda/messages"
)

// maxFrames bounds the stack trace of an error document.
const maxFrames = 64

// failureOf gives an error the document that aws-lambda-go would give it: its
// type's name without package and pointer, its message, and, for an
// InvokeResponse_Error, the document itself.
func failureOf(err error) *messages.InvokeResponse_Error {
	var document messages.InvokeResponse_Error
	if errors.As(err, &document) {
		return &document
	}
	return &messages.InvokeResponse_Error{Type: typeName(err), Message: err.Error()}
}

// failureOfPanic describes a recovered panic. The deferred function that
// recovered must call it, while the panicking frames are still on the stack.
func failureOfPanic(value any) *messages.InvokeResponse_Error {
	if document, ok := value.(messages.InvokeResponse_Error); ok {
		return &document
	}
	return &messages.InvokeResponse_Error{
		Type:       typeName(value),
		Message:    fmt.Sprint(value),
		StackTrace: panicFrames(),
	}
}

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
// that panicked to the one that the libraries between it and Python called.
func panicFrames() []*messages.InvokeResponse_Error_StackFrame {
	counters := make([]uintptr, maxFrames)
	frames := runtime.CallersFrames(counters[:runtime.Callers(1, counters)])
	var trace []*messages.InvokeResponse_Error_StackFrame
	panicking := false
	for {
		frame, more := frames.Next()
		switch {
		case frame.Function == "runtime.gopanic":
			panicking, trace = true, nil
		case !panicking, strings.HasPrefix(frame.Function, "runtime."):
		case isPlumbing(frame.Function):
			return trace
		default:
			trace = append(trace, &messages.InvokeResponse_Error_StackFrame{
				Path: frame.File, Line: int32(frame.Line), Label: frame.Function,
			})
		}
		if !more {
			return trace
		}
	}
}

// isPlumbing tells the frames that called the application from its own.
func isPlumbing(function string) bool {
	return strings.HasPrefix(function, "reflect.Value.") ||
		strings.HasPrefix(function, "github.com/aws/aws-lambda-go/lambda.") ||
		strings.HasPrefix(function, "github.com/go-sparta/sparta/cgo/bridge.")
}

// encode gives the document as JSON; its fields are strings and numbers, which
// always have an encoding.
func encode(document *messages.InvokeResponse_Error) []byte {
	body, err := json.Marshal(document)
	if err != nil {
		return []byte(`{"errorType":"Runtime.SerializationError","errorMessage":"the error document has no JSON encoding"}`)
	}
	return body
}
