package gateway_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/sparta"
)

// served is a gateway whose functions answer with response, or fail with it if it is an error. It returns the last
// event, and the failures that were reported.
type served struct {
	gateway.Gateway
	function string
	event    []byte
	failures []error
}

func serving(response any, urls ...gateway.URL) *served {
	s := &served{Gateway: gateway.Gateway{URLs: urls}}
	s.Invoke = func(_ context.Context, function string, event []byte) ([]byte, error) {
		s.function, s.event = function, event
		if err, failed := response.(error); failed {
			return nil, err
		}
		return []byte(response.(string)), nil
	}
	s.Now = func() time.Time { return time.UnixMilli(1583348638390) }
	s.NewID = func() string { return "id" }
	s.Failed = func(_ string, err error) { s.failures = append(s.failures, err) }
	return s
}

func (s *served) do(r *http.Request) *http.Response {
	recorder := httptest.NewRecorder()
	s.ServeHTTP(recorder, r)
	return recorder.Result()
}

// The documented example of a function URL's event, but for what AWS says is null and leaves out in practice.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
const documentedURLEvent = `{
  "version": "2.0",
  "routeKey": "$default",
  "rawPath": "/my/path",
  "rawQueryString": "parameter1=value1&parameter1=value2&parameter2=value",
  "cookies": ["cookie1", "cookie2"],
  "headers": {
    "header1": "value1", "header2": "value1,value2", "content-type": "text/plain", "user-agent": "agent",
    "host": "hello.lambda-url.us-east-1.on.aws",
    "x-forwarded-for": "192.0.2.1", "x-forwarded-port": "443", "x-forwarded-proto": "https"
  },
  "queryStringParameters": {"parameter1": "value1,value2", "parameter2": "value"},
  "requestContext": {
    "accountId": "123456789012",
    "apiId": "hello",
    "domainName": "hello.lambda-url.us-east-1.on.aws",
    "domainPrefix": "hello",
    "http": {
      "method": "POST", "path": "/my/path", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "agent"
    },
    "requestId": "id",
    "routeKey": "$default",
    "stage": "$default",
    "time": "04/Mar/2020:19:03:58 +0000",
    "timeEpoch": 1583348638390
  },
  "body": "Hello from client!",
  "isBase64Encoded": false
}`

func TestTheEventOfAFunctionURL(t *testing.T) {
	s := serving(`""`, gateway.URL{Function: "Hello"})
	request := httptest.NewRequest(http.MethodPost,
		"/my/path?parameter1=value1&parameter1=value2&parameter2=value", strings.NewReader("Hello from client!"))
	request.Header = http.Header{
		"Cookie": {"cookie1; cookie2"}, "Header1": {"value1"}, "Header2": {"value1", "value2"},
		"Content-Type": {"text/plain"}, "User-Agent": {"agent"},
	}
	s.do(request)
	var got, want any
	err := errors.Join(json.Unmarshal(s.event, &got), json.Unmarshal([]byte(documentedURLEvent), &want))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) || s.function != "Hello" {
		t.Errorf("function %s gets %s, want %s", s.function, s.event, documentedURLEvent)
	}
}

func TestBodiesOfEvents(t *testing.T) {
	tests := map[string]struct{ contentType, body, want string }{
		"none":                 {"", "", `"isBase64Encoded":false`},
		"JSON":                 {"application/json", `{"a":1}`, `"body":"{\"a\":1}","isBase64Encoded":false`},
		"a form":               {"application/x-www-form-urlencoded", "a=1", `"body":"YT0x","isBase64Encoded":true`},
		"text that is no text": {"text/plain", "\xff", `"body":"/w==","isBase64Encoded":true`},
		"of no type":           {"", "x", `"body":"eA==","isBase64Encoded":true`},
	}
	for name, test := range tests {
		s := serving(`""`, gateway.URL{Function: "hello"})
		request := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(test.body))
		request.Header.Set("Content-Type", test.contentType)
		s.do(request)
		if !strings.HasSuffix(string(s.event), test.want+"}") {
			t.Errorf("%s: the event is %s, want %s at its end", name, s.event, test.want)
		}
	}
}

