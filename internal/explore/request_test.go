package explore

import (
	"encoding/json"
	"maps"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/sparta"
)

// serving returns what serves the function f behind an API, and its log.
func serving(t *testing.T, api *sparta.API, change func(*parsed)) (*web, func() string) {
	t.Helper()
	e, log := newTestEngine(t)
	change(e.options)
	e.service.API = api
	e.service.Functions[0].Description.FunctionURL = &sparta.LambdaFunctionURL{AuthType: "NONE"}
	w := &web{engine: e, address: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}}
	if _, _, err := w.update(localservice.Service{Functions: e.service.Functions, API: api}); err != nil {
		t.Fatal(err)
	}
	return w, log.String
}

func unchanged(*parsed) {}

// ordersAPI returns a REST API whose methods require parameters and authorization.
func ordersAPI(t *testing.T) *sparta.API {
	t.Helper()
	api := sparta.NewAPIGateway("Orders", sparta.NewStage("v1"))
	for path, verbs := range map[string][]string{
		"/orders": {"GET", "POST"}, "orders/{id}/{rest+}": {"ANY"}, "/private": {"GET"},
	} {
		resource, err := api.NewResource(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, verb := range verbs {
			method, err := resource.NewMethod(verb, http.StatusOK)
			if err != nil {
				t.Fatal(err)
			}
			method.ValidateParameters = true
			switch verb + path {
			case "GET/orders":
				method.Parameters = map[string]bool{
					"method.request.querystring.page": true, "method.request.querystring.size": false,
					"method.request.header.X-Tenant": true, "method.request.header.X-Trace": false,
				}
			case "POST/orders":
				method.Parameters["method.request.header.Content-Type"] = true
			case "GET/private":
				method.Authorizer = api.NewCognitoAuthorizer("users",
					"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a").Name
				method.APIKeyRequired = true
			}
		}
	}
	return api
}

// The gateway accepts the request of each route, so that its event can be sent as it is.
func TestTheEventOfARequestToARESTAPI(t *testing.T) {
	w, _ := serving(t, ordersAPI(t), unchanged)
	type event struct {
		Method      string
		Headers     map[string]string
		QueryParams map[string]string
		PathParams  map[string]string
		Body        any
		Context     struct{ ResourcePath string }
	}
	for route, holds := range map[string]func(event) bool{
		"GET /orders": func(e event) bool {
			return maps.Equal(e.QueryParams, map[string]string{"page": "page"}) &&
				e.Headers["X-Tenant"] == "X-Tenant" && e.Headers["X-Trace"] == "" && e.Headers["Content-Type"] == ""
		},
		"POST /orders": func(e event) bool {
			body, isObject := e.Body.(map[string]any)
			return isObject && len(body) == 0 && e.Headers["Content-Type"] == "application/json"
		},
		"ANY /orders/{id}/{rest+}": func(e event) bool {
			return e.Method == "GET" && maps.Equal(e.PathParams, map[string]string{"id": "id", "rest": "rest"})
		},
		"GET /private": func(e event) bool { return e.Method == "GET" && e.Context.ResourcePath == "/private" },
		"function URL": func(event) bool { return true },
	} {
		text, err := w.event(t.Context(), "f", route)
		var got event
		if err == nil {
			err = json.Unmarshal(text, &got)
		}
		if err != nil || !holds(got) {
			t.Errorf("%s: %v: %s", route, err, text)
		}
	}
}

func TestTheEventOfARequestToAnHTTPAPI(t *testing.T) {
	api := sparta.NewHTTPAPI("shop", nil)
	api.NewRoute("$default", nil)
	api.NewRoute("PUT /items/{name}", nil)
	w, _ := serving(t, api, unchanged)
	for route, want := range map[string]string{
		"$default":          `"rawPath":"/"`,
		"PUT /items/{name}": `"pathParameters":{"name":"name"}`,
		"URL":               `"routeKey":"$default"`,
	} {
		if text, err := w.event(t.Context(), "f", route); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: %v: %s, want %s", route, err, text, want)
		}
	}
}

// The log says once what nobody verifies.
func TestUnverifiedSignaturesAreMentionedOnce(t *testing.T) {
	const mention = "the signatures of tokens are not verified"
	for name, test := range map[string]struct {
		api    *sparta.API
		change func(*parsed)
		want   int
	}{
		"tokens":                   {ordersAPI(t), unchanged, 1},
		"tokens and their keys":    {ordersAPI(t), func(o *parsed) { o.Flags.JWKS = "keys.json" }, 0},
		"no authorizers":           {ordersAPI(t), func(o *parsed) { o.Flags.NoAuthorizers = true }, 0},
		"an API that has no token": {sparta.NewHTTPAPI("shop", nil), unchanged, 0},
		"no API":                   {nil, unchanged, 0},
	} {
		w, log := serving(t, test.api, test.change)
		if _, _, err := w.update(w.engine.service); err != nil { // after a change
			t.Fatal(err)
		}
		if got := strings.Count(log(), mention); got != test.want {
			t.Errorf("%s: it is mentioned %d times, want %d:\n%s", name, got, test.want, log())
		}
	}
}

func TestRequestsThatHaveNoEvent(t *testing.T) {
	w, _ := serving(t, nil, unchanged)
	if text, err := w.event(t.Context(), "f", "GET /orders"); err == nil ||
		!strings.Contains(err.Error(), "no API that is served here") {
		t.Errorf("without an API: %s, %v", text, err)
	}
	w, _ = serving(t, ordersAPI(t), unchanged)
	if text, err := w.event(t.Context(), "f", "PUT /orders"); err == nil ||
		!strings.Contains(err.Error(), "make the event of route PUT /orders: PUT /v1/orders is answered with 403") {
		t.Errorf("without the method: %s, %v", text, err)
	}
	if text, err := (&web{engine: w.engine}).event(t.Context(), "f", "GET /orders"); err == nil {
		t.Errorf("before the first build: %s", text)
	}
}
