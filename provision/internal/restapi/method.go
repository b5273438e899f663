package restapi

import (
	"maps"
	"slices"
	"strconv"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

const proxy = "AWS_PROXY"

func methodID(verb, path string) string { return gateway + "Method" + verb + identity(path) }

// addMethods adds the methods of all paths, and OPTIONS for pages of other origins.
func (b *builder) addMethods() {
	for _, route := range routes(b.api) {
		properties := map[string]any{
			"RestApiId":           cloudformation.Ref(gateway),
			"ResourceId":          resourceID(route.path),
			"HttpMethod":          route.verb,
			"ApiKeyRequired":      route.method.APIKeyRequired,
			"AuthorizationScopes": route.method.AuthorizationScopes,
			"OperationName":       route.method.OperationName,
			"RequestParameters":   route.method.Parameters,
			"RequestModels":       models(route.method.Models),
			"RequestValidatorId":  validatorOf(route.method),
			"Integration":         b.integration(route),
		}
		properties["AuthorizationType"], properties["AuthorizerId"] = b.authorization(route.method)
		if route.method.Integration.Type != proxy {
			properties["MethodResponses"] = b.methodResponses(route.method)
		}
		permission := permissionID(b.function(route.resource.FunctionName()))
		b.add(methodID(route.verb, route.path), "Method", properties, permission)
	}
	b.addPreflight()
}

// codes are the status codes that a method's responses or its integration's responses have.
func codes(method *sparta.Method) []int {
	all := map[int]bool{method.DefaultStatusCode: true, catchAll: true}
	for code := range method.Responses {
		all[code] = true
	}
	for code := range method.Integration.Responses {
		all[code] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// methodResponses declares the responses of a method.
func (b *builder) methodResponses(method *sparta.Method) []any {
	var list []any
	for _, code := range codes(method) {
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
		list = append(list, given(response))
	}
	return list
}
