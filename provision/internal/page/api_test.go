package page

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// trialAPI is an API that has each part, so that a trial can change one setting.
func trialAPI() *sparta.API {
	stage := sparta.NewStage("v1")
	stage.CacheClusterEnabled = true
	stage.AccessLog = &sparta.AccessLog{}
	stage.MethodSettings = []*sparta.MethodSetting{{}}
	api := sparta.NewAPIGateway("Shop", stage)
	api.EndpointConfiguration = &sparta.EndpointConfiguration{Types: []string{"REGIONAL"}}
	api.Domain = &sparta.APIDomain{Name: "api.example.com", CertificateArn: "arn:aws:acm:us-east-1:1:certificate/1"}
	api.UsagePlans = []*sparta.UsagePlan{{
		Name: "partners", Quota: &sparta.Quota{Limit: 5, Period: "DAY"}, APIKeys: []*sparta.APIKey{{Name: "acme"}},
	}}
	api.Authorizers = []*sparta.Authorizer{{Name: "own", Type: "TOKEN", Function: "f"}}
	resource := &sparta.Resource{Path: "/orders/{id}", Function: "f"}
	api.Resources = []*sparta.Resource{resource}
	method, err := resource.NewMethod("GET", 200)
	if err != nil {
		panic(err)
	}
	method.Parameters["method.request.path.id"] = true
	method.Models["application/json"] = &sparta.Model{Name: "Order", Schema: "{}"}
	return api
}

