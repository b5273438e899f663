package gateway_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/sparta"
)

// servingHTTP serves an HTTP API of the function orders, with routes and a change.
func servingHTTP(response any, change func(*sparta.API), keys ...string) *served {
	api := sparta.NewHTTPAPI("Orders", nil)
	for _, key := range keys {
		api.NewRoute(key, nil)
	}
	change(api)
	s := serving(response)
	s.HTTP = gateway.NewHTTP(api, "orders")
	return s
}

func TestRoutesOfAnHTTPAPI(t *testing.T) {
	keys := []string{
		"GET /orders", "ANY /orders", "GET /orders/{id}", "GET /orders/new", "GET /orders/{id}/items/{item}",
		"GET /files/{path+}", "ANY /{path+}", "GET /slash/", "GET /",
	}
	withDefault := append([]string{"$default"}, keys[:6]...)
	inStage := func(api *sparta.API) { api.Stage.Name = "v1" }
	tests := map[string]struct {
		keys    []string
		change  func(*sparta.API)
		request string
		want    string // route, its parameter and the path in the event; empty means that no function is invoked
	}{
		"a path":                     {keys, unchanged, "GET /orders", "GET /orders [] /orders"},
		"another method":             {keys, unchanged, "PUT /orders", "ANY /orders [] /orders"},
		"a parameter":                {keys, unchanged, "GET /orders/7", "GET /orders/{id} [id=7] /orders/7"},
		"text before a parameter":    {keys, unchanged, "GET /orders/new", "GET /orders/new [] /orders/new"},
		"an escaped parameter":       {keys, unchanged, "GET /orders/a%2Fb", "GET /orders/{id} [id=a/b] /orders/a/b"},
		"the rest of a path":         {keys, unchanged, "GET /files/a/b", "GET /files/{path+} [path=a/b] /files/a/b"},
		"the rest of another":        {keys, unchanged, "PUT /files/a/b", "ANY /{path+} [path=files/a/b] /files/a/b"},
		"the root":                   {keys, unchanged, "GET /", "GET / [] /"},
		"a slash at the end":         {keys, unchanged, "GET /slash/", "GET /slash/ [] /slash/"},
		"no slash at the end":        {keys, unchanged, "GET /slash", "ANY /{path+} [path=slash] /slash"},
		"the default":                {withDefault, unchanged, "PUT /orders/7", "$default [] /orders/7"},
		"the default of the root":    {withDefault, unchanged, "GET /", "$default [] /"},
		"a route before the default": {withDefault, unchanged, "GET /orders/7", "GET /orders/{id} [id=7] /orders/7"},

		"no route":                      {keys[:6], unchanged, "GET /other", ""},
		"no route of the method":        {keys[:6], unchanged, "PUT /orders/7", ""},
		"a slash too many":              {keys[:6], unchanged, "GET /orders/", ""},
		"in a stage":                    {keys, inStage, "GET /v1/orders", "GET /orders [] /v1/orders"},
		"the root of a stage":           {keys, inStage, "GET /v1", "GET / [] /v1/"},
		"outside of a stage":            {keys, inStage, "GET /orders", ""},
		"a stage that begins alike":     {keys, inStage, "GET /v10/orders", ""},
		"outside of a stage by default": {withDefault, inStage, "GET /orders", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := servingHTTP(`{"statusCode":200}`, test.change, test.keys...)
			verb, path, _ := strings.Cut(test.request, " ")
			response := s.do(httptest.NewRequest(verb, path, nil))
			if test.want == "" {
				body, _ := io.ReadAll(response.Body)
				if s.event != nil || response.StatusCode != 404 || string(body) != `{"message":"Not Found"}` {
					t.Errorf("status %d, %s, and a function is invoked with %s", response.StatusCode, body, s.event)
				}
				return
			}
			var event struct {
				RouteKey, RawPath string
				PathParameters    map[string]string
				RequestContext    struct{ RouteKey string }
			}
			if err := json.Unmarshal(s.event, &event); err != nil || s.function != "orders" {
				t.Fatalf("function %q is invoked with %s (error: %v)", s.function, s.event, err)
			}
			var parameters []string
			for name, value := range event.PathParameters {
				parameters = append(parameters, name+"="+value)
			}
			got := fmt.Sprint(event.RouteKey, " ", parameters, " ", event.RawPath)
			if got != test.want || event.RequestContext.RouteKey != event.RouteKey {
				t.Errorf("event %s is of %s, want %s", s.event, got, test.want)
			}
		})
	}
}

