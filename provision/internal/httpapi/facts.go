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
			Function: functionOf(route.FunctionName(), functions),
			Access:   access(api, route.Route),
			Settings: apipart.Flattened("", route.Route, "routeKey", "function", "authorizer"),
		})
	}
	return list
}

func functionOf(name string, functions []string) string {
	if name != "" || len(functions) == 0 {
		return name
	}
	return functions[0]
}

const everybody = "everybody"

// access says who may call a route.
func access(api *sparta.API, route *sparta.Route) string {
	authorizer := apipart.AuthorizerOf(api, route.Authorizer)
	switch {
	case isWebSocket(api) && route.RouteKey != connect:
		return "connected clients"
	case authorizer != nil && authorizer.Type == jwt:
		return "who has a token that authorizer " + authorizer.Name + " accepts"
	case authorizer != nil:
		return "whom authorizer " + authorizer.Name + " accepts"
	case route.Authorizer == apipart.Signed:
		return "users and roles that sign their requests (AWS_IAM)"
	case route.Authorizer != nil && route.Authorizer != apipart.Open:
		return "whom authorizer " + show.Expression(route.Authorizer) + " accepts"
	}
	return everybody
}

// Facts returns an API's settings in words, without its routes'.
func Facts(api *sparta.API) []show.Fact {
	shown := *api
	shown.Routes = nil
	facts := apipart.Flattened("", &shown, "name", "description")
	for i, fact := range facts {
		if fact.Name == "Stage name" {
			facts[i].Name = "Stage"
		}
	}
	return facts
}

// Neighbours returns what a page's picture shows beside a function: the routes that invoke it.
func Neighbours(api *sparta.API, function string, functions []string) []show.Neighbour {
	var list []show.Neighbour
	for _, route := range apiroutes.HTTPRoutes(api) {
		if functionOf(route.FunctionName(), functions) == function {
			list = append(list, show.Neighbour{
				Invokes: true, Name: "api " + route.RouteKey, Title: route.RouteKey, Subtitle: "API " + api.Name,
				Open: access(api, route.Route) == everybody,
			})
		}
	}
	for _, authorizer := range api.Authorizers {
		if authorizer.Type == request && authorizer.FunctionArn == nil &&
			functionOf(authorizer.FunctionName(), functions) == function {
			list = append(list, show.Neighbour{
				Invokes: true, Name: "authorizer " + authorizer.Name, Title: "authorizer " + authorizer.Name,
				Subtitle: "API " + api.Name,
			})
		}
	}
	return list
}
