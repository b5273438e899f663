package gateway_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/sparta/events"
)

// orders returns an API with a change.
func orders(t *testing.T, change func(*sparta.API)) *sparta.API {
	t.Helper()
	api := sparta.NewAPIGateway("Orders", sparta.NewStage("v1"))
	for path, verbs := range map[string][]string{
		"/orders": {"GET", "POST"}, "/orders/{id}": {"GET", "ANY"}, "/orders/new": {"GET"}, "/files/{path+}": {"GET"},
	} {
		resource, err := api.NewResource(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, verb := range verbs {
			if _, err := resource.NewMethod(verb, http.StatusOK, http.StatusNotFound); err != nil {
				t.Fatal(err)
			}
		}
	}
	change(api)
	return api
}

// method returns the method of a path.
func method(api *sparta.API, path, verb string) *sparta.Method {
	for _, resource := range api.Resources {
		if resource.Path == path {
			return resource.Methods[verb]
		}
	}
	return nil
}

func servingREST(t *testing.T, response any, change func(*sparta.API)) *served {
	s := serving(response)
	s.REST = gateway.NewREST(orders(t, change), "orders")
	return s
}

func unchanged(*sparta.API) {}

func TestRoutesOfAnAPI(t *testing.T) {
	tests := map[string]struct {
		request string
		path    string // of the resource; empty means that none is invoked
		params  map[string]string
		status  int
	}{
		"a path":                    {"GET /v1/orders", "/orders", map[string]string{}, 200},
		"with a slash at its end":   {"GET /v1/orders/", "/orders", map[string]string{}, 200},
		"with a parameter":          {"GET /v1/orders/7", "/orders/{id}", map[string]string{"id": "7"}, 200},
		"an escaped parameter":      {"GET /v1/orders/a%2Fb", "/orders/{id}", map[string]string{"id": "a/b"}, 200},
		"text before a parameter":   {"GET /v1/orders/new", "/orders/new", map[string]string{}, 200},
		"any method":                {"DELETE /v1/orders/7", "/orders/{id}", map[string]string{"id": "7"}, 200},
		"the rest of a path":        {"GET /v1/files/a/b/c", "/files/{path+}", map[string]string{"path": "a/b/c"}, 200},
		"a rest that is not there":  {"GET /v1/files", "", nil, 403},
		"a path that has no method": {"PUT /v1/orders", "", nil, 403},
		"a path that has no route":  {"GET /v1/other", "", nil, 403},
		"another stage":             {"GET /v2/orders", "", nil, 403},
		"a stage that begins alike": {"GET /v10/orders", "", nil, 403},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := servingREST(t, `{}`, unchanged)
			verb, path, _ := strings.Cut(test.request, " ")
			response := s.do(httptest.NewRequest(verb, path, nil))
			if response.StatusCode != test.status {
				t.Errorf("status %d, want %d", response.StatusCode, test.status)
			}
			if test.path == "" {
				if s.event != nil {
					t.Errorf("a function is invoked with %s", s.event)
				}
				return
			}
			var event events.APIGatewayRequest
			if err := json.Unmarshal(s.event, &event); err != nil || s.function != "orders" {
				t.Fatalf("function %q is invoked with %s (error: %v)", s.function, s.event, err)
			}
			if event.Context.ResourcePath != test.path || !reflect.DeepEqual(event.PathParams, test.params) {
				t.Errorf("path %s with %v, want %s with %v",
					event.Context.ResourcePath, event.PathParams, test.path, test.params)
			}
		})
	}
}

func TestMessagesOfAnAPI(t *testing.T) {
	for request, want := range map[string]string{
		"/v1/other": `{"message":"Missing Authentication Token"}`, "/v2/orders": `{"message":"Forbidden"}`,
	} {
		response := servingREST(t, `{}`, unchanged).do(httptest.NewRequest(http.MethodGet, request, nil))
		if body, _ := io.ReadAll(response.Body); string(body) != want {
			t.Errorf("%s is answered by %s, want %s", request, body, want)
		}
	}
}