// The documented example of version 2.0, with this machine's API and without a client's certificate.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
const documentedHTTPEvent2 = `{
  "version": "2.0",
  "routeKey": "$default",
  "rawPath": "/my/path",
  "rawQueryString": "parameter1=value1&parameter1=value2&parameter2=value",
  "cookies": ["cookie1", "cookie2"],
  "headers": {
    "header1": "value1", "header2": "value1,value2", "content-type": "text/plain", "user-agent": "agent",
    "authorization": "TOKEN", "host": "local.execute-api.us-east-1.amazonaws.com",
    "x-forwarded-for": "192.0.2.1", "x-forwarded-port": "443", "x-forwarded-proto": "https"
  },
  "queryStringParameters": {"parameter1": "value1,value2", "parameter2": "value"},
  "requestContext": {
    "accountId": "123456789012",
    "apiId": "local",
    "authorizer": {
      "jwt": {
        "claims": {"aud": "web", "exp": "1583349000", "iss": "https://example.com", "scope": "scope1 scope2 scope3"},
        "scopes": ["scope1", "scope2"]
      }
    },
    "domainName": "local.execute-api.us-east-1.amazonaws.com",
    "domainPrefix": "local",
    "http": {
      "method": "POST", "path": "/my/path", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "agent"
    },
    "requestId": "id",
    "routeKey": "$default",
    "stage": "$default",
    "time": "04/Mar/2020:19:03:58 +0000",
    "timeEpoch": 1583348638390
  },
  "body": "Hello from Lambda",
  "stageVariables": {"stageVariable1": "value1", "stageVariable2": "value2"},
  "isBase64Encoded": false
}`

// The documented example of version 1.0, likewise, with the stage's variables.
const documentedHTTPEvent1 = `{
  "version": "1.0",
  "resource": "/my/path",
  "path": "/my/path",
  "httpMethod": "POST",
  "headers": {
    "header1": "value1", "header2": "value2", "content-type": "text/plain", "user-agent": "agent",
    "host": "local.execute-api.us-east-1.amazonaws.com", "cookie": "cookie1; cookie2",
    "x-forwarded-for": "192.0.2.1", "x-forwarded-port": "443", "x-forwarded-proto": "https"
  },
  "multiValueHeaders": {
    "header1": ["value1"], "header2": ["value1", "value2"], "content-type": ["text/plain"], "user-agent": ["agent"],
    "host": ["local.execute-api.us-east-1.amazonaws.com"], "cookie": ["cookie1; cookie2"],
    "x-forwarded-for": ["192.0.2.1"], "x-forwarded-port": ["443"], "x-forwarded-proto": ["https"]
  },
  "queryStringParameters": {"parameter1": "value1", "parameter2": "value"},
  "multiValueQueryStringParameters": {"parameter1": ["value1", "value2"], "parameter2": ["value"]},
  "requestContext": {
    "accountId": "123456789012",
    "apiId": "local",
    "authorizer": {"claims": null, "scopes": null},
    "domainName": "local.execute-api.us-east-1.amazonaws.com",
    "domainPrefix": "local",
    "extendedRequestId": "id",
    "httpMethod": "POST",
    "identity": {
      "accessKey": null, "accountId": null, "caller": null, "cognitoAuthenticationProvider": null,
      "cognitoAuthenticationType": null, "cognitoIdentityId": null, "cognitoIdentityPoolId": null,
      "principalOrgId": null, "sourceIp": "192.0.2.1", "user": null, "userAgent": "agent", "userArn": null
    },
    "path": "/my/path",
    "protocol": "HTTP/1.1",
    "requestId": "id",
    "requestTime": "04/Mar/2020:19:03:58 +0000",
    "requestTimeEpoch": 1583348638390,
    "resourceId": null,
    "resourcePath": "/my/path",
    "stage": "$default"
  },
  "pathParameters": null,
  "stageVariables": {"stageVariable1": "value1", "stageVariable2": "value2"},
  "body": "Hello from Lambda",
  "isBase64Encoded": false
}`

// documentedRequest returns the request of the documented examples.
func documentedRequest() *http.Request {
	request := httptest.NewRequest(http.MethodPost,
		"/my/path?parameter1=value1&parameter1=value2&parameter2=value", strings.NewReader("Hello from Lambda"))
	request.Header = http.Header{
		"Cookie": {"cookie1; cookie2"}, "Header1": {"value1"}, "Header2": {"value1", "value2"},
		"Content-Type": {"text/plain"}, "User-Agent": {"agent"},
	}
	return request
}

func withVariables(api *sparta.API) {
	api.Stage.Variables = map[string]any{"stageVariable1": "value1", "stageVariable2": "value2"}
}

func TestEventsOfAnHTTPAPI(t *testing.T) {
	token := signed(`{"iss":"https://example.com","aud":"web","exp":1583349000,"scope":"scope1 scope2 scope3"}`)
	s := servingHTTP(`{"statusCode":200}`, func(api *sparta.API) {
		withVariables(api)
		api.Routes[0].Authorizer = api.NewJWTAuthorizer("users", "https://example.com", "web").Name
		api.Routes[0].AuthorizationScopes = []string{"scope1", "scope2"}
	}, "$default")
	request := documentedRequest()
	request.Header.Set("Authorization", token)
	s.do(request)
	equalJSON(t, s.event, strings.Replace(documentedHTTPEvent2, "TOKEN", token, 1))

	s = servingHTTP(`{"statusCode":200}`, func(api *sparta.API) {
		withVariables(api)
		api.Routes[0].PayloadFormatVersion = "1.0"
	}, "$default")
	s.do(documentedRequest())
	equalJSON(t, s.event, documentedHTTPEvent1)
}

