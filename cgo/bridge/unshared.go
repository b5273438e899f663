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

// invokeFunc is the function by which a handler of aws-lambda-go's is invoked.
type invokeFunc = func(ctx context.Context, event []byte) (io.Reader, error)

// renewable is a handler that aws-lambda-go has made, and how it makes another one of the same function.
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

// another returns what makes another handler and returns its invokeFunc; nil if that is not known.
func (r renewable) another() func() invokeFunc {
	if r.again == nil {
		return nil
	}
	return func() invokeFunc {
		invoke, _ := field[invokeFunc](reflect.ValueOf(r.again()).Elem(), "handlerFunc")
		return invoke
	}
}

// unshared returns an invoke for several threads. Before 1.51, aws-lambda-go encodes all answers of a handler in the
// same buffer, so calls at the same time need handlers of their own. If no other one can be made, they wait.
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

// copied returns an answer that is in a handler's own buffer as one that stays. Others are the function's.
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