func TestTheDefaultMappingOfARequest(t *testing.T) {
	s := servingREST(t, `{}`, unchanged)
	request := httptest.NewRequest(http.MethodPost, "/v1/orders?a=1&a=2&b=", strings.NewReader(`{"item":"it's \"5\""}`))
	request.Header = http.Header{"Content-Type": {"application/json; charset=utf-8"}, "X-A": {"1", "2"}}
	s.do(request)
	const want = `{"method":"POST","headers":{"Content-Type":"application/json; charset=utf-8","X-A":"2",` +
		`"Host":"local.execute-api.us-east-1.amazonaws.com","X-Forwarded-For":"192.0.2.1","X-Forwarded-Port":"443",` +
		`"X-Forwarded-Proto":"https"},"queryParams":{"a":"2","b":""},"pathParams":{},"context":{"apiId":"local",` +
		`"method":"POST","requestId":"id","resourceId":"orders","resourcePath":"/orders","stage":"v1","identity":{` +
		`"accountId":"","apiKey":"","caller":"","cognitoAuthenticationProvider":"","cognitoAuthenticationType":"",` +
		`"cognitoIdentityId":"","cognitoIdentityPoolId":"","sourceIp":"192.0.2.1","user":"","userAgent":"",` +
		`"userArn":""}},"authorizer":{},"body":{"item":"it's \"5\""}}`
	equalJSON(t, s.event, want)
}

func equalJSON(t *testing.T, got []byte, want string) {
	t.Helper()
	var one, other any
	if err := json.Unmarshal(got, &one); err != nil {
		t.Fatalf("%v: %s", err, got)
	}
	if err := json.Unmarshal([]byte(want), &other); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(one, other) {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}

func TestBodiesOfTheDefaultMapping(t *testing.T) {
	binary := func(api *sparta.API) {
		api.BinaryMediaTypes = []string{"image/*"}
		method(api, "/orders", "POST").SupportedRequestContentTypes = []string{"image/png"}
	}
	tests := map[string]struct {
		change            func(*sparta.API)
		contentType, body string
		want              string // of the event's body; a status if the function is not invoked
	}{
		"JSON":             {unchanged, "application/json", `[1,"ü"]`, `[1,"ü"]`},
		"no body":          {unchanged, "", "", `{}`},
		"JSON that is not": {unchanged, "application/json", `{`, `"{"`},
		"a form": {
			unchanged, "application/x-www-form-urlencoded", "a=1+2&b=%C3%BC&c=&d", `{"a":"1 2","b":"ü","c":""}`,
		},
		"text":                   {unchanged, "text/plain", "a", `"a"`},
		"binary":                 {binary, "image/png", "\xff", `"/w=="`},
		"a type that is refused": {unchanged, "application/xml", "<a/>", "415"},
		"a type of a template": {func(api *sparta.API) {
			method(api, "/orders", "POST").Integration.RequestTemplates["application/json"] = "{}"
		}, "application/json", "{}", "501"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := servingREST(t, `{}`, test.change)
			request := httptest.NewRequest(http.MethodPost, "/v1/orders", strings.NewReader(test.body))
			if test.contentType != "" {
				request.Header.Set("Content-Type", test.contentType)
			}
			response := s.do(request)
			if response.StatusCode != http.StatusOK {
				if got := strings.Fields(response.Status)[0]; got != test.want || s.event != nil {
					t.Errorf("status %s, and the function gets %s", got, s.event)
				}
				return
			}
			var event struct{ Body json.RawMessage }
			if err := json.Unmarshal(s.event, &event); err != nil {
				t.Fatal(err)
			}
			equalJSON(t, event.Body, test.want)
		})
	}
}

func TestTemplatesOfOnesOwnFailByName(t *testing.T) {
	s := servingREST(t, `{}`, func(api *sparta.API) {
		method(api, "/orders", "GET").Integration.Responses[200].Templates["application/json"] = "$input.json('$')"
	})
	response := s.do(httptest.NewRequest(http.MethodGet, "/v1/orders", nil))
	body, _ := io.ReadAll(response.Body)
	const want = `{"message":"the template for a response of status 200 of method GET of path /orders is your own: ` +
		`only API Gateway evaluates mapping templates"}`
	if response.StatusCode != http.StatusNotImplemented || string(body) != want || len(s.failures) != 1 {
		t.Errorf("status %d, %s, reported %v", response.StatusCode, body, s.failures)
	}
}