// apiTrials change each field of an API and its parts, by the field's path.
func apiTrials() map[string]func(*sparta.API) {
	get := func(api *sparta.API) *sparta.Method { return api.Resources[0].Methods["GET"] }
	cognito := func(api *sparta.API) *sparta.Authorizer {
		return api.NewCognitoAuthorizer("users", "arn:aws:cognito-idp:us-east-1:1:userpool/a")
	}
	ttl := int64(0)
	return map[string]func(*sparta.API){
		"Name":        func(a *sparta.API) { a.Name = "Store" },
		"Description": func(a *sparta.API) { a.Description = "Sells" },
		"CORSEnabled": func(a *sparta.API) { a.CORSEnabled = true },
		"CORSOptions.Headers": func(a *sparta.API) {
			a.CORSOptions = &sparta.CORSOptions{Headers: map[string]any{"X-A": "b"}}
		},
		"DisableExecuteAPIEndpoint": func(a *sparta.API) { a.DisableExecuteAPIEndpoint = true },
		"BinaryMediaTypes":          func(a *sparta.API) { a.BinaryMediaTypes = []string{"image/png"} },
		"MinimumCompressionSize":    func(a *sparta.API) { a.MinimumCompressionSize = 1024 },
		"APIKeySourceType":          func(a *sparta.API) { a.APIKeySourceType = "AUTHORIZER" },
		"Policy":                    func(a *sparta.API) { a.Policy = map[string]any{"Version": "2012-10-17"} },
		"CloneFrom":                 func(a *sparta.API) { a.CloneFrom = "abcdefghij" },

		"EndpointConfiguration.Types": func(a *sparta.API) { a.EndpointConfiguration.Types = []string{"EDGE"} },
		"EndpointConfiguration.VpcEndpointIDs": func(a *sparta.API) {
			a.EndpointConfiguration = &sparta.EndpointConfiguration{
				Types: []string{"PRIVATE"}, VpcEndpointIDs: []any{"vpce-1"},
			}
			a.Policy, a.Domain = map[string]any{"Version": "2012-10-17"}, nil
		},

		"Stage.Name":                 func(a *sparta.API) { a.Stage.Name = "v2" },
		"Stage.Description":          func(a *sparta.API) { a.Stage.Description = "Stable" },
		"Stage.Variables":            func(a *sparta.API) { a.Stage.Variables["table"] = "orders" },
		"Stage.CacheClusterEnabled":  func(a *sparta.API) { a.Stage.CacheClusterEnabled = false },
		"Stage.CacheClusterSize":     func(a *sparta.API) { a.Stage.CacheClusterSize = "6.1" },
		"Stage.TracingEnabled":       func(a *sparta.API) { a.Stage.TracingEnabled = true },
		"Stage.ThrottlingRateLimit":  func(a *sparta.API) { a.Stage.ThrottlingRateLimit = 7.5 },
		"Stage.ThrottlingBurstLimit": func(a *sparta.API) { a.Stage.ThrottlingBurstLimit = 77 },

		"Stage.MethodSettings.ResourcePath": func(a *sparta.API) {
			a.Stage.MethodSettings[0].ResourcePath = "/orders/{id}"
		},
		"Stage.MethodSettings.HTTPMethod": func(a *sparta.API) { a.Stage.MethodSettings[0].HTTPMethod = "GET" },
		"Stage.MethodSettings.ThrottlingRateLimit": func(a *sparta.API) {
			a.Stage.MethodSettings[0].ThrottlingRateLimit = 7.5
		},
		"Stage.MethodSettings.ThrottlingBurstLimit": func(a *sparta.API) {
			a.Stage.MethodSettings[0].ThrottlingBurstLimit = 77
		},
		"Stage.MethodSettings.CachingEnabled": func(a *sparta.API) {
			a.Stage.MethodSettings[0].CachingEnabled = true
		},
		"Stage.MethodSettings.CacheTTLInSeconds": func(a *sparta.API) {
			a.Stage.MethodSettings[0].CacheTTLInSeconds = 77
		},
		"Stage.MethodSettings.CacheDataEncrypted": func(a *sparta.API) {
			a.Stage.MethodSettings[0].CacheDataEncrypted = true
		},
		"Stage.MethodSettings.LoggingLevel": func(a *sparta.API) {
			a.Stage.MethodSettings[0].LoggingLevel = "ERROR"
		},
		"Stage.MethodSettings.DataTraceEnabled": func(a *sparta.API) {
			a.Stage.MethodSettings[0].DataTraceEnabled = true
		},
		"Stage.MethodSettings.MetricsEnabled": func(a *sparta.API) {
			a.Stage.MethodSettings[0].MetricsEnabled = true
		},
		"Stage.AccessLog.DestinationArn": func(a *sparta.API) {
			a.Stage.AccessLog.DestinationArn = "arn:aws:firehose:us-east-1:1:deliverystream/amazon-apigateway-a"
		},
		"Stage.AccessLog.Format":       func(a *sparta.API) { a.Stage.AccessLog.Format = "$context.requestId" },
		"Stage.AccessLog.LogRetention": func(a *sparta.API) { a.Stage.AccessLog.LogRetention = 365 },

		"Authorizers.Name":         func(a *sparta.API) { a.Authorizers[0].Name = "other" },
		"Authorizers.Type":         func(a *sparta.API) { a.Authorizers[0].Type = "REQUEST" },
		"Authorizers.ProviderARNs": func(a *sparta.API) { cognito(a) },
		"Authorizers.Function":     func(a *sparta.API) { a.Authorizers[0].Function = "g" },
		"Authorizers.FunctionArn": func(a *sparta.API) {
			a.Authorizers[0].Function, a.Authorizers[0].FunctionArn = "", "arn:aws:lambda:us-east-1:1:function:h"
		},
		"Authorizers.IdentitySource": func(a *sparta.API) {
			a.Authorizers[0].IdentitySource = "method.request.header.X"
		},
		"Authorizers.IdentityValidationExpression": func(a *sparta.API) {
			a.Authorizers[0].IdentityValidationExpression = "x+"
		},
		"Authorizers.ResultTTLInSeconds": func(a *sparta.API) { a.Authorizers[0].ResultTTLInSeconds = &ttl },
		"Authorizers.Credentials": func(a *sparta.API) {
			a.Authorizers[0].Credentials = "arn:aws:iam::1:role/r"
		},

		"UsagePlans.Name":                 func(a *sparta.API) { a.UsagePlans[0].Name = "others" },
		"UsagePlans.Description":          func(a *sparta.API) { a.UsagePlans[0].Description = "For partners" },
		"UsagePlans.ThrottlingRateLimit":  func(a *sparta.API) { a.UsagePlans[0].ThrottlingRateLimit = 7.5 },
		"UsagePlans.ThrottlingBurstLimit": func(a *sparta.API) { a.UsagePlans[0].ThrottlingBurstLimit = 77 },
		"UsagePlans.Quota.Limit":          func(a *sparta.API) { a.UsagePlans[0].Quota.Limit = 77 },
		"UsagePlans.Quota.Period":         func(a *sparta.API) { a.UsagePlans[0].Quota.Period = "WEEK" },
		"UsagePlans.Quota.Offset":         func(a *sparta.API) { a.UsagePlans[0].Quota.Offset = 1 },
		"UsagePlans.APIKeys.Name":         func(a *sparta.API) { a.UsagePlans[0].APIKeys[0].Name = "ajax" },
		"UsagePlans.APIKeys.Description":  func(a *sparta.API) { a.UsagePlans[0].APIKeys[0].Description = "Of Acme" },
		"UsagePlans.APIKeys.Disabled":     func(a *sparta.API) { a.UsagePlans[0].APIKeys[0].Disabled = true },

		"Domain.Name": func(a *sparta.API) { a.Domain.Name = "www.example.com" },
		"Domain.CertificateArn": func(a *sparta.API) {
			a.Domain.CertificateArn = "arn:aws:acm:us-east-1:1:certificate/2"
		},
		"Domain.EndpointType":   func(a *sparta.API) { a.Domain.EndpointType = "EDGE" },
		"Domain.SecurityPolicy": func(a *sparta.API) { a.Domain.SecurityPolicy = "TLS_1_0" },
		"Domain.BasePath":       func(a *sparta.API) { a.Domain.BasePath = "shop" },
		"Domain.HostedZoneID":   func(a *sparta.API) { a.Domain.HostedZoneID = "Z1" },
		"Domain.HostedZoneName": func(a *sparta.API) {
			a.Domain.HostedZoneID, a.Domain.HostedZoneName = nil, "example.com"
		},

		"Resources.Path": func(a *sparta.API) { a.Resources[0].Path = "/items/{id}" },
		"Resources.Function": func(a *sparta.API) {
			a.Resources[0].Function = "g"
		},
		"Resources.Methods.Authorizer": func(a *sparta.API) { get(a).Authorizer = "own" },
		"Resources.Methods.AuthorizationScopes": func(a *sparta.API) {
			get(a).Authorizer, get(a).AuthorizationScopes = cognito(a).Name, []string{"shop/read"}
		},
		"Resources.Methods.APIKeyRequired":    func(a *sparta.API) { get(a).APIKeyRequired = true },
		"Resources.Methods.OperationName":     func(a *sparta.API) { get(a).OperationName = "GetOrder" },
		"Resources.Methods.DefaultStatusCode": func(a *sparta.API) { get(a).DefaultStatusCode = 203 },
		"Resources.Methods.Parameters": func(a *sparta.API) {
			get(a).Parameters["method.request.header.X"] = true
		},
		"Resources.Methods.ValidateParameters": func(a *sparta.API) { get(a).ValidateParameters = true },
		"Resources.Methods.ValidateBody":       func(a *sparta.API) { get(a).ValidateBody = true },
		"Resources.Methods.SupportedRequestContentTypes": func(a *sparta.API) {
			get(a).SupportedRequestContentTypes = []string{"text/csv"}
		},
		"Resources.Methods.Models.Name": func(a *sparta.API) { get(a).Models["application/json"].Name = "Item" },
		"Resources.Methods.Models.Description": func(a *sparta.API) {
			get(a).Models["application/json"].Description = "An order"
		},
		"Resources.Methods.Models.Schema": func(a *sparta.API) {
			get(a).Models["application/json"].Schema = `{"type": "object"}`
		},
		"Resources.Methods.Responses.Parameters": func(a *sparta.API) {
			get(a).Responses[200].Parameters["method.response.header.X"] = true
		},
		"Resources.Methods.Responses.Models.Name": func(a *sparta.API) {
			get(a).Responses[200].Models["application/json"] = &sparta.Model{Name: "Empty"}
		},
		"Resources.Methods.Responses.Models.Description": func(a *sparta.API) {
			get(a).Responses[200].Models["text/xml"] = &sparta.Model{Name: "X", Schema: "{}", Description: "d"}
		},
		"Resources.Methods.Responses.Models.Schema": func(a *sparta.API) {
			get(a).Responses[200].Models["text/xml"] = &sparta.Model{Name: "X", Schema: `{"type": "null"}`}
		},
		"Resources.Methods.Integration.Type": func(a *sparta.API) { get(a).Integration.Type = "AWS_PROXY" },
		"Resources.Methods.Integration.Parameters": func(a *sparta.API) {
			get(a).Integration.Parameters["integration.request.header.X"] = "'y'"
		},
		"Resources.Methods.Integration.RequestTemplates": func(a *sparta.API) {
			get(a).Integration.RequestTemplates["application/json"] = "{}"
		},
		"Resources.Methods.Integration.ContentHandling": func(a *sparta.API) {
			get(a).Integration.ContentHandling = "CONVERT_TO_BINARY"
		},
		"Resources.Methods.Integration.CacheKeyParameters": func(a *sparta.API) {
			get(a).Integration.CacheKeyParameters = []string{"method.request.path.id"}
		},
		"Resources.Methods.Integration.CacheNamespace": func(a *sparta.API) {
			get(a).Integration.CacheNamespace = "n"
		},
		"Resources.Methods.Integration.Credentials": func(a *sparta.API) {
			get(a).Integration.Credentials = "arn:aws:iam::1:role/r"
		},
		"Resources.Methods.Integration.TimeoutInMillis": func(a *sparta.API) {
			get(a).Integration.TimeoutInMillis = 777
		},
		"Resources.Methods.Integration.Responses.Parameters": func(a *sparta.API) {
			get(a).Integration.Responses[200].Parameters["method.response.header.X"] = "'y'"
		},
		"Resources.Methods.Integration.Responses.SelectionPattern": func(a *sparta.API) {
			get(a).Integration.Responses[500].SelectionPattern = "x+"
		},
		"Resources.Methods.Integration.Responses.Templates": func(a *sparta.API) {
			get(a).Integration.Responses[200].Templates["text/html"] = "<b>"
		},
		"Resources.Methods.Integration.Responses.ContentHandling": func(a *sparta.API) {
			get(a).Integration.Responses[200].ContentHandling = "CONVERT_TO_BINARY"
		},
	}
}

