// Package apis adds a service's REST, HTTP or WebSocket API to a template, and describes it to people.
package apis

import (
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/provision/internal/httpapi"
	"github.com/go-sparta/sparta/provision/internal/restapi"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// isVersion2 reports whether an API is of version 2 of API Gateway: an HTTP or WebSocket API.
func isVersion2(api *sparta.API) bool {
	return api.ProtocolType == sparta.HTTPProtocol || api.ProtocolType == sparta.WebSocketProtocol
}

// AddTo adds an API, which may be nil, to the template that has its functions and what it may refer to. It returns an
// error if the API is invalid, or cannot be deployed to the region, which is empty if it is not known.
func AddTo(template *cloudformation.Template, api *sparta.API, functions []apipart.Function, region string) error {
	switch {
	case api == nil:
		return nil
	case isVersion2(api):
		return httpapi.AddTo(template, api, functions, region)
	case api.ProtocolType != "":
		return Check(api, nil)
	}
	return restapi.AddTo(template, api, functions, region)
}

// Check returns an error, with a line for each problem, if an API is invalid. The API may be nil. The list functions
// has the names of the service's functions.
func Check(api *sparta.API, functions []string) error {
	switch {
	case api == nil:
		return nil
	case isVersion2(api):
		return httpapi.Check(api, functions)
	case api.ProtocolType != "":
		return fmt.Errorf("API %s: ProtocolType %q is unknown: use %s or %s, or leave it empty for a REST API",
			api.Name, api.ProtocolType, sparta.HTTPProtocol, sparta.WebSocketProtocol)
	}
	return restapi.Check(api, functions)
}

// Outputs returns the stack's outputs about an API, by name. The API may be nil.
func Outputs(api *sparta.API) map[string]cloudformation.Output {
	switch {
	case api == nil:
		return nil
	case isVersion2(api):
		return httpapi.Outputs(api)
	}
	return restapi.Outputs(api)
}

// Routes returns a valid API's routes in words.
func Routes(api *sparta.API, functions []string) []apipart.Route {
	if isVersion2(api) {
		return httpapi.Routes(api, functions)
	}
	return restapi.Routes(api, functions)
}

// Neighbours returns what a page's picture shows beside a function: the routes that invoke it.
func Neighbours(api *sparta.API, function string, functions []string) []show.Neighbour {
	if isVersion2(api) {
		return httpapi.Neighbours(api, function, functions)
	}
	return restapi.Neighbours(api, function, functions)
}

// Statements returns what a function's own role must allow because of an API. The API may be nil.
func Statements(api *sparta.API, function string, functions []string) []map[string]any {
	if api == nil || !isVersion2(api) {
		return nil
	}
	return httpapi.Statements(api, function, functions)
}

// Permissions returns the actions that deploying APIs requires.
func Permissions() []string { return append(restapi.Permissions(), httpapi.Permissions()...) }
