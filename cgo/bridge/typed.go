//go:build lambdabinary && go1.21

package bridge

import (
	"context"
	"io"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/cgo/bridge/rawmessage"
	"github.com/go-sparta/sparta/cgo/bridge/typed"
)

// newFunction makes a handler callable.
func newFunction(handler lambda.Handler) *function {
	switch handler := handler.(type) {
	case *rawmessage.Handler:
		return newRawFunction(handler)
	case *typed.Handler:
		return newTypedFunction(handler)
	}
	return newStandardFunction(handler)
}

// newTypedFunction is newStandardFunction for a function of types. Package typed decodes its ordinary events and
// encodes its ordinary answers faster than encoding/json; aws-lambda-go gets the others, so that errors are its own.
func newTypedFunction(h *typed.Handler) *function {
	f := newStandardFunction(h.Handler)
	if !encodesPlainly(h.Handler) || !decodesPlainly(h.Handler) {
		return f
	}
	standard := f.invoke
	encode := newStandardFunction(newRenewable(returnAnswer)).invoke
	f.borrows = true
	f.invoke = func(ctx context.Context, event []byte) (io.Reader, error) {
		if isTraced(ctx) {
			return standard(ctx, owned(event))
		}
		value, ok := h.Event(event)
		if !ok {
			return standard(ctx, owned(event))
		}
		answer, err := h.Call(ctx, value)
		if err != nil {
			return nil, err
		}
		if encoded := h.Answer(answer); encoded != nil {
			return encoded, nil
		}
		return encode(context.WithValue(ctx, answerKey{}, answer), nil)
	}
	return f
}

// answerKey is that of the value in the context of returnAnswer.
type answerKey struct{}

// returnAnswer is a function for aws-lambda-go, which encodes what it returns.
func returnAnswer(ctx context.Context) (any, error) { return ctx.Value(answerKey{}), nil }
