package apigateway

import (
	"fmt"
	"net/http"
	"strings"
)

// NewErrorResponse returns an error with a status code. Its message is the text of the other arguments, separated by
// spaces. An unknown code is replaced by 500.
func NewErrorResponse(code int, messages ...any) *Error {
	if http.StatusText(code) == "" {
		code = http.StatusInternalServerError
	}
	var texts []string
	for _, message := range messages {
		texts = append(texts, fmt.Sprint(message))
	}
	return &Error{
		Code: code, Err: http.StatusText(code), Message: strings.Join(texts, " "), Context: map[string]any{},
	}
}