func TestResponsesOfAnHTTPAPI(t *testing.T) {
	version1 := func(api *sparta.API) { api.Routes[0].PayloadFormatVersion = "1.0" }
	const json = "Content-Type: application/json"
	tests := map[string]struct {
		change   func(*sparta.API)
		response any
		status   int
		header   string
		body     string
	}{
		"a response": {
			unchanged, `{"statusCode":201,"headers":{"x-a":"1"},"cookies":["a=1"],"body":"x"}`, 201,
			json + "\nSet-Cookie: a=1\nX-A: 1", "x",
		},
		"anything else": {unchanged, `{"a":1}`, 200, json, `{"a":1}`},
		"a binary body of version 1.0": {
			version1, `{"statusCode":200,"headers":{"content-type":"image/gif"},"body":"/w==","isBase64Encoded":true}`,
			200, "Content-Type: image/gif", "\xff",
		},
		"anything else of version 1.0": {version1, `{"a":1}`, 500, json, `{"message":"Internal Server Error"}`},
		"an error": {
			unchanged, &gateway.FunctionError{Message: "x", Document: "{}"}, 500, json,
			`{"message":"Internal Server Error"}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := servingHTTP(test.response, test.change, "$default")
			s.checkGet(t, "/", test.status, test.header, test.body)
		})
	}
}

func TestCorsOfAnHTTPAPI(t *testing.T) {
	configured := func(api *sparta.API) {
		api.CorsConfiguration = &sparta.APICors{
			AllowOrigins: []string{"https://a.example"}, AllowMethods: []string{"PUT"}, AllowHeaders: []string{"x-a"},
		}
	}
	const allowed = "Access-Control-Allow-Origin: https://a.example"
	const preflight = "Access-Control-Allow-Headers: x-a\nAccess-Control-Allow-Methods: PUT\n" + allowed
	const a, b = "https://a.example", "https://b.example"
	tests := map[string]struct {
		change              func(*sparta.API)
		key, method, origin string
		wanted              string // method of a preflight
		status              int
		want                string // of the headers about access
		invoked             bool
	}{
		"a request of an allowed origin":      {configured, "PUT /", "PUT", a, "", 200, allowed, true},
		"a request of another origin":         {configured, "PUT /", "PUT", b, "", 200, "", true},
		"a preflight":                         {configured, "PUT /", "OPTIONS", a, "PUT", 204, preflight, false},
		"a preflight of another origin":       {configured, "PUT /", "OPTIONS", b, "PUT", 204, "", false},
		"a preflight that a route fits":       {configured, "ANY /", "OPTIONS", a, "PUT", 200, preflight, true},
		"an answer to a path without a route": {configured, "PUT /x", "PUT", a, "", 404, allowed, false},
		"without rules, the function's": {
			unchanged, "PUT /", "PUT", a, "", 200, "Access-Control-Allow-Origin: own", true,
		},
		"without rules, a preflight is unknown": {unchanged, "PUT /", "OPTIONS", a, "PUT", 404, "", false},
		"all origins": {
			func(api *sparta.API) { api.CORSEnabled = true }, "PUT /", "PUT", b, "", 200,
			"Access-Control-Allow-Origin: *", true,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			response := `{"statusCode":200,"headers":{"access-control-allow-origin":"own"}}`
			s := servingHTTP(response, test.change, test.key)
			request := httptest.NewRequest(test.method, "/", nil)
			request.Header.Set("Origin", test.origin)
			if test.wanted != "" {
				request.Header.Set("Access-Control-Request-Method", test.wanted)
			}
			got := s.do(request)
			got.Header.Del("Content-Type")
			got.Header.Del("Vary")
			if lines := headerLines(got.Header); got.StatusCode != test.status || lines != test.want ||
				test.invoked != (s.event != nil) {
				t.Errorf("status %d, headers %q, invoked %v", got.StatusCode, lines, s.event != nil)
			}
		})
	}
}

// slow is the body of a client that pauses for too long.
type slow struct{}

func (slow) Read([]byte) (int, error) { return 0, os.ErrDeadlineExceeded }

func TestARequestThatDoesNotArrive(t *testing.T) {
	for path, s := range map[string]*served{
		"/": servingHTTP(`{"statusCode":200}`, func(*sparta.API) {}, "POST /"),
		"/v1/orders": servingREST(t, `{}`, func(api *sparta.API) {
			method(api, "/orders", "POST")
		}),
	} {
		checkAnswer(t, s, s.do(httptest.NewRequest(http.MethodPost, path, slow{})), `408 {"message":"Request Timeout"}`)
	}
}
