package sparta

import (
	"net/http"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// HTTPError is the error of an invocation whose handler responded with an HTTP status of 400 or above.
type HTTPError struct {
	Code    int         `json:"code"`
	Status  string      `json:"status"` // the code's text, for example "Not Found"
	Headers http.Header `json:"headers"`
	Message string      `json:"error"` // the response's body
}

// Error returns the JSON document {"code", "status", "headers", "error"}.
func (e *HTTPError) Error() string {
	document, err := plainjson.Marshal(e)
	if err != nil {
		return e.Message
	}
	return string(document)
}
