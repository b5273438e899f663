package restapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// Route is a method of a path as a page shows it.
type Route struct {
	Method   string // for example GET /orders/{id}
	Function string
	Access   string // who may call it
	Settings []show.Fact
}

// Routes are an API's methods in words. The list functions has the names of the service's functions.
func Routes(api *sparta.API, functions []string) []Route {
	var list []Route
	for _, route := range apiroutes.Routes(api) {
		row := Route{
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
		row.Settings = append(row.Settings, flattened("", route.Method, "authorizer", "defaultStatusCode")...)
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
	if authorizer := authorizerOf(api, method); authorizer != nil {
		text = "whom authorizer " + authorizer.Name + " accepts"
	} else if method.Authorizer == signed {
		text = "users and roles that sign their requests (AWS_IAM)"
	} else if method.Authorizer != nil && method.Authorizer != open {
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
	facts := flattened("", &shown, "name", "description")
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
		if authorizer.Type != cognito && authorizer.FunctionArn == nil && authorizer.Function == function {
			list = append(list, show.Neighbour{
				Invokes: true, Name: "authorizer " + authorizer.Name, Title: "authorizer " + authorizer.Name,
				Subtitle: "API " + api.Name,
			})
		}
	}
	return list
}

// flattened lists the settings in a part of an API, in words, besides those left out.
func flattened(name string, part any, without ...string) []show.Fact {
	text, err := json.Marshal(part)
	if err != nil {
		return nil // the API is invalid
	}
	var value any
	if json.Unmarshal(text, &value) != nil {
		return nil
	}
	if fields, ok := value.(map[string]any); ok {
		maps.DeleteFunc(fields, func(key string, _ any) bool { return slices.Contains(without, key) })
	}
	return factsOf(name, value)
}

func factsOf(name string, value any) []show.Fact {
	switch value := value.(type) {
	case map[string]any:
		if expression.IsIntrinsic(value) || name == "policy" {
			break
		}
		var facts []show.Fact
		for _, key := range slices.Sorted(maps.Keys(value)) {
			facts = append(facts, factsOf(strings.TrimSpace(name+" "+words(key)), value[key])...)
		}
		return facts
	case []any:
		if len(value) > 0 && !isScalar(value[0]) {
			var facts []show.Fact
			for i, item := range value {
				facts = append(facts, factsOf(fmt.Sprintf("%s %d", name, i+1), item)...)
			}
			return facts
		}
		return []show.Fact{{Name: logicalid.Capitalized(name), Value: strings.Join(show.Expressions(value), ", ")}}
	}
	return []show.Fact{{Name: logicalid.Capitalized(name), Value: show.Expression(value)}}
}

// isScalar reports whether a value is shown in one word: it is not an object with settings.
func isScalar(value any) bool {
	_, isObject := value.(map[string]any)
	return !isObject || expression.IsIntrinsic(value)
}

// words are the words of a name such as cacheTtlInSeconds. Names that users chose stay as they are.
func words(name string) string {
	if strings.ContainsAny(name, ".-/ ") || strings.IndexFunc(name, unicode.IsLower) != 0 {
		return name
	}
	var text strings.Builder
	for _, c := range name {
		if unicode.IsUpper(c) {
			text.WriteByte(' ')
		}
		text.WriteRune(unicode.ToLower(c))
	}
	list := strings.Fields(text.String())
	for i, word := range list {
		if slices.Contains(abbreviations, word) {
			list[i] = strings.ToUpper(word)
		}
	}
	return strings.Join(list, " ")
}

// abbreviations are words that consist of capital letters.
var abbreviations = []string{"api", "arn", "cors", "id", "ttl", "uri", "url"}
