package sparta

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/sirupsen/logrus"
)

// LambdaFunction is Sparta's original kind of handler. Its arguments are the raw event, the invocation, and the
// writer and logger for response and log. The response follows the rules of HandleAWSLambda for HTTP.
type LambdaFunction func(*json.RawMessage, *LambdaContext, http.ResponseWriter, *logrus.Logger)

// HTTPLambdaFunction is the same as [http.HandlerFunc].
type HTTPLambdaFunction func(http.ResponseWriter, *http.Request)

// newHandler adapts any handler. An invalid handler returns an error when it is invoked. Handlers of
// aws-lambda-go are not wrapped, so that the bridge can use the options that they were created with.
func newHandler(name string, handler any, logger *logrus.Logger) lambda.Handler {
	if respond := newResponder(name, handler); respond != nil {
		return &httpHandler{logger: logger, respond: respond}
	}
	return lambda.NewHandlerWithOptions(handler, lambda.WithContextValue(ContextKeyLogger, logger))
}

// newResponder returns nil unless the handler writes an HTTP response.
func newResponder(name string, handler any) responder {
	switch handler := handler.(type) {
	case lambda.Handler: // even if it is also an http.Handler
		return nil
	case http.Handler:
		return respondHTTP(name, handler.ServeHTTP)
	case HTTPLambdaFunction:
		return respondHTTP(name, http.HandlerFunc(handler))
	case func(http.ResponseWriter, *http.Request):
		return respondHTTP(name, handler)
	case LambdaFunction:
		return handler.respond
	case func(*json.RawMessage, *LambdaContext, http.ResponseWriter, *logrus.Logger):
		return LambdaFunction(handler).respond
	default:
		return nil
	}
}

// validateHandler returns an error if newHandler cannot use a handler. It does not run the handler.
func validateHandler(handler any) error {
	v := reflect.ValueOf(handler)
	switch v.Kind() {
	case reflect.Invalid:
		return errors.New("handler is nil")
	case reflect.Func, reflect.Pointer:
		if v.IsNil() {
			return fmt.Errorf("handler is a nil %T", handler)
		}
	}
	if _, ok := handler.(lambda.Handler); ok || newResponder("", handler) != nil {
		return nil
	}
	if err := probe(v.Type()); err != nil {
		return fmt.Errorf("handler is a %T, which is neither an HTTP nor a Lambda handler: %w", handler, err)
	}
	return nil
}

// probe lets aws-lambda-go check a handler's type. Because that happens only on invocation, it invokes a
// function of this type that does nothing, without an event.
func probe(handler reflect.Type) error {
	if handler.Kind() != reflect.Func {
		return errors.New("it is not a function")
	}
	if handler.IsVariadic() {
		return errors.New("it is variadic") // aws-lambda-go accepts it and panics later
	}
	called := false
	double := reflect.MakeFunc(handler, func([]reflect.Value) []reflect.Value {
		called = true
		results := make([]reflect.Value, handler.NumOut())
		for i := range results {
			results[i] = reflect.Zero(handler.Out(i))
			if handler.Out(i) == reflect.TypeFor[error]() {
				results[i] = reflect.ValueOf(io.EOF) // keeps the user's MarshalJSON from running
			}
		}
		return results
	})
	_, err := lambda.NewHandler(double.Interface()).Invoke(context.Background(), nil)
	if called || errors.Is(err, io.EOF) { // EOF: it got as far as decoding the event
		return nil
	}
	return err
}
