//go:build lambdabinary && go1.21

package bridge

import (
	"bytes"
	"context"
	"io"
	"reflect"
	"sync"

	"github.com/aws/aws-lambda-go/lambda"
)

// invokeFunc is the function that invokes a handler of aws-lambda-go's.
type invokeFunc = func(ctx context.Context, event []byte) (io.Reader, error)

// renewable is a handler that aws-lambda-go has made from a function, and how to make another from the same one.
type renewable struct {
	lambda.Handler
	again func() lambda.Handler
}

// newRenewable is newHandler for a function that several threads may call.
func newRenewable(function any) lambda.Handler {
	again := func() lambda.Handler { return newHandler(function) }
	return renewable{again(), again}
}

// made returns the handler that aws-lambda-go has made.
func made(handler lambda.Handler) lambda.Handler {
	if r, ok := handler.(renewable); ok {
		return r.Handler
	}
	return handler
}

// another returns a function that makes another handler and returns its invokeFunc, or nil if none can be made.
func (r renewable) another() func() invokeFunc {
	if r.again == nil {
		return nil
	}
	return func() invokeFunc {
		invoke, _ := field[invokeFunc](reflect.ValueOf(r.again()).Elem(), "handlerFunc")
		return invoke
	}
}

// unshared makes an invokeFunc safe for several threads. Before 1.51, aws-lambda-go encodes all answers of a handler in
// the same buffer, so calls at the same time need handlers of their own. If no other one can be made, they take turns.
func unshared(invoke invokeFunc, another func() invokeFunc) invokeFunc {
	if another == nil {
		var lock sync.Mutex
		return func(ctx context.Context, event []byte) (io.Reader, error) {
			lock.Lock()
			defer lock.Unlock()
			return copied(invoke(ctx, event))
		}
	}
	idle := sync.Pool{New: func() any { return another() }}
	idle.Put(invoke)
	return func(ctx context.Context, event []byte) (io.Reader, error) {
		one := idle.Get().(invokeFunc)
		defer idle.Put(one)
		return copied(one(ctx, event))
	}
}

// copied copies an answer out of the handler's own buffer. Other answers belong to the function, and stay as they are.
func copied(answer io.Reader, err error) (io.Reader, error) {
	if buffer, ok := answer.(ownBuffer); ok && err == nil && buffer.ContentType() == jsonType {
		return jsonBuffer{bytes.NewBuffer(bytes.Clone(buffer.Bytes()))}, nil
	}
	return answer, err
}

// ownBuffer is a buffer of aws-lambda-go's.
type ownBuffer interface {
	io.Reader
	Bytes() []byte
	AvailableBuffer() []byte
	ContentType() string
}
