package restapi

import (
	"maps"
	"strconv"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

const proxy = "AWS_PROXY"

// addMethods adds the methods of all paths, and OPTIONS for pages of other origins.
func (b *builder) addMethods() {
	for _, route := range apiroutes.Routes(b.api) {
		properties := map[string]any{
			"RestApiId":           cloudformation.Ref(gateway),
			"ResourceId":          resourceID(route.Path),
			"HttpMethod":          route.Verb,
			"ApiKeyRequired":      route.Method.APIKeyRequired,
			"AuthorizationScopes": route.Method.AuthorizationScopes,
			"OperationName":       route.Method.OperationName,
			"RequestParameters":   route.Method.Parameters,
			"RequestModels":       models(route.Method.Models),
			"RequestValidatorId":  validatorOf(route.Method),
			"Integration":         b.integration(route),
		}
		properties["AuthorizationType"], properties["AuthorizerId"] = b.authorization(route.Method)
		if route.Method.Integration.Type != proxy {
			properties["MethodResponses"] = b.methodResponses(route.Method)
		}
		permission := permissionID(b.function(route.Function))
		b.add(methodID(route.Verb, route.Path), "Method", properties, permission)
	}
	b.addPreflight()
}

// methodResponses declares the responses of a method.
func (b *builder) methodResponses(method *sparta.Method) []any {
	var list []any
	for _, code := range apiroutes.Codes(method) {
		parameters := map[string]bool{}
		for name := range b.corsParameters() {
			parameters[name] = false
		}
		if integration := method.Integration.Responses[code]; integration != nil {
			for name := range integration.Parameters {
				parameters[name] = false // API Gateway requires that it is declared
			}
		}
		response := map[string]any{"StatusCode": strconv.Itoa(code)}
		if declared := method.Responses[code]; declared != nil {
			maps.Copy(parameters, declared.Parameters)
			response["ResponseModels"] = models(declared.Models)
		}
		response["ResponseParameters"] = parameters
		list = append(list, apipart.Given(response))
	}
	return list
}
