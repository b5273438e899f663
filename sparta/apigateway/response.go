package apigateway

import (
	_ "embed" // the template
	"encoding/json"
	"maps"
)

// Response is the result of a function that chooses its status code and headers. NewMethod sets ResponseTemplate for
// functions that return a *Response.
type Response struct {
	Code    int               `json:"code,omitempty"` // 0 means the method's default
	Body    any               `json:"body"`
	Headers map[string]string `json:"headers,omitempty"`
}

// ResponseTemplate is the mapping template that turns the JSON of a Response into an HTTP response. Methods have it for
// application/json in the integration's response with the default code.
//
//go:embed response.vtl
var ResponseTemplate string

// NewResponse returns a response. If a header occurs several times, the last one counts.
func NewResponse(code int, body any, headers ...map[string]string) *Response {
	response := &Response{Code: code, Body: body}
	for _, list := range headers {
		if response.Headers == nil {
			response.Headers = map[string]string{}
		}
		maps.Copy(response.Headers, list)
	}
	return response
}

// Error is an error with the status code of its response.
type Error struct {
	Code    int            `json:"code"` // must be first: patterns that select responses expect it there
	Err     string         `json:"err"`  // the code's text, for example Not Found
	Message string         `json:"message"`
	Context map[string]any `json:"context,omitempty"`
}

// Error returns the error as JSON, which is the body of the response.
func (e *Error) Error() string {
	text, err := json.Marshal(e)
	if err != nil { // of a context that is not JSON
		text, _ = json.Marshal(Error{Code: e.Code, Err: e.Err, Message: e.Message})
	}
	return string(text)
}