func TestEventsOverLambdasLimit(t *testing.T) {
	rest := sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	for path, kind := range map[string]string{"/proxy": "AWS_PROXY", "/mapped": ""} {
		resource, err := rest.NewResource(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		method, err := resource.NewMethod(http.MethodPost, http.StatusOK)
		if err != nil {
			t.Fatal(err)
		}
		method.Integration.Type = kind
	}
	rest.BinaryMediaTypes = []string{"application/octet-stream"}
	http2, http1 := sparta.NewHTTPAPI("Shop", nil), sparta.NewHTTPAPI("Shop", nil)
	http2.NewRoute("POST /", nil)
	http1.NewRoute("POST /", nil).PayloadFormatVersion = "1.0"
	for name, test := range map[string]struct {
		gateway gateway.Gateway
		path    string
	}{
		"a function URL":           {gateway.Gateway{URLs: []gateway.URL{{Function: "hello"}}}, "/"},
		"an HTTP API":              {gateway.Gateway{HTTP: gateway.NewHTTP(http2, "hello")}, "/"},
		"an HTTP API, version 1.0": {gateway.Gateway{HTTP: gateway.NewHTTP(http1, "hello")}, "/"},
		"a REST API's proxy":       {gateway.Gateway{REST: gateway.NewREST(rest, "hello")}, "/v1/proxy"},
		"a REST API's mapping":     {gateway.Gateway{REST: gateway.NewREST(rest, "hello")}, "/v1/mapped"},
	} {
		for size, sized := range map[string]struct {
			body, contentType string
		}{
			"a large body":           {strings.Repeat(" ", 6<<20+1), "application/json"},
			"a large body in JSON":   {`"` + strings.Repeat(`\"`, 2<<20) + `"`, "application/json"},
			"a large body in base64": {strings.Repeat("\xff", 5<<20), "application/octet-stream"},
		} {
			if name == "a REST API's mapping" && size != "a large body" {
				continue // the event contains JSON as it is
			}
			s := serving(`"ok"`)
			s.URLs, s.HTTP, s.REST = test.gateway.URLs, test.gateway.HTTP, test.gateway.REST
			request := httptest.NewRequest(http.MethodPost, test.path, strings.NewReader(sized.body))
			request.Header.Set("Content-Type", sized.contentType)
			response := s.do(request)
			if response.StatusCode != http.StatusRequestEntityTooLarge || s.event != nil || len(s.failures) > 0 {
				t.Errorf("%s of %s: status %d, event of %d bytes, failures %v", size, name, response.StatusCode,
					len(s.event), s.failures)
			}
		}
	}
}

func TestResponsesOfFunctionURLs(t *testing.T) {
	tests := map[string]struct {
		response any
		status   int
		header   string // sorted lines
		body     string
	}{
		"a document with a status": {
			`{"statusCode":201,"headers":{"content-type":"text/html"},"cookies":["a=1","b=2"],"body":"<p>"}`,
			201, "Content-Type: text/html\nSet-Cookie: a=1\nSet-Cookie: b=2", "<p>",
		},
		"a binary body": {
			`{"statusCode":200,"headers":{"content-type":"image/png"},"body":"/w==","isBase64Encoded":true}`,
			200, "Content-Type: image/png", "\xff",
		},
		"anything else is JSON":   {`{"a":1}`, 200, "Content-Type: application/json", `{"a":1}`},
		"a text is the body":      {`"a"`, 200, "Content-Type: application/json", "a"},
		"a status without a body": {`{"statusCode":204}`, 204, "Content-Type: application/json", ""},
		"a failure of the function": {
			errors.New("boom"), 502, "Content-Type: application/json", `{"message":"Internal Server Error"}`,
		},
		"too many invocations": {
			gateway.ErrThrottled, 429, "Content-Type: application/json", `{"message":"Rate Exceeded."}`,
		},
		"a status that HTTP does not have": {
			`{"statusCode":1000}`, 502, "Content-Type: application/json", `{"message":"Internal Server Error"}`,
		},
		"a body that is not base64": {
			`{"statusCode":200,"body":"%","isBase64Encoded":true}`,
			502, "Content-Type: application/json", `{"message":"Internal Server Error"}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := serving(test.response, gateway.URL{Function: "hello"})
			s.checkGet(t, "/", test.status, test.header, test.body)
			if failed := test.status == 502; failed != (len(s.failures) == 1) {
				t.Errorf("reported failures: %v", s.failures)
			}
		})
	}
}

// checkGet fails unless a request is answered with a status, lines of headers and a body.
func (s *served) checkGet(t *testing.T, path string, status int, header, body string) {
	t.Helper()
	response := s.do(httptest.NewRequest(http.MethodGet, path, nil))
	text, err := io.ReadAll(response.Body)
	got := headerLines(response.Header)
	if err != nil || response.StatusCode != status || got != header || string(text) != body {
		t.Errorf("got status %d, %q, %q (error: %v), want %d, %q, %q",
			response.StatusCode, got, text, err, status, header, body)
	}
}

func headerLines(header http.Header) string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			lines = append(lines, name+": "+value)
		}
	}
	return strings.Join(lines, "\n")
}

func TestHosts(t *testing.T) {
	s := serving(`""`, gateway.URL{Function: "get_order"}, gateway.URL{Function: "Put"})
	for host, want := range map[string]string{
		"get-order.localhost:8080": "get_order", "GET-ORDER.localhost": "get_order", "put.localhost:1": "Put",
		"127.0.0.1:8080": "", "other.localhost": "",
	} {
		s.function = ""
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.Host = host
		status := s.do(request).StatusCode
		if s.function != want || (want == "") != (status == http.StatusNotFound) {
			t.Errorf("%s is function %q with status %d, want %q", host, s.function, status, want)
		}
	}
}

func TestCorsOfFunctionURLs(t *testing.T) {
	cors := &sparta.LambdaFunctionURLCors{
		AllowOrigins: []string{"https://a.example"}, AllowMethods: []string{"PUT"},
		AllowHeaders: []string{"x-a", "x-b"}, ExposeHeaders: []string{"date"}, AllowCredentials: true, MaxAge: 60,
	}
	tests := map[string]struct {
		cors                   *sparta.LambdaFunctionURLCors
		method, origin, wanted string
		want                   string // of the headers about access
		invoked                bool
	}{
		"a request of an allowed origin": {
			cors, "GET", "https://a.example", "",
			"Access-Control-Allow-Credentials: true\nAccess-Control-Allow-Origin: https://a.example\n" +
				"Access-Control-Expose-Headers: date\nVary: Origin", true,
		},
		"a request of another origin": {cors, "GET", "https://b.example", "", "", true},
		"a preflight": {
			cors, "OPTIONS", "https://a.example", "PUT",
			"Access-Control-Allow-Credentials: true\nAccess-Control-Allow-Headers: x-a,x-b\n" +
				"Access-Control-Allow-Methods: PUT\nAccess-Control-Allow-Origin: https://a.example\n" +
				"Access-Control-Max-Age: 60\nVary: Origin", false,
		},
		"a preflight of another method": {cors, "OPTIONS", "https://a.example", "DELETE", "", false},
		"any origin": {
			&sparta.LambdaFunctionURLCors{AllowOrigins: []string{"*"}}, "GET", "https://b.example", "",
			"Access-Control-Allow-Origin: *\nVary: Origin", true,
		},
		"without rules, OPTIONS is the function's": {nil, "OPTIONS", "https://a.example", "PUT", "", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := serving(`{"statusCode":200}`, gateway.URL{Function: "hello", Cors: test.cors})
			request := httptest.NewRequest(test.method, "/", nil)
			request.Header.Set("Origin", test.origin)
			if test.wanted != "" {
				request.Header.Set("Access-Control-Request-Method", test.wanted)
			}
			response := s.do(request)
			response.Header.Del("Content-Type")
			if got := headerLines(response.Header); got != test.want || test.invoked != (s.event != nil) {
				t.Errorf("headers %q, invoked %v", got, s.event != nil)
			}
		})
	}
}
