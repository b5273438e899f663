//go:build !lambdabinary

package cgo

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"

	"github.com/aws/aws-lambda-go/lambda/messages"
)

// failure is a function's failure. Its text is Lambda's error document.
type failure struct {
	document messages.InvokeResponse_Error
}

func (f *failure) Error() string {
	text, err := json.Marshal(f.document)
	if err != nil {
		return f.document.Message
	}
	return string(text)
}

// failureOf describes a handler's error as aws-lambda-go does. It is nil for nil.
func failureOf(err error) error {
	if err == nil {
		return nil
	}
	var document messages.InvokeResponse_Error
	if errors.As(err, &document) {
		return &failure{document}
	}
	return &failure{messages.InvokeResponse_Error{Type: typeName(err), Message: err.Error()}}
}

// failureOfPanic describes a recovered panic. The deferred function that
// recovered must call it, while the panicking frames are still on the stack.
func failureOfPanic(value any) error {
	return &failure{messages.InvokeResponse_Error{
		Type:       typeName(value),
		Message:    fmt.Sprint(value),
		StackTrace: panicFrames(),
	}}
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

// panicFrames lists the application's frames, from the one that panicked to the
// one that was called to handle the event.
func panicFrames() []*messages.InvokeResponse_Error_StackFrame {
	counters := make([]uintptr, 64)
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
				Path: frame.File, Line: int32(frame.Line), Label: frame.Function,
			})
		}
	}
	return trace
}

// isPlumbing tells the frames that called the application from its own.
func isPlumbing(function string) bool {
	for _, prefix := range []string{"reflect.Value.", "github.com/aws/aws-lambda-go/lambda.", modulePath + ".", modulePath + "/cgo.invocation."} {
		if strings.HasPrefix(function, prefix) {
			return true
		}
	}
	return false
}
