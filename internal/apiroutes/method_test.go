package apiroutes

import (
	"fmt"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

func TestKindsOfBodies(t *testing.T) {
	for contentType, want := range map[string]BodyKind{
		"application/json":                                JSONBody,
		"application/json; charset=utf-8":                 JSONBody,
		"Application/JSON":                                JSONBody,
		"application/vnd.api+json":                        JSONBody,
		"application/x-www-form-urlencoded":               FormBody,
		"application/x-www-form-urlencoded;charset=UTF-8": FormBody,
		"multipart/form-data; boundary=a":                 TextBody,
		"text/plain":                                      TextBody,
		"application/jsonlines":                           TextBody,
		"":                                                TextBody,
		"application/json; =":                             TextBody, // which cannot be parsed
	} {
		if got := KindOf(contentType); got != want {
			t.Errorf("%q has a body of kind %s, want %s", contentType, got, want)
		}
	}
}

func TestSettingsOfMethods(t *testing.T) {
	method := &sparta.Method{
		DefaultStatusCode: 201,
		Responses:         map[int]*sparta.Response{404: {}},
		Integration:       sparta.Integration{Responses: map[int]*sparta.IntegrationResponse{400: {}, 201: {}}},
	}
	if got, want := fmt.Sprint(Codes(method)), "[201 400 404 500]"; got != want {
		t.Errorf("the codes are %s, want %s", got, want)
	}
	const usual = "[application/json application/x-www-form-urlencoded multipart/form-data text/plain]"
	if got := fmt.Sprint(ContentTypes(method)); got != usual {
		t.Errorf("the content types are %s, want %s", got, usual)
	}
	method.SupportedRequestContentTypes = []string{"text/csv"}
	if got := fmt.Sprint(ContentTypes(method)); got != "[text/csv]" {
		t.Errorf("the content types are %s, want those that are set", got)
	}
}

// TestRoutesAreInOrder, whatever the order of the description and of its maps.
func TestRoutesAreInOrder(t *testing.T) {
	rest := &sparta.API{Resources: []*sparta.Resource{
		nil,
		{Path: "orders", Methods: map[string]*sparta.Method{"POST": {}, "GET": {}, "PUT": nil}},
		{Path: "/", Methods: map[string]*sparta.Method{"GET": {}}},
	}}
	got := ""
	for _, route := range Routes(rest) {
		got += route.Verb + " " + route.Path + ", "
	}
	if want := "GET /, GET /orders, POST /orders, "; got != want {
		t.Errorf("the routes are %s, want %s", got, want)
	}
	http := &sparta.API{Routes: []*sparta.Route{
		{RouteKey: "POST /b"}, nil, {RouteKey: "GET /b"}, {RouteKey: DefaultRoute}, {RouteKey: "GET /a"},
	}}
	got = ""
	for _, route := range HTTPRoutes(http) {
		got += route.RouteKey + ", "
	}
	if want := "$default, GET /a, GET /b, POST /b, "; got != want {
		t.Errorf("the routes are %s, want %s", got, want)
	}
}

func TestCORSOfAPIs(t *testing.T) {
	own := map[string]any{"Access-Control-Allow-Origin": "https://a.example"}
	for name, test := range map[string]struct {
		api     sparta.API
		headers int    // how many a REST API has
		origin  any    // which it allows
		origins string // which an HTTP API allows
	}{
		"none":    {sparta.API{}, 0, nil, "none"},
		"enabled": {sparta.API{CORSEnabled: true}, 3, "*", "[*]"},
		"own headers": {
			sparta.API{CORSEnabled: true, CORSOptions: &sparta.CORSOptions{Headers: own}},
			1, "https://a.example", "[*]",
		},
		"options without headers": {sparta.API{CORSOptions: &sparta.CORSOptions{}}, 3, "*", "none"},
		"a configuration": {
			sparta.API{
				CORSEnabled: true, CorsConfiguration: &sparta.APICors{AllowOrigins: []string{"https://b.example"}},
			},
			3, "*", "[https://b.example]",
		},
	} {
		headers := CORSHeaders(&test.api)
		if len(headers) != test.headers || headers["Access-Control-Allow-Origin"] != test.origin {
			t.Errorf("%s: the headers are %v", name, headers)
		}
		origins := "none"
		if cors := Cors(&test.api); cors != nil {
			origins = fmt.Sprint(cors.AllowOrigins)
		}
		if origins != test.origins {
			t.Errorf("%s: the origins are %s, want %s", name, origins, test.origins)
		}
	}
}