func TestResponsesOfTheDefaultMapping(t *testing.T) {
	failure := func(message string) error { return &gateway.FunctionError{Message: message, Document: "{}"} }
	const notFound = `{"code":404,"status":"Not Found","headers":{},"error":"no order"}`
	const teapot = `{"code":418,"status":"I'm a teapot","headers":{},"error":""}`
	withHeader := func(api *sparta.API) {
		parameters := method(api, "/orders", "GET").Integration.Responses[200].Parameters
		parameters["method.response.header.Location"] = "integration.response.body.url"
		parameters["method.response.header.X-A"] = "'a'"
	}
	withPattern := func(api *sparta.API) {
		method(api, "/orders", "GET").Integration.Responses[404].SelectionPattern = "no .*"
	}
	withCORS := func(api *sparta.API) { api.CORSEnabled = true }
	const json = "Content-Type: application/json"
	const cors = "Access-Control-Allow-Headers: Content-Type,X-Amz-Date,Authorization,X-Api-Key\n" +
		"Access-Control-Allow-Methods: *\nAccess-Control-Allow-Origin: *\n" + json
	tests := map[string]struct {
		change   func(*sparta.API)
		response any
		status   int
		header   string
		body     string
	}{
		"a result":                 {unchanged, `{"a":1}`, 200, json, `{"a":1}`},
		"a result with headers":    {withHeader, `{"url":"/b"}`, 200, json + "\nLocation: /b\nX-A: a", `{"url":"/b"}`},
		"an error of a code":       {unchanged, failure(notFound), 404, json, notFound},
		"an error of another code": {unchanged, failure(teapot), 418, json, teapot},
		"an error without a code": {
			unchanged, failure("boom"), 500, json, `{"code":500,"status":"Internal Server Error"}`,
		},
		"an error that a text fits": {withPattern, failure("no order"), 404, json, "no order"},
		"what other origins see":    {withCORS, `{}`, 200, cors, `{}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := servingREST(t, test.response, test.change)
			s.checkGet(t, "/v1/orders", test.status, test.header, test.body)
		})
	}
	s := servingREST(t, `{}`, withCORS)
	preflight := s.do(httptest.NewRequest(http.MethodOptions, "/v1/orders", nil))
	status, header := preflight.StatusCode, preflight.Header
	if status != http.StatusOK || header.Get("Access-Control-Allow-Origin") != "*" || s.event != nil {
		t.Errorf("a preflight has status %d, %v, and the function gets %s", status, header, s.event)
	}
}

// The documented example of a proxy integration's event, with this machine's API and a method of its own.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
const documentedProxyEvent = `{
  "resource": "/orders/{id}",
  "path": "/orders/7",
  "httpMethod": "GET",
  "headers": {
    "Header1": "value1", "Header2": "value2", "User-Agent": "agent",
    "Host": "local.execute-api.us-east-1.amazonaws.com",
    "X-Forwarded-For": "192.0.2.1", "X-Forwarded-Port": "443", "X-Forwarded-Proto": "https"
  },
  "multiValueHeaders": {
    "Header1": ["value1"], "Header2": ["value1", "value2"], "User-Agent": ["agent"],
    "Host": ["local.execute-api.us-east-1.amazonaws.com"],
    "X-Forwarded-For": ["192.0.2.1"], "X-Forwarded-Port": ["443"], "X-Forwarded-Proto": ["https"]
  },
  "queryStringParameters": {"parameter1": "value2", "parameter2": "value"},
  "multiValueQueryStringParameters": {"parameter1": ["value1", "value2"], "parameter2": ["value"]},
  "requestContext": {
    "accountId": "123456789012", "apiId": "local",
    "domainName": "local.execute-api.us-east-1.amazonaws.com", "domainPrefix": "local", "extendedRequestId": "id",
    "httpMethod": "GET",
    "identity": {
      "accessKey": null, "accountId": null, "caller": null, "cognitoAuthenticationProvider": null,
      "cognitoAuthenticationType": null, "cognitoIdentityId": null, "cognitoIdentityPoolId": null,
      "principalOrgId": null, "sourceIp": "192.0.2.1", "user": null, "userAgent": "agent", "userArn": null
    },
    "path": "/v1/orders/7", "protocol": "HTTP/1.1", "requestId": "id", "requestTime": "04/Mar/2020:19:03:58 +0000",
    "requestTimeEpoch": 1583348638390, "resourceId": "orders-id", "resourcePath": "/orders/{id}", "stage": "v1"
  },
  "pathParameters": {"id": "7"},
  "stageVariables": {"table": "orders"},
  "body": null,
  "isBase64Encoded": false
}`

func proxied(api *sparta.API) {
	api.Stage.Variables["table"] = "orders"
	api.BinaryMediaTypes = []string{"image/png"}
	for _, resource := range api.Resources {
		for _, method := range resource.Methods {
			method.Integration.Type = "AWS_PROXY"
		}
	}
}

func TestTheEventOfAProxyIntegration(t *testing.T) {
	s := servingREST(t, `{"statusCode":200}`, proxied)
	request := httptest.NewRequest(http.MethodGet,
		"/v1/orders/7?parameter1=value1&parameter1=value2&parameter2=value", nil)
	request.Header = http.Header{"Header1": {"value1"}, "Header2": {"value1", "value2"}, "User-Agent": {"agent"}}
	s.do(request)
	equalJSON(t, s.event, documentedProxyEvent)
}

func TestResponsesOfAProxyIntegration(t *testing.T) {
	tests := map[string]struct {
		response any
		status   int
		header   string
		body     string
	}{
		"a response": {
			`{"statusCode":201,"headers":{"x-a":"1"},"multiValueHeaders":{"set-cookie":["a=1","b=2"]},"body":"ü"}`,
			201, "Content-Type: application/json\nSet-Cookie: a=1\nSet-Cookie: b=2\nX-A: 1", "ü",
		},
		"a binary body": {
			`{"statusCode":200,"headers":{"content-type":"image/png"},"body":"/w==","isBase64Encoded":true}`,
			200, "Content-Type: image/png", "\xff",
		},
		"base64 of a type that is not binary": {
			`{"statusCode":200,"headers":{"content-type":"image/gif"},"body":"/w==","isBase64Encoded":true}`,
			200, "Content-Type: image/gif", "/w==",
		},
		"a failure of the function": {
			errors.New("boom"), 502, "Content-Type: application/json", `{"message":"Internal server error"}`,
		},
		"too many invocations": {
			gateway.ErrThrottled, 500, "Content-Type: application/json", `{"message":"Internal server error"}`,
		},
		"anything else": {`"x"`, 502, "Content-Type: application/json", `{"message":"Internal server error"}`},
		"no status":     {`{}`, 502, "Content-Type: application/json", `{"message":"Internal server error"}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := servingREST(t, test.response, proxied)
			s.checkGet(t, "/v1/orders", test.status, test.header, test.body)
		})
	}
}

func TestRequiredParameters(t *testing.T) {
	s := servingREST(t, `{}`, func(api *sparta.API) {
		get := method(api, "/orders", "GET")
		get.ValidateParameters = true
		get.Parameters["method.request.querystring.page"] = true
		get.Parameters["method.request.header.X-Key"] = true
		get.Parameters["method.request.header.X-Other"] = false
	})
	response := s.do(httptest.NewRequest(http.MethodGet, "/v1/orders", nil))
	body, _ := io.ReadAll(response.Body)
	const want = `{"message":"Missing required request parameters: [X-Key, page]"}`
	if response.StatusCode != http.StatusBadRequest || string(body) != want || s.event != nil {
		t.Errorf("status %d, %s, and the function gets %s", response.StatusCode, body, s.event)
	}
	request := httptest.NewRequest(http.MethodGet, "/v1/orders?page=", nil)
	request.Header.Set("X-Key", "1")
	if response := s.do(request); response.StatusCode != http.StatusOK {
		t.Errorf("with all of them, the status is %d", response.StatusCode)
	}
}
