package httpapi

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// testAPI returns a valid API with one route and two authorizers.
func testAPI() *sparta.API {
	api := sparta.NewHTTPAPI("Shop", nil)
	api.NewRoute("GET /orders/{id}", nil)
	api.NewJWTAuthorizer("users", "https://example.com", "web")
	api.Authorizers = append(api.Authorizers, &sparta.Authorizer{Name: "own", Type: "REQUEST", Function: "hello"})
	return api
}

func TestInvalidAPIs(t *testing.T) {
	const get = "route GET /orders/{id}: "
	const users, own = "authorizer users: ", "authorizer own: "
	certificate := "arn:aws:acm:us-east-1:1:certificate/1"
	tests := map[string]struct {
		change func(*sparta.API)
		want   string // after the API's name; empty means that the API is valid
	}{
		"nothing is wrong": {func(*sparta.API) {}, ""},
		"no name": {
			func(a *sparta.API) { a.Name = "" }, "Name is missing: name the API",
		},
		"a long name": {
			func(a *sparta.API) { a.Name = strings.Repeat("ä", 129) },
			"Name has 129 characters, but API Gateway allows 128: use a shorter name",
		},
		"the longest name": {
			func(a *sparta.API) { a.Name = strings.Repeat("ä", 128) }, "",
		},
		"an authorizer that is the only function": {
			func(a *sparta.API) { a.NewLambdaAuthorizer("only", nil) }, "",
		},
		"no routes": {func(a *sparta.API) { a.Routes = nil }, "it has no routes: add them with NewRoute"},
		"a nil route": {
			func(a *sparta.API) { a.Routes = append(a.Routes, nil) }, "route 2 is nil: remove it or describe it",
		},
		"a route twice": {
			func(a *sparta.API) { a.NewRoute("GET /orders/{id}", nil) },
			get + "the API has this route twice: remove one",
		},
		"a route twice, with another name of its parameter": {
			func(a *sparta.API) { a.NewRoute("GET /orders/{order}", nil) },
			"route GET /orders/{order}: it fits the same requests as route GET /orders/{id}: remove one",
		},
		"other parameters of another method": {func(a *sparta.API) { a.NewRoute("PUT /orders/{order}", nil) }, ""},
		"a parameter and the rest of a path": {func(a *sparta.API) { a.NewRoute("GET /orders/{id+}", nil) }, ""},
		"the default route":                  {func(a *sparta.API) { a.NewRoute("$default", nil) }, ""},
		"the root":                           {func(a *sparta.API) { a.NewRoute("ANY /", nil) }, ""},
		"a slash at the end":                 {func(a *sparta.API) { a.NewRoute("GET /orders/", nil) }, ""},
		"a key without a path": {
			func(a *sparta.API) { a.NewRoute("orders", nil) },
			"route orders: RouteKey is invalid: use one of GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS, ANY and a " +
				"path, for example GET /orders/{id}, or $default",
		},
		"a key in lower case": {
			func(a *sparta.API) { a.NewRoute("get /orders", nil) },
			"route get /orders: RouteKey is invalid: use one of GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS, ANY " +
				"and a path, for example GET /orders/{id}, or $default",
		},
		"a greedy parameter in the middle": {
			func(a *sparta.API) { a.NewRoute("GET /files/{path+}/size", nil) }, "route GET /files/{path+}/size: " +
				"RouteKey is invalid: {path+} is not the last part, the only one that may have a +",
		},
		"a bad parameter": {
			func(a *sparta.API) { a.NewRoute("GET /users/{id", nil) }, "route GET /users/{id: RouteKey is invalid: " +
				`"{id" is not a parameter: use {name}, or {name+} for the rest of the path`,
		},
		"a function that the service does not have": {
			func(a *sparta.API) { a.Routes[0].Function = "gone" },
			get + `it invokes function "gone", which the service does not have: use one of hello`,
		},
		"too many routes": {func(a *sparta.API) {
			for i := range maxRoutes {
				a.NewRoute(fmt.Sprintf("GET /r%d", i), nil)
			}
		}, "it has 301 routes, but API Gateway allows 300: remove some"},
		"an unknown version": {
			func(a *sparta.API) { a.Routes[0].PayloadFormatVersion = "3.0" },
			get + `PayloadFormatVersion "3.0" is unknown: use one of 2.0, 1.0`,
		},
		"a long timeout": {
			func(a *sparta.API) { a.Routes[0].TimeoutInMillis = 30001 },
			get + "TimeoutInMillis 30001 is out of range: use 50 to 30000",
		},
		"credentials that are none": {
			func(a *sparta.API) { a.Routes[0].Credentials = 1 },
			get + "Credentials of type int is invalid: use a role's ARN or a CloudFormation intrinsic",
		},
		"negative throttling": {func(a *sparta.API) { a.Routes[0].ThrottlingRateLimit = -1 }, get +
			"ThrottlingRateLimit -1 is negative: use a number of requests per second, or 0 for the default"},

		"an authorizer that does not exist": {
			func(a *sparta.API) { a.Routes[0].Authorizer = "user" }, get + `the API has no authorizer "user": ` +
				"set Authorizer to one of its Authorizers (users, own), or to AWS_IAM",
		},
		"an authorizer of a wrong type": {
			func(a *sparta.API) { a.Routes[0].Authorizer = 1 },
			get + "Authorizer of type int is invalid: use a name, or a CloudFormation intrinsic",
		},
		"an authorizer of a hook": {func(a *sparta.API) { a.Routes[0].Authorizer = cloudformation.Ref("Own") }, ""},
		"signatures":              {func(a *sparta.API) { a.Routes[0].Authorizer = "AWS_IAM" }, ""},
		"scopes without tokens": {func(a *sparta.API) {
			a.Routes[0].Authorizer, a.Routes[0].AuthorizationScopes = "own", []string{"a"}
		}, get + "AuthorizationScopes are for JWT authorizers: set Authorizer to one, or clear them"},
		"scopes of tokens": {func(a *sparta.API) {
			a.Routes[0].Authorizer, a.Routes[0].AuthorizationScopes = "users", []string{"a"}
		}, ""},
		"too many scopes": {func(a *sparta.API) {
			a.Routes[0].Authorizer, a.Routes[0].AuthorizationScopes = "users", make([]string, 11)
		}, get + "it has 11 AuthorizationScopes, but API Gateway allows 10: remove some"},
		"tokens without an audience": {
			func(a *sparta.API) { a.Authorizers[0].JWTConfiguration.Audience = nil },
			users + "JWTConfiguration.Audience is empty: add the tokens' audience, for example a client's ID",
		},
		"an empty audience": {
			func(a *sparta.API) { a.Authorizers[0].JWTConfiguration.Audience = []any{""} },
			users + `JWTConfiguration.Audience has "": use a text or a CloudFormation intrinsic`,
		},
		"tokens without an issuer": {
			func(a *sparta.API) { a.Authorizers[0].JWTConfiguration.Issuer = nil },
			users + "JWTConfiguration.Issuer is missing: set it to the URL of the tokens' issuer",
		},
		"an issuer that is not a URL": {
			func(a *sparta.API) { a.Authorizers[0].JWTConfiguration.Issuer = "example.com" }, users +
				`JWTConfiguration.Issuer "example.com" is invalid: use a URL that begins with https://, ` +
				"without /.well-known",
		},
		"tokens without settings": {
			func(a *sparta.API) { a.Authorizers[0].JWTConfiguration = nil },
			users + "JWTConfiguration is missing: set it to the tokens' issuer and audience",
		},
		"tokens that a function checks": {
			func(a *sparta.API) { a.Authorizers[0].Function = "hello" },
			users + "Function is for functions, but this authorizer is of type JWT: clear it",
		},
		"two sources of a token": {
			func(a *sparta.API) { a.Authorizers[0].IdentitySource = "$request.header.A,$request.header.B" }, users +
				`IdentitySource "$request.header.A,$request.header.B" is invalid: use one $request.header.NAME or ` +
				"$request.querystring.NAME",
		},
		"a source of a REST API": {
			func(a *sparta.API) { a.Authorizers[1].IdentitySource = "method.request.header.Authorization" }, own +
				`IdentitySource has "method.request.header.Authorization": use $request.header.NAME, ` +
				"$request.querystring.NAME, $context.NAME or $stageVariables.NAME",
		},
		"an authorizer whose function is missing": {
			func(a *sparta.API) { a.Authorizers[1].Function = "gone" },
			own + `it invokes function "gone", which the service does not have: use one of hello`,
		},
		"two functions of an authorizer": {
			func(a *sparta.API) { a.Authorizers[1].FunctionArn = "arn" },
			own + "both Function and FunctionArn are set: clear one",
		},
		"simple responses of version 1.0": {func(a *sparta.API) {
			a.Authorizers[1].EnableSimpleResponses, a.Authorizers[1].AuthorizerPayloadFormatVersion = true, "1.0"
		}, own + "EnableSimpleResponses requires AuthorizerPayloadFormatVersion 2.0: clear one of them"},
		"a negative time to live": {func(a *sparta.API) {
			ttl := int64(-1)
			a.Authorizers[1].ResultTTLInSeconds = &ttl
		}, own + "ResultTTLInSeconds -1 is out of range: use 0 to 3600"},
		"an authorizer of REST APIs": {
			func(a *sparta.API) { a.NewCognitoAuthorizer("pool") },
			`authorizer pool: Type "COGNITO_USER_POOLS" is unknown in an HTTP API: use one of JWT, REQUEST`,
		},
		"two authorizers of one name": {
			func(a *sparta.API) { a.NewJWTAuthorizer("own", "https://example.com", "web") },
			own + "there are two of this name: rename one",
		},
		"an authorizer without a name": {
			func(a *sparta.API) { a.Authorizers[0].Name = "" }, "authorizer 1 has no name: set Name",
		},
		"too many authorizers": {func(a *sparta.API) {
			for i := range 9 {
				a.NewJWTAuthorizer(fmt.Sprint(i), "https://example.com", "web")
			}
		}, "it has 11 Authorizers, but API Gateway allows 10: remove some"},

		"no stage": {
			func(a *sparta.API) { a.Stage = nil },
			`Stage is missing: set it to NewStage("$default"), or to a stage with a name`,
		},
		"a bad name of the stage": {
			func(a *sparta.API) { a.Stage.Name = "a b" },
			`stage name "a b" is invalid: use $default, or 1 to 128 letters, digits, _ and -`,
		},
		"a long variable": {
			func(a *sparta.API) { a.Stage.Variables["a"] = strings.Repeat("a", 513) },
			"stage variable a is invalid: use up to 512 letters, digits and -._~:/?#&=,",
		},
		"a log without the request's ID": {
			func(a *sparta.API) { a.Stage.AccessLog = &sparta.AccessLog{Format: "$context.path"} },
			`stage: AccessLog.Format "$context.path" has no $context.requestId, which API Gateway requires: add it`,
		},
		"all origins with credentials": {func(a *sparta.API) {
			a.CorsConfiguration = &sparta.APICors{AllowOrigins: []string{"*"}, AllowCredentials: true}
		}, "CorsConfiguration.AllowCredentials cannot be set for all origins: name the origins in AllowOrigins"},
		"an origin with a path": {
			func(a *sparta.API) { a.CorsConfiguration = &sparta.APICors{AllowOrigins: []string{"https://a/"}} },
			`CorsConfiguration.AllowOrigins has "https://a/": use origins, for example https://www.example.com, or *`,
		},
		"an unknown method of other origins": {
			func(a *sparta.API) { a.CorsConfiguration = &sparta.APICors{AllowMethods: []string{"get"}} },
			`CorsConfiguration.AllowMethods has "get": use methods in upper case, for example GET, or *`,
		},
		"a long age": {
			func(a *sparta.API) { a.CorsConfiguration = &sparta.APICors{MaxAge: 86401} },
			"CorsConfiguration.MaxAge 86401 is out of range: use 0 to 86400",
		},
		"an expression of a WebSocket API": {
			func(a *sparta.API) { a.RouteSelectionExpression = "$request.body.action" },
			"RouteSelectionExpression is only for WebSocket APIs: clear it",
		},
		"a response of a WebSocket API": {
			func(a *sparta.API) { a.Routes[0].RouteResponseSelectionExpression = "$default" },
			get + "RouteResponseSelectionExpression is only for WebSocket APIs: clear it",
		},
		"no URL": {
			func(a *sparta.API) { a.DisableExecuteAPIEndpoint = true },
			"DisableExecuteAPIEndpoint leaves the API without a URL: set Domain, or clear it",
		},
		"a domain of a type that HTTP APIs do not have": {func(a *sparta.API) {
			a.Domain = &sparta.APIDomain{Name: "a.example.com", CertificateArn: certificate, EndpointType: "EDGE"}
		}, `Domain.EndpointType "EDGE" is unknown: use one of REGIONAL`},
		"an old policy": {func(a *sparta.API) {
			a.Domain = &sparta.APIDomain{Name: "a.example.com", CertificateArn: certificate, SecurityPolicy: "TLS_1_0"}
		}, `Domain.SecurityPolicy "TLS_1_0" is unknown: use one of TLS_1_2`},
		"another certificate": {func(a *sparta.API) {
			a.Domain = &sparta.APIDomain{Name: "a.example.com", CertificateArn: "arn:aws:iam::1:server-certificate/a"}
		}, `Domain.CertificateArn "arn:aws:iam::1:server-certificate/a" is not the ARN of an ACM certificate`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			api := testAPI()
			test.change(api)
			got := ""
			if err := Check(api, []string{"hello"}); err != nil {
				got = err.Error()
			}
			want := "API " + cmp.Or(api.Name, "without a name") + ": " + test.want
			if got != want && (test.want != "" || got != "") {
				t.Errorf("error is\n%s, want\n%s", got, want)
			}
		})
	}
}

