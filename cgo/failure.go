//go:build !lambdabinary

package cgo

import (
	"github.com/aws/aws-lambda-go/lambda/messages"

	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
)

// failure is a function's failure. Its text is Lambda's error document.
type failure struct {
	document *messages.InvokeResponse_Error
}

func (f *failure) Error() string {
	return string(lambdaerror.Encode(f.document))
}

// failureOf returns a handler's error as a *failure, or nil if there is no error.
func failureOf(err error) error {
	if err == nil {
		return nil
	}
	return &failure{lambdaerror.Of(err)}
}
