package restapi

import (
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// Routes are an API's methods in words. The list functions has the names of the service's functions.
func Routes(api *sparta.API, functions []string) []apipart.Route {
	var list []apipart.Route
	for _, route := range apiroutes.Routes(api) {
		row := apipart.Route{
			Method:   route.Verb + " " + route.Path,
			Function: apipart.FunctionOf(route.Function, functions),
			Access:   access(api, route.Method),
		}
		var responses []string
		for _, code := range apiroutes.Codes(route.Method) {
			responses = append(responses, fmt.Sprint(code))
		}
		if route.Method.Integration.Type != proxy {
			row.Settings = append(row.Settings, show.Fact{Name: "Responses", Value: strings.Join(responses, ", ")})
		}
		row.Settings = append(row.Settings, apipart.Flattened("", route.Method, "authorizer", "defaultStatusCode")...)
		list = append(list, row)
	}
	return list
}

// access says who may call a method.
func access(api *sparta.API, method *sparta.Method) string {
	text := apipart.Access(api, method.Authorizer)
	if method.APIKeyRequired {
		text += ", with an API key"
	}
	return text
}

// Neighbours are what a page's picture shows beside a function: the methods that invoke it.
func Neighbours(api *sparta.API, function string, functions []string) []show.Neighbour {
	var list []show.Neighbour
	for _, route := range apiroutes.Routes(api) {
		if apipart.FunctionOf(route.Function, functions) != function {
			continue
		}
		method := route.Verb + " " + route.Path
		list = append(list, show.Neighbour{
			Invokes: true, Name: "api " + method, Title: method, Subtitle: "API " + api.Name,
			Open: access(api, route.Method) == apipart.Everybody && endpointType(api) != private, Request: method,
		})
	}
	return append(list, apipart.AuthorizerNeighbours(api, function, functions)...)
}
