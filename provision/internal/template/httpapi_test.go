package template

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// httpAPI returns a small HTTP API of a function.
func httpAPI(function *sparta.LambdaAWSInfo) *sparta.API {
	api := sparta.NewHTTPAPI("Shop", nil)
	api.NewRoute("GET /orders/{id}", function)
	return api
}

// httpAPICases returns the templates of HTTP APIs, by the names of their files.
func httpAPICases() map[string]templateCase {
	plain := testFunction("orders", ownRole(), nil)
	aliased := testFunction("aliased", ownRole(), func(o *sparta.LambdaFunctionOptions) { o.Alias = "live" })
	return map[string]templateCase{
		"http-api":      {service: apiService(httpAPI(plain), plain)},
		"http-api-full": fullHTTPAPI(plain, aliased),
		"websocket-api": webSocketAPI(plain, aliased),
	}
}

// fullHTTPAPI has everything that goes together.
func fullHTTPAPI(plain, aliased *sparta.LambdaAWSInfo) templateCase {
	stage := sparta.NewStage("prod")
	stage.Description = "What customers use"
	stage.Variables["table"] = "orders"
	stage.ThrottlingRateLimit, stage.ThrottlingBurstLimit = 100.5, 200
	stage.DetailedMetricsEnabled = true
	stage.AccessLog = &sparta.AccessLog{}
	api := sparta.NewHTTPAPI("Shop", stage)
	api.Description = "Orders and more"
	api.DisableExecuteAPIEndpoint = true
	api.CorsConfiguration = &sparta.APICors{
		AllowOrigins: []string{"https://www.example.com"}, AllowMethods: []string{"GET", "PUT"},
		AllowHeaders: []string{"authorization"}, ExposeHeaders: []string{"location"},
		AllowCredentials: true, MaxAge: 60,
	}
	api.Domain = &sparta.APIDomain{
		Name:           "api.example.com",
		CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
		BasePath:       "shop",
		HostedZoneID:   "Z0123456789ABCDEFGHIJ",
	}
	users := api.NewJWTAuthorizer("users", cloudformation.Sub("https://${AWS::StackName}.example.com"), "web", "mobile")
	asked := api.NewLambdaAuthorizer("asked", plain)
	asked.IdentitySource = "$request.header.X-Key, $context.identity.sourceIp"
	asked.ResultTTLInSeconds = new(int64)
	api.Authorizers = append(api.Authorizers, &sparta.Authorizer{
		Name: "other", Type: "REQUEST", FunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:other",
		AuthorizerPayloadFormatVersion: "1.0", Credentials: "arn:aws:iam::123456789012:role/invoker",
	})

	get := api.NewRoute("GET /orders/{id}", plain)
	get.Authorizer, get.AuthorizationScopes = users.Name, []string{"shop/read"}
	get.OperationName = "GetOrder"
	put := api.NewRoute("PUT /orders/{id}", plain)
	put.Authorizer = "asked"
	put.ThrottlingRateLimit, put.ThrottlingBurstLimit, put.DetailedMetricsEnabled = 1.5, 2, true
	remove := api.NewRoute("DELETE /orders/{id}", plain)
	remove.Authorizer = "AWS_IAM"
	remove.PayloadFormatVersion, remove.TimeoutInMillis = "1.0", 5000
	api.NewRoute("POST /orders", aliased).Authorizer = "other"
	api.NewRoute("POST /orders/", aliased).Credentials = cloudformation.Sub("arn:${AWS::Partition}:iam::1:role/invoker")
	api.NewRoute("ANY /files/{path+}", aliased)
	api.NewRoute("GET /", aliased)
	api.NewRoute("$default", aliased)
	return templateCase{service: apiService(api, plain, aliased)}
}

// webSocketAPI has everything that a WebSocket API can have.
func webSocketAPI(plain, aliased *sparta.LambdaAWSInfo) templateCase {
	stage := sparta.NewStage("prod")
	stage.ThrottlingRateLimit, stage.ThrottlingBurstLimit = 100.5, 200
	stage.AccessLog = &sparta.AccessLog{}
	api := sparta.NewWebSocketAPI("Chat", stage)
	api.Domain = &sparta.APIDomain{
		Name:           "chat.example.com",
		CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
	}
	users := api.NewLambdaAuthorizer("users", plain)
	users.IdentitySource = "route.request.querystring.token"
	api.NewRoute("$connect", aliased).Authorizer = users.Name
	api.NewRoute("$disconnect", aliased)
	api.NewRoute("$default", aliased).RouteResponseSelectionExpression = "$default"
	api.NewRoute("send", aliased).TimeoutInMillis = 5000
	return templateCase{service: apiService(api, plain, aliased)}
}