func TestInvalidWebSocketAPIs(t *testing.T) {
	const send, own = "route send: ", "authorizer own: "
	ttl := int64(0)
	tests := map[string]struct {
		change func(*sparta.API)
		want   string // after the API's name; empty means that the API is valid
	}{
		"nothing is wrong": {func(*sparta.API) {}, ""},
		"all routes": {func(a *sparta.API) {
			a.NewRoute("$disconnect", nil)
			a.NewRoute("$default", nil).RouteResponseSelectionExpression = "$default"
		}, ""},
		"a route twice": {
			func(a *sparta.API) { a.NewRoute("send", nil) }, send + "the API has this route twice: remove one",
		},
		"an unknown route": {
			func(a *sparta.API) { a.NewRoute("$other", nil) }, "route $other: RouteKey is invalid: use $connect, " +
				"$disconnect, $default or a value of $request.body.action without spaces",
		},
		"a route of an HTTP API": {
			func(a *sparta.API) { a.NewRoute("GET /", nil) }, "route GET /: RouteKey is invalid: use $connect, " +
				"$disconnect, $default or a value of $request.body.action without spaces",
		},
		"no expression": {
			func(a *sparta.API) { a.RouteSelectionExpression = "" },
			`RouteSelectionExpression "" is invalid: use for example $request.body.action`,
		},
		"an authorizer of messages": {
			func(a *sparta.API) { a.Routes[1].Authorizer = "own" },
			send + "Authorizer is only for $connect, which decides on the whole connection: set it there",
		},
		"a version of the event": {
			func(a *sparta.API) { a.Routes[1].PayloadFormatVersion = "2.0" },
			send + "PayloadFormatVersion is only for HTTP APIs: clear it",
		},
		"a long timeout": {
			func(a *sparta.API) { a.Routes[1].TimeoutInMillis = 29001 },
			send + "TimeoutInMillis 29001 is out of range: use 50 to 29000",
		},
		"a response to nobody": {
			func(a *sparta.API) { a.NewRoute("$disconnect", nil).RouteResponseSelectionExpression = "$default" },
			"route $disconnect: RouteResponseSelectionExpression has no effect after a client has disconnected: " +
				"clear it",
		},
		"other origins": {
			func(a *sparta.API) { a.CORSEnabled = true },
			"CORSEnabled and CorsConfiguration are not for WebSocket APIs, which browsers call from all origins: " +
				"clear them, and check the header Origin in the function of $connect",
		},
		"tokens": {
			func(a *sparta.API) { a.NewJWTAuthorizer("users", "https://example.com", "web") },
			`authorizer users: Type "JWT" is unknown in a WebSocket API: use REQUEST`,
		},
		"a remembered decision": {
			func(a *sparta.API) { a.Authorizers[0].ResultTTLInSeconds = &ttl },
			own + "ResultTTLInSeconds is only for HTTP APIs: clear it",
		},
		"a source of an HTTP API": {
			func(a *sparta.API) { a.Authorizers[0].IdentitySource = "$request.header.A" }, own +
				`IdentitySource has "$request.header.A": use route.request.header.NAME, ` +
				"route.request.querystring.NAME, context.NAME or stageVariables.NAME",
		},
		"no stage": {
			func(a *sparta.API) { a.Stage = nil },
			`Stage is missing: set it to a stage with a name, for example NewStage("v1")`,
		},
		"the stage of an HTTP API": {
			func(a *sparta.API) { a.Stage.Name = "$default" },
			`stage name "$default" is invalid: use 1 to 128 letters, digits, _ and -`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			api := sparta.NewWebSocketAPI("Chat", sparta.NewStage("v1"))
			api.Authorizers = []*sparta.Authorizer{{Name: "own", Type: "REQUEST", Function: "hello"}}
			api.NewRoute("$connect", nil).Authorizer = "own"
			api.NewRoute("send", nil)
			test.change(api)
			got := ""
			if err := Check(api, []string{"hello"}); err != nil {
				got = err.Error()
			}
			if want := "API Chat: " + test.want; got != want && (test.want != "" || got != "") {
				t.Errorf("error is\n%s, want\n%s", got, want)
			}
		})
	}
}

