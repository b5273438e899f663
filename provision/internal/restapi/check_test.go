package restapi

import (
	"encoding/json"
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/sparta"
)

// testAPI is a valid API with one method, which it returns.
func testAPI(t *testing.T) (*sparta.API, *sparta.Method) {
	t.Helper()
	api := sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	return api, add(t, api, "/orders/{id}", "GET")
}

// add adds a method, whose function is the only one.
func add(t *testing.T, api *sparta.API, path, verb string) *sparta.Method {
	t.Helper()
	resource := &sparta.Resource{Path: path}
	api.Resources = append(api.Resources, resource)
	method, err := resource.NewMethod(verb, http.StatusOK)
	if err != nil {
		t.Fatal(err)
	}
	return method
}

func TestInvalidAPIs(t *testing.T) {
	const get = "API Shop: GET /orders/{id}: "
	tests := map[string]struct {
		change func(*testing.T, *sparta.API, *sparta.Method)
		want   string // empty means that the API is valid
	}{
		"nothing is wrong": {func(*testing.T, *sparta.API, *sparta.Method) {}, ""},
		"no name": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Name = ""
		}, "API without a name: Name is missing: name the API"},
		"texts of another template library": {func(_ *testing.T, api *sparta.API, method *sparta.Method) {
			api.Stage.Variables = map[string]any{"table": json.RawMessage(`"orders"`)}
			api.CORSOptions = &sparta.CORSOptions{Headers: map[string]any{"Vary": json.RawMessage(`"Origin"`)}}
			method.Integration.Credentials = json.RawMessage(`"arn:aws:iam::123456789012:role/r"`)
		}, ""},
		"a header with a quote in a text of another template library": {
			func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
				api.CORSOptions = &sparta.CORSOptions{Headers: map[string]any{"Vary": json.RawMessage(`"it's"`)}}
			},
			`API Shop: CORSOptions.Headers["Vary"] "it's" has a quote or a line break, which API Gateway does not ` +
				`accept`,
		},
		"a method twice in two resources": {func(t *testing.T, api *sparta.API, _ *sparta.Method) {
			add(t, api, "orders/{id}", "GET")
		}, get + "the API has this method twice: remove one of its resources, or the method from it"},
		"a method twice in a resource, whose error is ignored": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			_, _ = api.Resources[0].NewMethod("GET", 200)
		}, "API Shop: path /orders/{id} has method GET twice: remove one"},
		"a path twice, whose error is ignored": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			_, _ = api.NewResource("/orders/{id}", nil)
		}, `API Shop: the API has path /orders/{id} twice for function "": use the resource that the first call of ` +
			"NewResource returned"},
		"no authorizer, whose error is ignored": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			_, _ = api.Resources[0].NewAuthorizedMethod("PUT", nil, 200)
		}, "API Shop: method PUT of path /orders/{id} has no authorizer: name one, or use NewMethod"},
		"a resource without methods": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Resources = append(api.Resources, &sparta.Resource{Path: "/empty"})
		}, "API Shop: path /empty has no methods: add one with NewMethod"},
		"no resources": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Resources = nil
		}, "API Shop: it has no resources: add paths with NewResource"},
		"an unknown verb": {func(t *testing.T, api *sparta.API, _ *sparta.Method) {
			add(t, api, "/orders", "get")
		}, `API Shop: get /orders: method "get" is unknown: use one of GET, POST, PUT, PATCH, DELETE, HEAD, ` +
			`OPTIONS, ANY`},
		"a function that the service does not have": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Resources[0].Function = "gone"
		}, "API Shop: path /orders/{id}: it invokes function \"gone\", which the service does not have: " +
			"use one of hello"},
		"a bad parameter": {func(t *testing.T, api *sparta.API, _ *sparta.Method) {
			add(t, api, "/users/{id", "GET")
		}, `API Shop: path /users/{id: "{id" is not a parameter: use {name}, or {name+} for the rest of the path`},
		"a parameter twice": {func(t *testing.T, api *sparta.API, _ *sparta.Method) {
			add(t, api, "/users/{id}/friends/{id}", "GET")
		}, "API Shop: path /users/{id}/friends/{id}: it has parameter id twice: rename one"},
		"a greedy parameter in the middle": {func(t *testing.T, api *sparta.API, _ *sparta.Method) {
			add(t, api, "/files/{path+}/size", "GET")
		}, "API Shop: path /files/{path+}/size: {path+} is not the last part, the only one that may have a +"},
		"a slash at the end": {func(t *testing.T, api *sparta.API, _ *sparta.Method) {
			add(t, api, "/users/", "GET")
		}, "API Shop: path /users/: it has an empty part: remove the slash at its end, or one of two in a row"},
		"characters that paths cannot have": {func(t *testing.T, api *sparta.API, _ *sparta.Method) {
			add(t, api, "/a b", "GET")
		}, `API Shop: path /a b: "a b" has characters that API Gateway refuses: use letters, digits and ._:-`},
		"two parameters at one position": {func(t *testing.T, api *sparta.API, _ *sparta.Method) {
			add(t, api, "/orders/{order}/items", "GET")
		}, "API Shop: paths /orders/{id} and /orders/{order}/items have different parameters at the same " +
			"position, but API Gateway allows only one: use one name"},
		"one parameter in two paths": {func(t *testing.T, api *sparta.API, _ *sparta.Method) {
			add(t, api, "/orders/{id}/items/{item}", "GET")
			add(t, api, "/orders/new", "GET")
		}, ""},
		"an authorizer that does not exist": {func(_ *testing.T, api *sparta.API, m *sparta.Method) {
			api.NewCognitoAuthorizer("users", "arn")
			m.Authorizer = "user"
		}, get + `the API has no authorizer "user": set Authorizer to one of its Authorizers (users), or to AWS_IAM`},
		"a kind of authorizer of the original": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Authorizer = "CUSTOM"
		}, get + `the API has no authorizer "CUSTOM": set Authorizer to one of its Authorizers (), or to AWS_IAM`},
		"an authorizer without pools": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.NewCognitoAuthorizer("users")
		}, "API Shop: authorizer users: ProviderARNs is empty: add the ARN of a user pool"},
		"an authorizer of an unknown kind": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Authorizers = []*sparta.Authorizer{{Name: "a", Type: "JWT"}}
		}, `API Shop: authorizer a: Type "JWT" is unknown: use one of COGNITO_USER_POOLS, TOKEN, REQUEST`},
		"an authorizer with a bad role": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Authorizers = []*sparta.Authorizer{{Name: "own", Type: "TOKEN", Function: "hello", Credentials: 7}}
		}, "API Shop: authorizer own: Credentials of type int is invalid: " +
			"use a role's ARN or a CloudFormation intrinsic"},
		"routes of an HTTP API": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.NewRoute("GET /", nil)
		}, "API Shop: Routes are only for HTTP APIs: add paths with NewResource, or use NewHTTPAPI"},
		"rules of an HTTP API for other origins": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.CorsConfiguration = &sparta.APICors{}
		}, "API Shop: CorsConfiguration is only for HTTP APIs: set CORSOptions"},
		"metrics of an HTTP API": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Stage.DetailedMetricsEnabled = true
		}, "API Shop: Stage.DetailedMetricsEnabled is only for HTTP APIs: set MetricsEnabled in MethodSettings"},
		"an authorizer of an HTTP API": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Authorizers = []*sparta.Authorizer{{
				Name: "own", Type: "REQUEST", Function: "hello", EnableSimpleResponses: true,
			}}
		}, "API Shop: authorizer own: EnableSimpleResponses is only for HTTP APIs: clear it"},
		"scopes without a user pool": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.AuthorizationScopes = []string{"a"}
		}, get + "AuthorizationScopes are for Cognito's user pools: set Authorizer to one, or clear them"},
		"a model that is not JSON": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Models["application/json"] = &sparta.Model{Name: "Order", Schema: "{"}
		}, get + "Schema of model Order is not a JSON schema: unexpected end of JSON input: correct its JSON"},
		"a model of an unknown type": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Models["application/json"] = &sparta.Model{
				Name: "Order", Schema: `{"properties": {"n": {"type": "int"}}}`,
			}
		}, get + "Schema of model Order is not a JSON schema: /properties/n/type int is unknown: use one of array, " +
			"boolean, integer, null, number, object, string"},
		"a model that is a list": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Models["application/json"] = &sparta.Model{Name: "Order", Schema: "[]"}
		}, get + "Schema of model Order is not a JSON schema: it is not an object"},
		"two models of one name": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Models["application/json"] = &sparta.Model{Name: "Order", Schema: "{}"}
			m.Responses[200].Models["application/json"] = &sparta.Model{Name: "Order", Schema: `{"type": "object"}`}
		}, get + "model Order is used elsewhere with another schema or content type: use one of each for a name"},
		"an invalid name of a model": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Models["application/json"] = &sparta.Model{Name: "an-order", Schema: "{}"}
		}, get + `model name "an-order" is invalid: use letters and digits`},
		"a status code out of range": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Responses[99] = &sparta.Response{}
		}, get + "status code 99 is out of range: use 100 to 599"},
		"a success code out of range": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.DefaultStatusCode = 404
		}, get + "DefaultStatusCode 404 is out of range: use a success code, 200 to 399"},
		"a stage name that API Gateway refuses": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Stage.Name = "v1.0"
		}, `API Shop: stage name "v1.0" is invalid: use 1 to 128 letters, digits, _ and -`},
		"a stage variable that is too long": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Stage.Variables["a"] = strings.Repeat("x", 513)
		}, "API Shop: stage variable a is invalid: use up to 512 letters, digits and -._~:/?#&=,"},
		"no URL": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.DisableExecuteAPIEndpoint = true
		}, "API Shop: DisableExecuteAPIEndpoint leaves the API without a URL: set Domain, or clear it"},
		"a stage variable that API Gateway refuses": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Stage.Variables["a"] = "b c"
		}, "API Shop: stage variable a is invalid: use up to 512 letters, digits and -._~:/?#&=,"},
		"settings of a method that does not exist": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Stage.MethodSettings = []*sparta.MethodSetting{{ResourcePath: "/order", HTTPMethod: "GET"}}
		}, "API Shop: stage: method setting 1: the API has no GET /order: correct ResourcePath or HTTPMethod"},
		"caching without a cache": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Stage.MethodSettings = []*sparta.MethodSetting{{CachingEnabled: true}}
		}, "API Shop: stage: method setting 1: CachingEnabled has no effect without a cache: " +
			"set the stage's CacheClusterEnabled"},
		"an access log without the request": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Stage.AccessLog = &sparta.AccessLog{Format: "$context.status"}
		}, `API Shop: stage: AccessLog.Format "$context.status" has no $context.requestId, ` +
			"which API Gateway requires: add it"},
		"a negative rate": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Stage.ThrottlingRateLimit = -1
		}, "API Shop: stage: ThrottlingRateLimit -1 is negative: use a number of requests per second, " +
			"or 0 for the default"},
		"a parameter in another form": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Parameters["querystring.page"] = true
		}, get + `parameter "querystring.page" is invalid: use method.request.querystring.NAME, ` +
			"method.request.header.NAME or method.request.path.NAME"},
		"a parameter that the path does not have": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Parameters["method.request.path.order"] = true
		}, get + "parameter method.request.path.order is not in the path: add {order} to it"},
		"a cache key that is not a parameter": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Integration.CacheKeyParameters = []string{"method.request.path.id"}
		}, get + "Integration: CacheKeyParameters has method.request.path.id, which the method does not declare: " +
			"add it to its Parameters"},
		"templates of a proxy": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Integration.Type = "AWS_PROXY"
			m.Integration.RequestTemplates["application/json"] = "{}"
		}, get + "Integration: RequestTemplates have no effect with AWS_PROXY: clear them, or set Type to AWS"},
		"a response of a proxy": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Integration.Type = "AWS_PROXY"
			m.Integration.Responses[200].Templates["application/json"] = "{}"
		}, get + "Integration: Responses[200]: with AWS_PROXY, the function itself makes the response: clear this " +
			"one, or set Type to AWS"},
		"a proxy as NewMethod makes it": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Integration.Type = "AWS_PROXY"
		}, ""},
		"an unknown integration": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Integration.Type = "HTTP"
		}, get + `Integration: Type "HTTP" is unknown: use one of AWS, AWS_PROXY`},
		"a pattern for success": {func(_ *testing.T, _ *sparta.API, m *sparta.Method) {
			m.Integration.Responses[200].SelectionPattern = ".*"
		}, get + `Integration: Responses[200]: SelectionPattern ".*" is for errors, but this is the success ` +
			`code: clear it`},
		"a certificate of another region": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			const certificate = "arn:aws:acm:eu-west-1:1:certificate/1"
			api.Domain = &sparta.APIDomain{Name: "api.example.com", CertificateArn: certificate}
		}, "API Shop: Domain.CertificateArn arn:aws:acm:eu-west-1:1:certificate/1 is in eu-west-1, but an EDGE " +
			"endpoint requires a certificate in us-east-1: request one there, or set Domain.EndpointType to REGIONAL"},
		"a domain without a certificate": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.Domain = &sparta.APIDomain{Name: "api.example.com"}
		}, "API Shop: Domain.CertificateArn is missing: set it to the ARN of an ACM certificate for api.example.com"},
		"a private API without a policy": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.EndpointConfiguration = &sparta.EndpointConfiguration{Types: []string{"PRIVATE"}}
		}, "API Shop: Policy is missing: nobody can call a PRIVATE API without one; set a resource policy that " +
			"allows execute-api:Invoke"},
		"a quota without a period": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.UsagePlans = []*sparta.UsagePlan{{Name: "p", Quota: &sparta.Quota{Limit: 1}}}
		}, "API Shop: usage plan p: Quota.Period is missing: use one of DAY, WEEK, MONTH"},
		"an origin with a quote": {func(_ *testing.T, api *sparta.API, _ *sparta.Method) {
			api.CORSOptions = &sparta.CORSOptions{Headers: map[string]any{"Access-Control-Allow-Origin": "'*'"}}
		}, `API Shop: CORSOptions.Headers["Access-Control-Allow-Origin"] "'*'" has a quote or a line break, ` +
			"which API Gateway does not accept"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			api, method := testAPI(t)
			test.change(t, api, method)
			got := ""
			if err := Check(api, []string{"hello"}); err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("error is %q\n    want %q", got, test.want)
			}
		})
	}
}

