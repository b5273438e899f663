package sparta

import (
	"bytes"
	"encoding/json"
	"net/http"
)

// HTTPError is the failure of an invocation whose handler answered with an HTTP
// status of 400 or above.
type HTTPError struct {
	Code    int         `json:"code"`
	Status  string      `json:"status"` // the code's text, such as "Not Found"
	Headers http.Header `json:"headers"`
	Message string      `json:"error"` // the response's body
}

// Error is the JSON document {"code", "status", "headers", "error"}.
func (e *HTTPError) Error() string {
	document, err := marshalJSON(e)
	if err != nil {
		return e.Message
	}
	return string(document)
}

// marshalJSON leaves <, > and & as they are, as aws-lambda-go does.
func marshalJSON(value any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), nil
}