// trialHTTPAPI is an HTTP API that has each part, so that a trial can change one setting.
func trialHTTPAPI() *sparta.API {
	api := sparta.NewHTTPAPI("Shop", nil)
	api.Stage.AccessLog = &sparta.AccessLog{}
	api.CorsConfiguration = &sparta.APICors{}
	api.Domain = &sparta.APIDomain{Name: "api.example.com", CertificateArn: "arn:aws:acm:us-east-1:1:certificate/1"}
	api.NewJWTAuthorizer("users", "https://example.com", "web")
	api.Authorizers = append(api.Authorizers, &sparta.Authorizer{Name: "own", Type: "REQUEST", Function: "f"})
	api.NewRoute("GET /orders/{id}", nil).Function = "f"
	api.Routes[0].Authorizer = "users"
	return api
}

// httpAPITrials change each field of an HTTP API and its parts, by the field's path.
func httpAPITrials() map[string]func(*sparta.API) {
	ttl := int64(0)
	return map[string]func(*sparta.API){
		"Name":         func(a *sparta.API) { a.Name = "Store" },
		"Description":  func(a *sparta.API) { a.Description = "Sells" },
		"ProtocolType": func(a *sparta.API) { *a = *trialAPI() },
		"CORSEnabled":  func(a *sparta.API) { a.CORSEnabled, a.CorsConfiguration = true, nil },
		"CorsConfiguration.AllowOrigins": func(a *sparta.API) {
			a.CorsConfiguration.AllowOrigins = []string{"https://example.com"}
		},
		"CorsConfiguration.AllowMethods": func(a *sparta.API) {
			a.CorsConfiguration.AllowMethods = []string{"GET"}
		},
		"CorsConfiguration.AllowHeaders": func(a *sparta.API) {
			a.CorsConfiguration.AllowHeaders = []string{"x-a"}
		},
		"CorsConfiguration.ExposeHeaders": func(a *sparta.API) {
			a.CorsConfiguration.ExposeHeaders = []string{"x-a"}
		},
		"CorsConfiguration.AllowCredentials": func(a *sparta.API) { a.CorsConfiguration.AllowCredentials = true },
		"CorsConfiguration.MaxAge":           func(a *sparta.API) { a.CorsConfiguration.MaxAge = 77 },
		"DisableExecuteAPIEndpoint":          func(a *sparta.API) { a.DisableExecuteAPIEndpoint = true },

		"Stage.Name":                   func(a *sparta.API) { a.Stage.Name = "v2" },
		"Stage.Description":            func(a *sparta.API) { a.Stage.Description = "Stable" },
		"Stage.Variables":              func(a *sparta.API) { a.Stage.Variables["table"] = "orders" },
		"Stage.ThrottlingRateLimit":    func(a *sparta.API) { a.Stage.ThrottlingRateLimit = 7.5 },
		"Stage.ThrottlingBurstLimit":   func(a *sparta.API) { a.Stage.ThrottlingBurstLimit = 77 },
		"Stage.DetailedMetricsEnabled": func(a *sparta.API) { a.Stage.DetailedMetricsEnabled = true },
		"Stage.AccessLog.DestinationArn": func(a *sparta.API) {
			a.Stage.AccessLog.DestinationArn = "arn:aws:logs:us-east-1:1:log-group:a"
		},
		"Stage.AccessLog.Format":       func(a *sparta.API) { a.Stage.AccessLog.Format = "$context.requestId" },
		"Stage.AccessLog.LogRetention": func(a *sparta.API) { a.Stage.AccessLog.LogRetention = 365 },

		"Authorizers.Name":     func(a *sparta.API) { a.Authorizers[1].Name = "other" },
		"Authorizers.Type":     func(a *sparta.API) { a.NewJWTAuthorizer("other", "https://example.com", "web") },
		"Authorizers.Function": func(a *sparta.API) { a.Authorizers[1].Function = "g" },
		"Authorizers.FunctionArn": func(a *sparta.API) {
			a.Authorizers[1].Function, a.Authorizers[1].FunctionArn = "", "arn:aws:lambda:us-east-1:1:function:h"
		},
		"Authorizers.IdentitySource":     func(a *sparta.API) { a.Authorizers[0].IdentitySource = "$request.header.X" },
		"Authorizers.ResultTTLInSeconds": func(a *sparta.API) { a.Authorizers[1].ResultTTLInSeconds = &ttl },
		"Authorizers.Credentials": func(a *sparta.API) {
			a.Authorizers[1].Credentials = "arn:aws:iam::1:role/r"
		},
		"Authorizers.JWTConfiguration.Issuer": func(a *sparta.API) {
			a.Authorizers[0].JWTConfiguration.Issuer = "https://www.example.com"
		},
		"Authorizers.JWTConfiguration.Audience": func(a *sparta.API) {
			a.Authorizers[0].JWTConfiguration.Audience = []any{"mobile"}
		},
		"Authorizers.AuthorizerPayloadFormatVersion": func(a *sparta.API) {
			a.Authorizers[1].AuthorizerPayloadFormatVersion = "1.0"
		},
		"Authorizers.EnableSimpleResponses": func(a *sparta.API) { a.Authorizers[1].EnableSimpleResponses = true },

		"Domain.Name": func(a *sparta.API) { a.Domain.Name = "www.example.com" },
		"Domain.CertificateArn": func(a *sparta.API) {
			a.Domain.CertificateArn = "arn:aws:acm:us-east-1:1:certificate/2"
		},
		"Domain.BasePath":     func(a *sparta.API) { a.Domain.BasePath = "shop" },
		"Domain.HostedZoneID": func(a *sparta.API) { a.Domain.HostedZoneID = "Z1" },
		"Domain.HostedZoneName": func(a *sparta.API) {
			a.Domain.HostedZoneID, a.Domain.HostedZoneName = nil, "example.com"
		},

		"Routes.RouteKey":               func(a *sparta.API) { a.Routes[0].RouteKey = "GET /items" },
		"Routes.Function":               func(a *sparta.API) { a.Routes[0].Function = "g" },
		"Routes.Authorizer":             func(a *sparta.API) { a.Routes[0].Authorizer = "own" },
		"Routes.AuthorizationScopes":    func(a *sparta.API) { a.Routes[0].AuthorizationScopes = []string{"read"} },
		"Routes.OperationName":          func(a *sparta.API) { a.Routes[0].OperationName = "GetOrder" },
		"Routes.PayloadFormatVersion":   func(a *sparta.API) { a.Routes[0].PayloadFormatVersion = "1.0" },
		"Routes.TimeoutInMillis":        func(a *sparta.API) { a.Routes[0].TimeoutInMillis = 777 },
		"Routes.Credentials":            func(a *sparta.API) { a.Routes[0].Credentials = "arn:aws:iam::1:role/r" },
		"Routes.ThrottlingRateLimit":    func(a *sparta.API) { a.Routes[0].ThrottlingRateLimit = 7.5 },
		"Routes.ThrottlingBurstLimit":   func(a *sparta.API) { a.Routes[0].ThrottlingBurstLimit = 77 },
		"Routes.DetailedMetricsEnabled": func(a *sparta.API) { a.Routes[0].DetailedMetricsEnabled = true },
	}
}

