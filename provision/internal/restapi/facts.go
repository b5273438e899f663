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
			Function: functionOf(route, functions),
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

func functionOf(route apiroutes.Route, functions []string) string {
	if name := route.Function; name != "" || len(functions) == 0 {
		return name
	}
	return functions[0]
}

// access says who may call a method.
func access(api *sparta.API, method *sparta.Method) string {
	text := "everybody"
	if authorizer := apipart.AuthorizerOf(api, method.Authorizer); authorizer != nil {
		text = "whom authorizer " + authorizer.Name + " accepts"
	} else if method.Authorizer == apipart.Signed {
		text = "users and roles that sign their requests (AWS_IAM)"
	} else if method.Authorizer != nil && method.Authorizer != apipart.Open {
		text = "whom authorizer " + show.Expression(method.Authorizer) + " accepts"
	}
	if method.APIKeyRequired {
		text += ", with an API key"
	}
	return text
}

// Facts are an API's settings in words, without its methods'.
func Facts(api *sparta.API) []show.Fact {
	shown := *api
	shown.Resources = nil
	facts := apipart.Flattened("", &shown, "name", "description")
	for i, fact := range facts {
		if fact.Name == "Stage name" {
			facts[i].Name = "Stage"
		}
	}
	return facts
}

// Neighbours are what a page's picture shows beside a function: the methods that invoke it.
func Neighbours(api *sparta.API, function string, functions []string) []show.Neighbour {
	var list []show.Neighbour
	for _, route := range apiroutes.Routes(api) {
		if functionOf(route, functions) != function {
			continue
		}
		method := route.Verb + " " + route.Path
		list = append(list, show.Neighbour{
			Invokes: true, Name: "api " + method, Title: method, Subtitle: "API " + api.Name,
			Open: access(api, route.Method) == "everybody" && endpointType(api) != private,
		})
	}
	for _, authorizer := range api.Authorizers {
		if authorizer.Type != cognito && authorizer.FunctionArn == nil && authorizer.FunctionName() == function {
			list = append(list, show.Neighbour{
				Invokes: true, Name: "authorizer " + authorizer.Name, Title: "authorizer " + authorizer.Name,
				Subtitle: "API " + api.Name,
			})
		}
	}
	return list
}
