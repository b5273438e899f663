package httpevent_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"github.com/go-sparta/sparta/internal/httpevent"
)

// restEvent, httpEvent and balancerEvent are requests of GET /a from 192.0.2.1, with a change. They are of
// aws-lambda-go's types, which have the names of AWS's documents.
func restEvent(change func(*events.APIGatewayProxyRequest)) any {
	e := events.APIGatewayProxyRequest{
		Resource: "/{proxy+}", HTTPMethod: "GET", Path: "/a",
		MultiValueHeaders: map[string][]string{"Host": {"x.execute-api.eu-west-1.amazonaws.com"}},
		RequestContext: events.APIGatewayProxyRequestContext{
			Stage: "prod", Path: "/prod/a", Protocol: "HTTP/1.1",
			Identity: events.APIGatewayRequestIdentity{SourceIP: "192.0.2.1"},
		},
	}
	change(&e)
	return e
}

func httpEvent(change func(*events.APIGatewayV2HTTPRequest)) any {
	e := events.APIGatewayV2HTTPRequest{
		Version: "2.0", RouteKey: "$default", RawPath: "/a",
		Headers: map[string]string{"host": "x.execute-api.eu-west-1.amazonaws.com"},
		RequestContext: events.APIGatewayV2HTTPRequestContext{
			Stage: "$default", DomainName: "x.execute-api.eu-west-1.amazonaws.com",
			HTTP: events.APIGatewayV2HTTPRequestContextHTTPDescription{
				Method: "GET", Path: "/a", Protocol: "HTTP/1.1", SourceIP: "192.0.2.1",
			},
		},
	}
	change(&e)
	return e
}

func balancerEvent(change func(*events.ALBTargetGroupRequest)) any {
	e := events.ALBTargetGroupRequest{
		HTTPMethod: "GET", Path: "/a",
		Headers: map[string]string{"host": "x.elb.amazonaws.com", "x-forwarded-for": "203.0.113.9, 192.0.2.1"},
		RequestContext: events.ALBTargetGroupRequestContext{
			ELB: events.ELBContext{
				TargetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/1",
			},
		},
	}
	change(&e)
	return e
}

func same[T any](*T) {}

// summary is what a test compares of a request.
func summary(r *http.Request) string {
	body, _ := io.ReadAll(r.Body)
	text := fmt.Sprintf("%s %s path=%s %s from %s", r.Method, r.RequestURI, r.URL.Path, r.Proto, r.RemoteAddr)
	for _, name := range []string{"Accept", "Cookie", "Content-Type"} {
		if values := r.Header.Values(name); len(values) > 0 {
			text += fmt.Sprintf(" %s=%q", name, values)
		}
	}
	if len(body) > 0 || r.ContentLength != 0 {
		text += fmt.Sprintf(" body=%q (%d)", body, r.ContentLength)
	}
	return text
}