// trialWebSocketAPI is a WebSocket API, and webSocketAPITrials change what only such APIs have.
func trialWebSocketAPI() *sparta.API {
	api := sparta.NewWebSocketAPI("Shop", sparta.NewStage("v1"))
	api.NewRoute("$connect", nil).Function = "f"
	return api
}

func webSocketAPITrials() map[string]func(*sparta.API) {
	return map[string]func(*sparta.API){
		"Name":                     func(a *sparta.API) { a.Name = "Store" },
		"RouteSelectionExpression": func(a *sparta.API) { a.RouteSelectionExpression = "$request.body.kind" },
		"Routes.RouteResponseSelectionExpression": func(a *sparta.API) {
			a.Routes[0].RouteResponseSelectionExpression = "$default"
		},
		"Routes.RouteKey": func(a *sparta.API) { a.Routes[0].RouteKey = "send" },
		"Routes.Function": func(a *sparta.API) { a.Routes[0].Function = "g" },
	}
}

// apiPaths returns the fields of a struct and of the structs in it, including those in maps.
func apiPaths(of reflect.Type, prefix string) []string {
	var paths []string
	for _, field := range reflect.VisibleFields(of) {
		inner := field.Type
		for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice || inner.Kind() == reflect.Map {
			inner = inner.Elem()
		}
		switch {
		case !field.IsExported():
		case inner.Kind() == reflect.Struct:
			paths = append(paths, apiPaths(inner, prefix+field.Name+".")...)
		default:
			paths = append(paths, prefix+field.Name)
		}
	}
	return paths
}

