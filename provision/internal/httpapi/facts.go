package httpapi

import (
	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// Routes returns an API's routes in words. The list functions has the names of the service's functions.
func Routes(api *sparta.API, functions []string) []apipart.Route {
	var list []apipart.Route
	for _, route := range apiroutes.HTTPRoutes(api) {
		list = append(list, apipart.Route{
			Method:   route.RouteKey,
			Function: apipart.FunctionOf(route.FunctionName(), functions),
			Access:   access(api, route.Route),
			Settings: apipart.Flattened("", route.Route, "routeKey", "function", "authorizer"),
		})
	}
	return list
}

// access says who may call a route.
func access(api *sparta.API, route *sparta.Route) string {
	authorizer := apipart.AuthorizerOf(api, route.Authorizer)
	switch {
	case isWebSocket(api) && route.RouteKey != connect:
		return "connected clients"
	case authorizer != nil && authorizer.Type == jwt:
		return "who has a token that authorizer " + authorizer.Name + " accepts"
	}
	return apipart.Access(api, route.Authorizer)
}

// Neighbours returns what a page's picture shows beside a function: the routes that invoke it.
func Neighbours(api *sparta.API, function string, functions []string) []show.Neighbour {
	var list []show.Neighbour
	for _, route := range apiroutes.HTTPRoutes(api) {
		if apipart.FunctionOf(route.FunctionName(), functions) == function {
			neighbour := show.Neighbour{
				Invokes: true, Name: "api " + route.RouteKey, Title: route.RouteKey, Subtitle: "API " + api.Name,
				Open: access(api, route.Route) == apipart.Everybody,
			}
			if !isWebSocket(api) {
				neighbour.Request = route.RouteKey
			}
			list = append(list, neighbour)
		}
	}
	return append(list, apipart.AuthorizerNeighbours(api, function, functions)...)
}
