package apipart

import (
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// Everybody is the Access of a method or route without an authorizer.
const Everybody = "everybody"

// Access says who may call a method or route, by the authorizer that it names.
func Access(api *sparta.API, named any) string {
	switch authorizer := AuthorizerOf(api, named); {
	case authorizer != nil:
		return "whom authorizer " + authorizer.Name + " accepts"
	case named == Signed:
		return "users and roles that sign their requests (AWS_IAM)"
	case named != nil && named != Open:
		return "whom authorizer " + show.Expression(named) + " accepts"
	}
	return Everybody
}

// AuthorizerNeighbours returns the authorizers that ask a function, for the picture of a page. The list functions has
// the names of the service's functions.
func AuthorizerNeighbours(api *sparta.API, function string, functions []string) []show.Neighbour {
	var list []show.Neighbour
	for _, authorizer := range api.Authorizers {
		if asksService(authorizer) && FunctionOf(authorizer.FunctionName(), functions) == function {
			list = append(list, show.Neighbour{
				Invokes: true, Name: "authorizer " + authorizer.Name, Title: "authorizer " + authorizer.Name,
				Subtitle: "API " + api.Name,
			})
		}
	}
	return list
}