func TestRequests(t *testing.T) {
	tests := map[string]struct {
		event any
		want  string
	}{
		"of a REST API": {
			restEvent(same), "GET /a path=/a HTTP/1.1 from 192.0.2.1:0",
		},
		"with a query that a REST API has unescaped": {
			restEvent(func(e *events.APIGatewayProxyRequest) {
				e.MultiValueQueryStringParameters = map[string][]string{"q": {"a b", "&="}, "empty": {""}}
				e.QueryStringParameters = map[string]string{"q": "&=", "empty": ""}
			}),
			"GET /a?empty=&q=a+b&q=%26%3D path=/a HTTP/1.1 from 192.0.2.1:0",
		},
		"with a path that has been unescaped": {
			restEvent(func(e *events.APIGatewayProxyRequest) { e.Path = "/a b/ü?" }),
			"GET /a%20b/%C3%BC%3F path=/a b/ü? HTTP/1.1 from 192.0.2.1:0",
		},
		"with a percent sign that nothing follows": {
			restEvent(func(e *events.APIGatewayProxyRequest) { e.Path = "/100%" }),
			"GET /100%25 path=/100% HTTP/1.1 from 192.0.2.1:0",
		},
		"with a header twice, and a body in base64": {
			restEvent(func(e *events.APIGatewayProxyRequest) {
				e.HTTPMethod, e.Body, e.IsBase64Encoded = "POST", "AP8=", true
				e.MultiValueHeaders["accept"] = []string{"text/html", "text/plain"}
			}),
			`POST /a path=/a HTTP/1.1 from 192.0.2.1:0 Accept=["text/html" "text/plain"] body="\x00\xff" (2)`,
		},
		"of an HTTP API, with cookies": {
			httpEvent(func(e *events.APIGatewayV2HTTPRequest) {
				e.RawQueryString, e.Cookies = "q=a+b&q=%26", []string{"a=1", "b=2"}
				e.RequestContext.HTTP.Method, e.Body = "PUT", "grüße"
			}),
			`PUT /a?q=a+b&q=%26 path=/a HTTP/1.1 from 192.0.2.1:0 Cookie=["a=1; b=2"] body="grüße" (7)`,
		},
		"with the stage in the path": {
			httpEvent(func(e *events.APIGatewayV2HTTPRequest) {
				e.RequestContext.Stage, e.RawPath = "prod", "/prod/a"
			}),
			"GET /a path=/a HTTP/1.1 from 192.0.2.1:0",
		},
		"of the root of a stage": {
			httpEvent(func(e *events.APIGatewayV2HTTPRequest) {
				e.RequestContext.Stage, e.RawPath = "prod", "/prod"
			}),
			"GET / path=/ HTTP/1.1 from 192.0.2.1:0",
		},
		"of a path that begins like the stage": {
			httpEvent(func(e *events.APIGatewayV2HTTPRequest) {
				e.RequestContext.Stage, e.RawPath = "prod", "/products"
			}),
			"GET /products path=/products HTTP/1.1 from 192.0.2.1:0",
		},
		"of a custom domain, whose paths have no stage": {
			httpEvent(func(e *events.APIGatewayV2HTTPRequest) {
				e.RequestContext.Stage, e.RawPath = "prod", "/prod/a"
				e.RequestContext.DomainName = "api.example.com"
			}),
			"GET /prod/a path=/prod/a HTTP/1.1 from 192.0.2.1:0",
		},
		"of version 1.0, with the stage in the path": {
			map[string]any{
				"version": "1.0", "httpMethod": "GET", "path": "/prod/a", "requestContext": map[string]any{
					"stage": "prod", "domainName": "x.execute-api.eu-west-1.amazonaws.com",
				},
				"headers": map[string]string{"host": "x.execute-api.eu-west-1.amazonaws.com"},
			},
			"GET /a path=/a HTTP/1.1 from ",
		},
		"of a function URL, with an escaped slash": {
			httpEvent(func(e *events.APIGatewayV2HTTPRequest) {
				e.RawPath, e.RequestContext.DomainName = "/a%2Fb", "x.lambda-url.eu-west-1.on.aws"
			}),
			"GET /a%2Fb path=/a/b HTTP/1.1 from 192.0.2.1:0",
		},
		"from IPv6 and HTTP/2": {
			httpEvent(func(e *events.APIGatewayV2HTTPRequest) {
				e.RequestContext.HTTP.SourceIP, e.RequestContext.HTTP.Protocol = "2001:db8::1", "HTTP/2"
			}),
			"GET /a path=/a HTTP/2.0 from [2001:db8::1]:0",
		},
		"of a load balancer, which escapes the query": {
			balancerEvent(func(e *events.ALBTargetGroupRequest) {
				e.QueryStringParameters = map[string]string{"q": "a%20b", "p": "1"}
			}),
			"GET /a?p=1&q=a%20b path=/a HTTP/1.1 from 192.0.2.1:0",
		},
		"of a load balancer with several values for a name": {
			balancerEvent(func(e *events.ALBTargetGroupRequest) {
				e.Headers = nil
				e.MultiValueHeaders = map[string][]string{
					"host": {"x"}, "accept": {"a", "b"}, "x-forwarded-for": {"192.0.2.1"},
				}
				e.MultiValueQueryStringParameters = map[string][]string{"q": {"1", "2"}}
			}),
			`GET /a?q=1&q=2 path=/a HTTP/1.1 from 192.0.2.1:0 Accept=["a" "b"]`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			document, err := json.Marshal(test.event)
			if err != nil {
				t.Fatal(err)
			}
			var got string
			handler := httpevent.Handler{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				got = summary(r)
				if r.Host == "" || r.Header.Get("Host") != "" {
					t.Errorf("the host is %q, and in the header %q", r.Host, r.Header.Get("Host"))
				}
				if event, ok := httpevent.FromContext(r.Context()); !ok || !bytes.Equal(event, document) {
					t.Errorf("the request's context has the event %s", event)
				}
			})}
			if _, err := handler.Invoke(context.Background(), document); err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("the request is\n%s, want\n%s", got, test.want)
			}
		})
	}
}

