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

// LambdaFunction is Sparta's original handler: the raw event, the invocation,
// and where the response and the log go. The response obeys HandleAWSLambda's
// rules for HTTP.
type LambdaFunction func(*json.RawMessage, *LambdaContext, http.ResponseWriter, *logrus.Logger)

// HTTPLambdaFunction is an [http.HandlerFunc] by another name.
type HTTPLambdaFunction func(http.ResponseWriter, *http.Request)

// newHandler adapts any handler. An invalid one reports why when it is invoked.
// aws-lambda-go's handlers stay its own, so that whoever runs them can honour
// the options they were made with.
func newHandler(name string, handler any, logger *logrus.Logger) lambda.Handler {
	if respond := newResponder(name, handler); respond != nil {
		return &httpHandler{logger: logger, respond: respond}
	}
	return lambda.NewHandlerWithOptions(handler, lambda.WithContextValue(ContextKeyLogger, logger))
}

// newResponder is nil unless the handler writes an HTTP response.
func newResponder(name string, handler any) responder {
	switch handler := handler.(type) {
	case lambda.Handler: // even if it is an http.Handler, too
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

// validateHandler returns an error if newHandler cannot use a handler. It does not
// run it.
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

// probe has aws-lambda-go check a handler's type. It only does so on invocation,
// so it invokes a function of that type which does nothing, with no event.
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
