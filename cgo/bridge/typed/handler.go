//go:build go1.21

// Package typed decodes the events and encodes the answers of handlers that have types for them. It plans once how a
// type is decoded or encoded, and does only what encoding/json certainly does in the same way: anything else is left to
// encoding/json from the start, so that errors and unusual values are its own.
package typed

import (
	"context"
	"io"
	"reflect"
	"sync"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/cgo/bridge/rawmessage"
)

// Handler is a function with the handler that aws-lambda-go makes of it. Its Invoke is that handler's; Event, Call and
// Answer are faster.
type Handler struct {
	lambda.Handler
	function     reflect.Value
	takesContext bool
	event        reflect.Type // nil if the function takes none
	plan         sync.Once    // at the first event, not at every start
	decoding     *decodePlans
	encoding     encodePlans
}

// Of returns standard, the handler that aws-lambda-go made of function, as a *Handler if aws-lambda-go would call that
// function, or as package rawmessage's if it is one of json.RawMessage.
func Of(function any, standard lambda.Handler) lambda.Handler {
	if raw, ok := rawmessage.Of(function, standard).(*rawmessage.Handler); ok {
		return raw
	}
	if _, isHandler := function.(lambda.Handler); isHandler || function == nil {
		return standard
	}
	h := &Handler{Handler: standard, function: reflect.ValueOf(function)}
	if t := h.function.Type(); t.Kind() != reflect.Func || h.function.IsNil() || !h.takes(t) || !returns(t) {
		return standard
	}
	return h
}

var (
	contextType = reflect.TypeOf((*context.Context)(nil)).Elem()
	errorType   = reflect.TypeOf((*error)(nil)).Elem()
)

// takes notes what a function takes. It reports false if aws-lambda-go may refuse it.
func (h *Handler) takes(t reflect.Type) bool {
	n := t.NumIn()
	if h.takesContext = n > 0 && t.In(0) == contextType; h.takesContext {
		n--
	}
	if n > 1 || t.IsVariadic() {
		return false
	}
	if n == 1 {
		h.event = t.In(t.NumIn() - 1)
		return h.event.Kind() != reflect.Interface || h.event.NumMethod() == 0
	}
	return true
}

// returns reports whether aws-lambda-go accepts what a function returns.
func returns(t reflect.Type) bool {
	n := t.NumOut()
	return n == 0 || n <= 2 && t.Out(n-1) == errorType
}

// Event decodes an event. It reports false if that is for aws-lambda-go to do.
func (h *Handler) Event(data []byte) (event reflect.Value, ok bool) {
	if h.event == nil {
		return reflect.Value{}, true
	}
	h.plan.Do(func() { h.decoding = decodePlansOf(h.event) })
	return h.decoding.value(data)
}

// Call calls the function with an event of Event.
func (h *Handler) Call(ctx context.Context, event reflect.Value) (answer any, err error) {
	arguments := make([]reflect.Value, 0, 2)
	if h.takesContext {
		arguments = append(arguments, reflect.ValueOf(ctx))
	}
	if event.IsValid() {
		arguments = append(arguments, event)
	}
	results := h.function.Call(arguments)
	if n := len(results); n > 0 {
		if err, failed := results[n-1].Interface().(error); failed {
			return nil, err
		}
		if n > 1 {
			answer = results[0].Interface()
		}
	}
	return answer, nil
}

// Answer encodes what Call has returned. It returns nil if that is for aws-lambda-go to do.
func (h *Handler) Answer(answer any) *Answer {
	if _, isReader := answer.(io.Reader); isReader {
		return nil
	}
	return h.encoding.encode(answer)
}
