package template

import (
	"net/http"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// apiService is a service with an API.
func apiService(api *sparta.API, functions ...*sparta.LambdaAWSInfo) Service {
	service := testService(functions...)
	service.API = api
	return service
}

// addMethod adds a method, in a resource of its own unless the API has one of the path and function.
func addMethod(api *sparta.API, verb, path string, function *sparta.LambdaAWSInfo) *sparta.Method {
	resource, err := api.NewResource(path, function)
	if err != nil {
		panic(err)
	}
	method, err := resource.NewMethod(verb, http.StatusOK)
	if err != nil {
		panic(err)
	}
	return method
}

// shopAPI is the example of the documents.
func shopAPI(function *sparta.LambdaAWSInfo) *sparta.API {
	api := sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	addMethod(api, "GET", "/orders/{id}", function)
	return api
}

// apiCases are the templates of APIs, by the names of their files.
func apiCases() map[string]templateCase {
	plain := testFunction("orders", ownRole(), nil)
	aliased := testFunction("aliased", ownRole(), func(o *sparta.LambdaFunctionOptions) { o.Alias = "live" })
	return map[string]templateCase{
		"api":      {service: apiService(shopAPI(plain), plain)},
		"api-full": fullAPI(plain, aliased),
	}
}

// fullAPI has everything that goes together.
func fullAPI(plain, aliased *sparta.LambdaAWSInfo) templateCase {
	stage := sparta.NewStage("prod")
	stage.Description = "What customers use"
	stage.Variables["table"] = "orders"
	stage.CacheClusterEnabled, stage.TracingEnabled = true, true
	stage.ThrottlingRateLimit, stage.ThrottlingBurstLimit = 100.5, 200
	stage.MethodSettings = []*sparta.MethodSetting{{
		ResourcePath: "/orders/{id}", HTTPMethod: "GET", CachingEnabled: true, CacheTTLInSeconds: 60,
		CacheDataEncrypted: true, LoggingLevel: "ERROR", MetricsEnabled: true,
	}}
	stage.AccessLog = &sparta.AccessLog{}
	api := sparta.NewAPIGateway("Shop", stage)
	api.Description = "Orders and more"
	api.CORSOptions = &sparta.CORSOptions{Headers: map[string]any{
		"Access-Control-Allow-Origin":  cloudformation.Sub("https://${AWS::StackName}.example.com"),
		"Access-Control-Allow-Headers": "Content-Type",
	}}
	api.EndpointConfiguration = &sparta.EndpointConfiguration{Types: []string{"REGIONAL"}}
	api.BinaryMediaTypes = []string{"image/png"}
	api.MinimumCompressionSize = 1024
	api.Domain = &sparta.APIDomain{
		Name:           "api.example.com",
		CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
		BasePath:       "shop",
		HostedZoneID:   "Z0123456789ABCDEFGHIJ",
	}
	api.UsagePlans = []*sparta.UsagePlan{{
		Name: "Partners", ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20,
		Quota:   &sparta.Quota{Limit: 1000, Period: "DAY"},
		APIKeys: []*sparta.APIKey{{Name: "acme", Description: "Of Acme"}, {Name: "former", Disabled: true}},
	}}
	users := api.NewCognitoAuthorizer("users", "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a")
	tokens := api.NewLambdaAuthorizer("tokens", plain)
	tokens.ResultTTLInSeconds = new(int64)

	order := &sparta.Model{Name: "Order", Schema: `{"type": "object", "required": ["item"]}`}
	resource, _ := api.NewResource("/orders/{id}", plain)
	get, _ := resource.NewAuthorizedMethod("GET", users, http.StatusOK, http.StatusNotFound)
	get.AuthorizationScopes = []string{"shop/read"}
	get.Parameters["method.request.path.id"] = true
	get.Parameters["method.request.querystring.page"] = false
	get.Integration.CacheKeyParameters = []string{"method.request.path.id"}
	get.Responses[http.StatusOK].Models["application/json"] = order
	get.Responses[http.StatusOK].Parameters["method.response.header.Cache-Control"] = true
	get.Integration.Responses[http.StatusOK].Parameters["method.response.header.Cache-Control"] = "'no-store'"
	put, _ := resource.NewAuthorizedMethod("PUT", tokens, http.StatusCreated, http.StatusConflict)
	put.Models["application/json"] = order
	put.ValidateBody, put.APIKeyRequired = true, true
	put.SupportedRequestContentTypes = []string{"application/json", "image/png"}
	put.Integration.Responses[http.StatusConflict].SelectionPattern = "taken: [\\s\\S]*"
	remove, _ := resource.NewAuthorizedMethod("DELETE", "AWS_IAM", http.StatusNoContent)
	remove.Integration.RequestTemplates["application/json"] = `{"id": "$input.params('id')"}`
	remove.SupportedRequestContentTypes = []string{"application/json"}
	everything := addMethod(api, "ANY", "/files/{path+}", aliased)
	everything.Integration = sparta.Integration{Type: "AWS_PROXY", TimeoutInMillis: 5000}
	addMethod(api, "GET", "/", aliased)
	return templateCase{service: apiService(api, plain, aliased)}
}
