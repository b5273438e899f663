package sparta

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta/apigateway"
)

func TestMethodsOfFunctionsThatReturnAResponse(t *testing.T) {
	for name, test := range map[string]struct {
		handler any
		want    string
	}{
		"a response":     {func() (*apigateway.Response, error) { return nil, nil }, apigateway.ResponseTemplate},
		"something else": {func() (string, error) { return "", nil }, ""},
		"nothing":        {func() {}, ""},
		"no function":    {nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			resource, err := NewAPIGateway("Shop", nil).NewResource("/", HandleAWSLambda("f", test.handler, "role"))
			if err != nil {
				t.Fatal(err)
			}
			method, err := resource.NewMethod("GET", 200, 404)
			if err != nil {
				t.Fatal(err)
			}
			if got := method.Integration.Responses[200].Templates["application/json"]; got != test.want {
				t.Errorf("the template is %q", got)
			}
		})
	}
}

// The name of a function may be set after the parts of an API were made.
func TestPartsOfAnAPIHaveTheFunctionsFinalName(t *testing.T) {
	for name, test := range map[string]struct {
		api *API
		add func(*API, *LambdaAWSInfo) error
	}{
		"a resource": {NewAPIGateway("Shop", nil), func(api *API, function *LambdaAWSInfo) error {
			_, err := api.NewResource("/", function)
			return err
		}},
		"a route": {NewHTTPAPI("Shop", nil), func(api *API, function *LambdaAWSInfo) error {
			api.NewRoute("GET /", function)
			return nil
		}},
		"an authorizer of a REST API": {NewAPIGateway("Shop", nil), func(api *API, function *LambdaAWSInfo) error {
			api.NewLambdaAuthorizer("keys", function)
			return nil
		}},
		"an authorizer of an HTTP API": {NewHTTPAPI("Shop", nil), func(api *API, function *LambdaAWSInfo) error {
			api.NewLambdaAuthorizer("keys", function)
			return nil
		}},
	} {
		t.Run(name, func(t *testing.T) {
			function := HandleAWSLambda("f", func() {}, "role")
			if err := test.add(test.api, function); err != nil {
				t.Fatal(err)
			}
			function.Options.SpartaOptions = &SpartaOptions{Name: "other"}
			text, err := json.Marshal(test.api)
			if err != nil || !strings.Contains(string(text), `"function":"other"`) {
				t.Errorf("the API is %s, %v", text, err)
			}
		})
	}
}

func TestAnAuthorizersFunction(t *testing.T) {
	function := HandleAWSLambda("f", func() {}, "role")
	for name, test := range map[string]struct {
		authorizer *Authorizer
		want       string
	}{
		"of the service": {new(API).NewLambdaAuthorizer("keys", function), "other"},
		"the only one":   {new(API).NewLambdaAuthorizer("keys", nil), ""},
		"by its name":    {&Authorizer{Name: "keys", Type: "TOKEN", Function: "g"}, "g"},
	} {
		t.Run(name, func(t *testing.T) {
			function.Options.SpartaOptions = &SpartaOptions{Name: "other"}
			if got := test.authorizer.FunctionName(); got != test.want {
				t.Errorf("its name is %q, want %q", got, test.want)
			}
		})
	}
}

// The only function of a plain application is not known in its magefile.
func TestAnAuthorizerOfTheOnlyFunction(t *testing.T) {
	for name, api := range map[string]*API{
		"REST": NewAPIGateway("Shop", nil), "HTTP": NewHTTPAPI("Shop", nil), "WebSocket": NewWebSocketAPI("Shop", nil),
	} {
		api.NewLambdaAuthorizer("keys", nil)
		text, err := json.Marshal(api)
		if err != nil || strings.Contains(string(text), `"function":`) {
			t.Errorf("the %s API is %s, %v", name, text, err)
		}
	}
}
