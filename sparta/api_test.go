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

// The name of a function may be set after its resources were made.
func TestAResourceHasTheFunctionsFinalName(t *testing.T) {
	function := HandleAWSLambda("f", func() {}, "role")
	api := NewAPIGateway("Shop", nil)
	if _, err := api.NewResource("/", function); err != nil {
		t.Fatal(err)
	}
	function.Options.SpartaOptions = &SpartaOptions{Name: "other"}
	text, err := json.Marshal(api)
	if err != nil || !strings.Contains(string(text), `"function":"other"`) {
		t.Errorf("the API is %s, %v", text, err)
	}
}
