//go:build lambdabinary && go1.21

package bridge

import (
	"reflect"

	"github.com/aws/aws-lambda-go/lambda"
)

// encodesPlainly reports whether a handler that aws-lambda-go made has no options
// that change the text of its responses.
func encodesPlainly(handler lambda.Handler) bool {
	value := reflect.ValueOf(made(handler))
	if value.Kind() != reflect.Pointer {
		return false
	}
	escape, ok1 := field[bool](value.Elem(), "jsonResponseEscapeHTML")
	prefix, ok2 := field[string](value.Elem(), "jsonResponseIndentPrefix")
	indent, ok3 := field[string](value.Elem(), "jsonResponseIndentValue")
	return ok1 && ok2 && ok3 && !escape && prefix == "" && indent == ""
}

// decodesPlainly reports whether a handler that aws-lambda-go made has no options that change how events are decoded.
func decodesPlainly(handler lambda.Handler) bool {
	value := reflect.ValueOf(made(handler)).Elem()
	number, _ := field[bool](value, "jsonRequestUseNumber") // which older versions do not have
	strict, _ := field[bool](value, "jsonRequestDisallowUnknownFields")
	return !number && !strict
}
