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

// function is a handler as the bridge calls it: with the base context that the
// application chose, and returning its response as a reader that may be closed.
type function struct {
	base        context.Context
	prepare     func(context.Context) context.Context // of each invocation; may be nil
	contentType string                                // of a response that does not have one; empty means JSON's
	invoke      func(ctx context.Context, event []byte) (io.Reader, error)
	borrows     bool // invoke neither keeps the event's memory nor lets the handler do that
}

// newStandardFunction looks inside handlers that aws-lambda-go made. Their exported
// Invoke loses two things: the base context of lambda.WithContext, which only
// aws-lambda-go's own loop reads, and the response's lifetime, because Invoke
// returns its buffer to a pool before the caller has read it.
func newStandardFunction(handler lambda.Handler) *function {
	renew, _ := handler.(renewable)
	handler = made(handler)
	value := reflect.ValueOf(handler)
	lambdaPath := reflect.TypeOf((*lambda.Handler)(nil)).Elem().PkgPath()
	if value.Kind() == reflect.Pointer && value.Type().Elem().PkgPath() == lambdaPath {
		f := &function{base: context.Background()}
		if base, ok := field[context.Context](value.Elem(), "baseContext"); ok && base != nil {
			f.base = base
		}
		if invoke, ok := field[invokeFunc](value.Elem(), "handlerFunc"); ok {
			f.invoke, f.contentType = invoke, bytesType
			if !value.Elem().FieldByName("jsonOutBufferPool").IsValid() {
				f.invoke = unshared(invoke, renew.another())
			}
		} else {
			f.invoke = oneAtATime(handler)
		}
		return f
	}
	return &function{base: context.Background(), invoke: func(ctx context.Context, event []byte) (io.Reader, error) {
		return buffered(handler.Invoke(ctx, event))
	}}
}

// owned returns a copy of an event, which is not nil.
func owned(event []byte) []byte { return append([]byte{}, event...) }

// oneAtATime calls Invoke under a lock and copies what it returns, so that the
// pooled buffer of one response is never that of another.
func oneAtATime(handler lambda.Handler) func(context.Context, []byte) (io.Reader, error) {
	var lock sync.Mutex
	return func(ctx context.Context, event []byte) (io.Reader, error) {
		lock.Lock()
		defer lock.Unlock()
		response, err := handler.Invoke(ctx, event)
		return buffered(bytes.Clone(response), err)
	}
}

func buffered(response []byte, err error) (io.Reader, error) {
	if err != nil {
		return nil, err
	}
	return bytes.NewBuffer(response), nil
}