// TestEachSettingOfAnAPIArrives fails if a setting is missing in the template, in the description or on the page, or is
// lost when a plain application's magefile passes the API on as JSON.
func TestEachSettingOfAnAPIArrives(t *testing.T) {
	paths := apiPaths(reflect.TypeFor[sparta.API](), "")
	tried := map[string]bool{}
	for kind, trials := range map[string]struct {
		base    func() *sparta.API
		changes map[string]func(*sparta.API)
	}{
		"REST": {trialAPI, apiTrials()}, "HTTP": {trialHTTPAPI, httpAPITrials()},
		"WebSocket": {trialWebSocketAPI, webSocketAPITrials()},
	} {
		for path, change := range trials.changes {
			if !slices.Contains(paths, path) {
				t.Errorf("the trials change %s, which is not a field", path)
			}
			tried[path] = true
			t.Run(kind+" "+path, func(t *testing.T) {
				changed := trials.base()
				change(changed)
				checkArrival(t, renderAPI(t, trials.base()), changed)
			})
		}
	}
	for _, path := range paths {
		if !tried[path] {
			t.Errorf("no trial changes %s: add it", path)
		}
	}
}

// checkArrival fails if a changed API is the same as before in any place, or another one after it was JSON.
func checkArrival(t *testing.T, before map[string]string, changed *sparta.API) {
	t.Helper()
	after := renderAPI(t, changed)
	for place := range before {
		if before[place] == after[place] {
			t.Errorf("the setting does not reach the %s:\n%s", place, after[place])
		}
	}
	text, err := json.Marshal(changed)
	if err != nil {
		t.Fatal(err)
	}
	var decoded sparta.API
	if err := json.Unmarshal(text, &decoded); err != nil {
		t.Fatal(err)
	}
	for place, text := range renderAPI(t, &decoded) {
		if text != after[place] {
			t.Errorf("as JSON, the API has another %s:\n%s", place, text)
		}
	}
}

// renderAPI returns all texts in which an API appears.
func renderAPI(t *testing.T, api *sparta.API) map[string]string {
	t.Helper()
	return renderService(t, Service{Name: "Shop", API: api, Functions: []*sparta.LambdaAWSInfo{
		pageFunction("f", sparta.IAMRoleDefinition{}, nil), pageFunction("g", sparta.IAMRoleDefinition{}, nil),
	}})
}