// An edit of an HTTP API changes only the edited resources.
func TestEditsOfAnHTTPAPIChangeNothingElse(t *testing.T) {
	plain, other := testFunction("orders", ownRole(), nil), testFunction("other", ownRole(), nil)
	for name, test := range map[string]struct {
		edit func(*Service)
		want []string
	}{
		"nothing":             {func(*Service) {}, nil},
		"the order of routes": {func(s *Service) { slices.Reverse(s.API.Routes) }, nil},
		"another route": {
			func(s *Service) { s.API.NewRoute("POST /orders", plain) }, []string{"+ HTTPAPIRoutePOSTOrders"},
		},
		"a route with a slash at its end": {
			func(s *Service) { s.API.NewRoute("GET /items/", plain) }, []string{"+ HTTPAPIRouteGETItems271fcedc"},
		},
		"a route of another function": {func(s *Service) { s.API.NewRoute("GET /others", other) }, []string{
			"+ HTTPAPIIntegrationOther", "+ HTTPAPIRouteGETOthers", "+ OtherHTTPAPIPermission",
		}},
		"another name of a parameter": {
			func(s *Service) { s.API.Routes[0].RouteKey = "GET /orders/{order}" },
			[]string{"~ HTTPAPIRouteGETOrders8ff7fa6b"},
		},
		"a route less": {func(s *Service) { s.API.Routes = s.API.Routes[:1] }, []string{"- HTTPAPIRouteGETItems"}},
		"another version of the event": {func(s *Service) {
			s.API.Routes[1].PayloadFormatVersion = "1.0"
		}, []string{"+ HTTPAPIIntegrationOrdersd40e1c96", "~ HTTPAPIRouteGETItems"}},
		"the default version in words": {func(s *Service) { s.API.Routes[1].PayloadFormatVersion = "2.0" }, nil},
		"the throttling of a route": {
			func(s *Service) { s.API.Routes[1].ThrottlingRateLimit = 5 }, []string{"~ HTTPAPIStage"},
		},
		"another name of the stage": {func(s *Service) { s.API.Stage.Name = "v2" }, []string{"~ HTTPAPIStage"}},
		"a variable of the stage": {
			func(s *Service) { s.API.Stage.Variables["table"] = "orders" }, []string{"~ HTTPAPIStage"},
		},
		"another name of the API": {func(s *Service) { s.API.Name = "Store" }, []string{"~ HTTPAPI"}},
		"rules for other origins": {func(s *Service) { s.API.CORSEnabled = true }, []string{"~ HTTPAPI"}},
		"an authorizer": {func(s *Service) {
			s.API.NewJWTAuthorizer("users", "https://example.com", "web")
			s.API.Routes[1].Authorizer = "users"
		}, []string{"+ HTTPAPIAuthorizerUsers", "~ HTTPAPIRouteGETItems"}},
		"more memory for the function": {func(s *Service) {
			options := *s.Functions[0].Options
			options.MemorySize = 256
			function := *s.Functions[0]
			function.Options = &options
			s.Functions = []*sparta.LambdaAWSInfo{&function, other}
		}, []string{"~ OrdersFunction"}},
		"a REST API instead": {func(s *Service) { s.API = shopAPI(plain) }, []string{
			"+ APIGateway", "+ APIGatewayDeployment", "+ APIGatewayMethodGETOrdersId8113ed0b",
			"+ APIGatewayResourceOrders", "+ APIGatewayResourceOrdersId8113ed0b", "+ APIGatewayStage",
			"+ OrdersAPIGatewayPermission", "- HTTPAPI", "- HTTPAPIIntegrationOrders", "- HTTPAPIRouteGETItems",
			"- HTTPAPIRouteGETOrders8ff7fa6b", "- HTTPAPIStage", "- OrdersHTTPAPIPermission",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			service := func() Service {
				api := httpAPI(plain)
				api.NewRoute("GET /items", plain)
				return apiService(api, plain, other)
			}
			edited := service()
			test.edit(&edited)
			before := resourcesOf(t, templateCase{service: service()})
			got := differences(before, resourcesOf(t, templateCase{service: edited}))
			checkChanges(t, got, test.want)
		})
	}
}

// A route may have an authorizer that a hook adds, whose kind the template says.
func TestARouteWithAnAuthorizerOfAHook(t *testing.T) {
	function := testFunction("orders", ownRole(), nil)
	for name, test := range map[string]struct {
		properties map[string]any
		want       string
	}{
		"of tokens":     {map[string]any{"AuthorizerType": "JWT"}, `"AuthorizationType":"JWT"`},
		"of a function": {map[string]any{"AuthorizerType": "REQUEST"}, `"AuthorizationType":"CUSTOM"`},
	} {
		t.Run(name, func(t *testing.T) {
			api := httpAPI(function)
			api.Routes[0].Authorizer = cloudformation.Ref("Own")
			service := apiService(api, function)
			template := cloudformation.NewTemplate("")
			template.Resources["Own"] = &cloudformation.Resource{
				Type: "AWS::ApiGatewayV2::Authorizer", Properties: maps.Clone(test.properties),
			}
			if err := AddTo(template, service, testPackage, testCode); err != nil {
				t.Fatal(err)
			}
			if err := Connect(template, service); err != nil {
				t.Fatal(err)
			}
			text, err := template.Marshal()
			compact := strings.Join(strings.Fields(string(text)), "")
			if err != nil || !strings.Contains(compact, test.want) {
				t.Errorf("error %v, want %s in %s", err, test.want, text)
			}
		})
	}
}
