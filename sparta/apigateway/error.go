package apigateway

import (
	"fmt"
	"net/http"
	"strings"
)

// NewErrorResponse returns an error with a status code, and the texts of errors and other values as its message. An
// unknown code is replaced by 500.
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