func TestSettingsOfRESTAPIsAreRefusedByName(t *testing.T) {
	api := testAPI()
	api.Resources = []*sparta.Resource{{Path: "/"}}
	api.CORSOptions = &sparta.CORSOptions{}
	api.UsagePlans = []*sparta.UsagePlan{{Name: "partners"}}
	api.EndpointConfiguration = &sparta.EndpointConfiguration{}
	api.BinaryMediaTypes = []string{"image/png"}
	api.MinimumCompressionSize = 1
	api.APIKeySourceType = "HEADER"
	api.Policy = map[string]any{}
	api.CloneFrom = "a"
	api.Stage.CacheClusterEnabled, api.Stage.CacheClusterSize, api.Stage.TracingEnabled = true, "0.5", true
	api.Stage.MethodSettings = []*sparta.MethodSetting{{}}
	api.Authorizers[1].ProviderARNs = []any{"arn"}
	api.Authorizers[1].IdentityValidationExpression = "a"
	err := Check(api, []string{"hello"})
	if err == nil {
		t.Fatal("it is valid")
	}
	got := strings.Split(err.Error(), "\n")
	for _, name := range []string{
		"Resources, with their methods, models and mapping templates,", "CORSOptions",
		"UsagePlans, with their API keys,", "EndpointConfiguration", "BinaryMediaTypes", "MinimumCompressionSize",
		"APIKeySourceType", "Policy", "CloneFrom",
		"Stage.CacheClusterEnabled", "Stage.CacheClusterSize", "Stage.TracingEnabled", "Stage.MethodSettings",
		"authorizer own: ProviderARNs", "authorizer own: IdentityValidationExpression",
	} {
		if len(got) == 0 || !strings.HasPrefix(got[0], "API Shop: "+name+" is only for REST APIs: ") {
			t.Fatalf("%s is not refused: %q", name, got)
		}
		got = got[1:]
	}
	if len(got) > 0 {
		t.Errorf("what else is wrong: %q", got)
	}
}

func TestCertificatesOfAnotherRegion(t *testing.T) {
	api := testAPI()
	api.Domain = &sparta.APIDomain{
		Name: "api.example.com", CertificateArn: "arn:aws:acm:us-east-1:1:certificate/1",
	}
	if err := checkRegion(api, "us-east-1"); err != nil {
		t.Error(err)
	}
	const want = "API Shop: Domain.CertificateArn arn:aws:acm:us-east-1:1:certificate/1 is in us-east-1, " +
		"but an HTTP API requires a certificate in its own region, eu-west-1: request one there"
	if err := checkRegion(api, "eu-west-1"); err == nil || err.Error() != want {
		t.Errorf("error is %v, want %s", err, want)
	}
	api.Domain.CertificateArn = cloudformation.Ref("Certificate")
	if err := checkRegion(api, "eu-west-1"); err != nil {
		t.Error(err)
	}
}