// Each error message selects one response, since the order in which API Gateway tries the patterns is not defined.
func TestEachErrorHasOneResponse(t *testing.T) {
	api := sparta.NewAPIGateway("Shop", nil)
	method := add(t, api, "/", "GET")
	for _, code := range []int{404, 409} {
		method.Integration.Responses[code] = &sparta.IntegrationResponse{}
	}
	method.Integration.Responses[422] = &sparta.IntegrationResponse{SelectionPattern: "invalid: .*"}
	for message, want := range map[string]int{
		(&sparta.HTTPError{Code: 404, Message: "a\nb"}).Error(): 404,
		(&sparta.HTTPError{Code: 409}).Error():                  409,
		(&sparta.HTTPError{Code: 403}).Error():                  500,
		"invalid: item":                                         422,
		"invalid: item\nand more":                               500,
		`it says {"code":404,}`:                                 500,
		"a\nb":                                                  500,
	} {
		var fits []int
		for _, code := range apiroutes.Codes(method) {
			if pattern := selection(method, code); pattern != "" && matches(t, pattern, message) {
				fits = append(fits, code)
			}
		}
		if !reflect.DeepEqual(fits, []int{want}) {
			t.Errorf("%q has responses %v, want %d", message, fits, want)
		}
	}
}

// matches reports whether a regular expression of Java fits a whole text. Go's have no lookahead.
func matches(t *testing.T, pattern, text string) bool {
	t.Helper()
	if not, rest, ok := strings.Cut(strings.TrimPrefix(pattern, "(?!"), "$)"); ok && strings.HasPrefix(pattern, "(?!") {
		return !regexp.MustCompile("^"+not+"$").MatchString(text) && matches(t, rest, text)
	}
	return regexp.MustCompile("^(?:" + pattern + ")$").MatchString(text)
}

func TestTheErrorsOfAnIncompleteAPI(t *testing.T) {
	var none *sparta.Resource
	if _, err := none.NewMethod("GET", 200); err == nil {
		t.Error("a method without a resource was made")
	}
	api := &sparta.API{
		Name:        "Shop",
		Resources:   []*sparta.Resource{nil, {Path: "/", Methods: map[string]*sparta.Method{"GET": nil}}},
		Authorizers: []*sparta.Authorizer{nil},
		UsagePlans:  []*sparta.UsagePlan{nil},
		Stage:       &sparta.Stage{Name: "v1", MethodSettings: []*sparta.MethodSetting{nil}},
	}
	err := Check(api, []string{"hello"})
	if err == nil || strings.Count(err.Error(), "\n") != 4 {
		t.Errorf("the errors are %v, want 5", err)
	}
}