func TestResponses(t *testing.T) {
	two := func(e *events.ALBTargetGroupRequest) { e.MultiValueHeaders = map[string][]string{"host": {"x"}} }
	head := func(e *events.APIGatewayV2HTTPRequest) { e.RequestContext.HTTP.Method = "HEAD" }
	cookies := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Add("Set-Cookie", "a=1")
		w.Header().Add("Set-Cookie", "b=2; Secure")
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, "grüße")
	}
	binary := func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("\x89PNG\r\n\x1a\n")) }
	tests := map[string]struct {
		event   any
		handler http.HandlerFunc
		want    string
	}{
		"cookies of a REST API": {restEvent(same), cookies, `{"statusCode":201,"multiValueHeaders":` +
			`{"Content-Type":["text/plain"],"Set-Cookie":["a=1","b=2; Secure"]},` +
			`"body":"grüße","isBase64Encoded":false}`},
		"cookies of an HTTP API": {httpEvent(same), cookies, `{"statusCode":201,"headers":` +
			`{"Content-Type":"text/plain"},"cookies":["a=1","b=2; Secure"],"body":"grüße","isBase64Encoded":false}`},
		"cookies of a load balancer": {balancerEvent(two), cookies, `{"statusCode":201,` +
			`"statusDescription":"201 Created",` +
			`"multiValueHeaders":{"Content-Type":["text/plain"],"Set-Cookie":["a=1","b=2; Secure"]},` +
			`"body":"grüße","isBase64Encoded":false}`},
		"binary, of a type that is detected": {httpEvent(same), binary, `{"statusCode":200,"headers":` +
			`{"Content-Type":"image/png"},"body":"iVBORw0KGgo=","isBase64Encoded":true}`},
		"compressed text": {httpEvent(same), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, "x")
		}, `{"statusCode":200,"headers":{"Content-Encoding":"br","Content-Type":"text/html"},` +
			`"body":"eA==","isBase64Encoded":true}`},
		"nothing": {
			httpEvent(same), func(http.ResponseWriter, *http.Request) {},
			`{"statusCode":200,"body":"","isBase64Encoded":false}`,
		},
		"of HEAD, without the body": {
			httpEvent(head), func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "x") },
			`{"statusCode":200,"headers":{"Content-Type":"text/plain; charset=utf-8"},` +
				`"body":"","isBase64Encoded":false}`,
		},
		"a failure is a response, not an error": {
			restEvent(same), func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) },
			`{"statusCode":404,"multiValueHeaders":{"Content-Type":["text/plain; charset=utf-8"],` +
				`"X-Content-Type-Options":["nosniff"]},"body":"404 page not found\n","isBase64Encoded":false}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			document, err := json.Marshal(test.event)
			if err != nil {
				t.Fatal(err)
			}
			got, err := httpevent.Handler{Handler: test.handler}.Invoke(context.Background(), document)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != test.want {
				t.Errorf("the response is\n%s, want\n%s", got, test.want)
			}
		})
	}
}

func TestRefusedEvents(t *testing.T) {
	tests := map[string]struct{ event, want string }{
		"of a queue": {
			`{"Records":[{"body":"x"}]}`,
			"that `cgo:explore` shows, or with `cgo:invoke -sample=http-api` (behind a load balancer: `-sample=alb`)",
		},
		"that is not JSON":    {`x`, "read the event as an HTTP request: invalid character"},
		"with a broken body":  {`{"httpMethod":"POST","body":"%","isBase64Encoded":true}`, "isBase64Encoded"},
		"of another protocol": {`{"httpMethod":"GET","requestContext":{"protocol":"ftp"}}`, `protocol "ftp"`},
	}
	for name, test := range tests {
		_, err := httpevent.Handler{Handler: http.NotFoundHandler()}.Invoke(context.Background(), []byte(test.event))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("an event %s: %v, want an error with %q", name, err, test.want)
		}
	}
	_, err := httpevent.Handler{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(600)
	})}.Invoke(context.Background(), []byte(`{"httpMethod":"GET"}`))
	if err == nil || !strings.Contains(err.Error(), "status 600") {
		t.Errorf("a status of 600: %v", err)
	}
}
