package restapi

import (
	"maps"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/sparta"
)

// corsParameters are the headers as parameters of an integration's response.
func (b *builder) corsParameters() map[string]any {
	parameters := map[string]any{}
	for name, value := range apiroutes.CORSHeaders(b.api) {
		parameters["method.response.header."+name] = quoted(value)
	}
	return parameters
}

// quoted is a value in the form of API Gateway's constants.
func quoted(value any) any {
	if text, ok := expression.Text(value); ok {
		return "'" + text + "'"
	}
	return cloudformation.Join{Separator: "", Values: []any{"'", value, "'"}}
}

// addPreflight adds what browsers need besides the headers: answers to OPTIONS, and headers for the responses that API
// Gateway makes itself, for example if a token is missing.
func (b *builder) addPreflight() {
	headers := apiroutes.CORSHeaders(b.api)
	if len(headers) == 0 {
		return
	}
	for _, path := range preflightPaths(b.api) {
		b.addOptions(path)
	}
	parameters := map[string]any{}
	for name, value := range headers {
		parameters["gatewayresponse.header."+name] = quoted(value)
	}
	for _, kind := range []string{"4XX", "5XX"} {
		b.add(gateway+"Response"+kind, "GatewayResponse", map[string]any{
			"RestApiId":          cloudformation.Ref(gateway),
			"ResponseType":       "DEFAULT_" + kind,
			"ResponseParameters": parameters,
		})
	}
}

// preflightPaths are the paths that have no OPTIONS of their own.
func preflightPaths(api *sparta.API) []string {
	answered := map[string]bool{}
	for _, route := range apiroutes.Routes(api) {
		answered[route.Path] = answered[route.Path] || route.Verb == "OPTIONS"
	}
	maps.DeleteFunc(answered, func(_ string, own bool) bool { return own })
	return slices.Sorted(maps.Keys(answered))
}

func (b *builder) addOptions(path string) {
	declared := map[string]any{}
	parameters := b.corsParameters()
	for name := range parameters {
		declared[name] = false
	}
	integration := map[string]any{
		"Type":             "MOCK",
		"RequestTemplates": map[string]any{"application/json": `{"statusCode": 200}`},
		"IntegrationResponses": []any{
			map[string]any{"StatusCode": "200", "ResponseParameters": parameters},
		},
	}
	if len(b.api.BinaryMediaTypes) > 0 {
		integration["ContentHandling"] = "CONVERT_TO_TEXT"
	}
	b.add(methodID("OPTIONS", path), "Method", map[string]any{
		"RestApiId":         cloudformation.Ref(gateway),
		"ResourceId":        resourceID(path),
		"HttpMethod":        "OPTIONS",
		"AuthorizationType": "NONE",
		"Integration":       integration,
		"MethodResponses":   []any{map[string]any{"StatusCode": "200", "ResponseParameters": declared}},
	})
}
