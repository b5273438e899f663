package gateway

import (
	"net/http"

	"github.com/go-sparta/sparta/internal/apiroutes"
)

// restRequest is a request to a route of a REST API.
type restRequest struct {
	*http.Request
	route      apiroutes.Route
	parameters map[string]string // of the path
	body       []byte
	path       string // in the stage
	function   string
	authorizer map[string]any // the authorizer's result
}

// apiKey returns the key of a request to a method that requires one.
func (r *restRequest) apiKey() string {
	if !r.route.Method.APIKeyRequired {
		return ""
	}
	return r.Header.Get("X-Api-Key")
}
