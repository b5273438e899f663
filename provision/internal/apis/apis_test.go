package apis

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

// TestEachKindOfAPIHasItsResources: a kind that is confused with another would replace the API.
func TestEachKindOfAPIHasItsResources(t *testing.T) {
	function := sparta.HandleAWSLambda("f", func() {}, "role")
	rest := sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	resource, err := rest.NewResource("/orders", function)
	if err == nil {
		_, err = resource.NewMethod("GET", 200)
	}
	if err != nil {
		t.Fatal(err)
	}
	http := sparta.NewHTTPAPI("Shop", sparta.NewStage("v1"))
	http.NewRoute("GET /orders", function)
	socket := sparta.NewWebSocketAPI("Shop", sparta.NewStage("v1"))
	socket.NewRoute("$connect", function)
	functions := []apipart.Function{{Name: "f", ID: "F", Callee: "FFunction", ARN: "${FFunction.Arn}"}}
	for name, test := range map[string]struct {
		api        *sparta.API
		kind       string // of a resource
		statements int    // of the function's role
		route      string
	}{
		"no API":          {nil, "", 0, ""},
		"a REST API":      {rest, "AWS::ApiGateway::RestApi", 0, "GET /orders"},
		"an HTTP API":     {http, "AWS::ApiGatewayV2::Api", 0, "GET /orders"},
		"a WebSocket API": {socket, "AWS::ApiGatewayV2::Api", 1, "$connect"},
	} {
		t.Run(name, func(t *testing.T) {
			template := cloudformation.NewTemplate("")
			err := AddTo(template, test.api, functions, "eu-west-1")
			if err == nil {
				err = Check(test.api, []string{"f"})
			}
			if err != nil {
				t.Fatal(err)
			}
			kinds := map[string]bool{}
			for _, resource := range template.Resources {
				kinds[resource.Type] = true
			}
			if test.api == nil && len(kinds) > 0 || test.api != nil && !kinds[test.kind] {
				t.Errorf("the resources are of the types %v", slices.Sorted(maps.Keys(kinds)))
			}
			if _, found := Outputs(test.api)[sparta.OutputAPIGatewayURL]; found != (test.api != nil) {
				t.Errorf("the outputs are %v", Outputs(test.api))
			}
			if got := Statements(test.api, "f", []string{"f"}); len(got) != test.statements {
				t.Errorf("the role's statements are %v, want %d", got, test.statements)
			}
			if test.api == nil {
				return
			}
			if got := fmt.Sprint(Routes(test.api, []string{"f"})); !strings.Contains(got, test.route) {
				t.Errorf("the routes are %s, want %s", got, test.route)
			}
			if got := Neighbours(test.api, "f", []string{"f"}); len(got) == 0 {
				t.Error("nothing invokes the function")
			}
		})
	}
}

func TestAnUnknownProtocol(t *testing.T) {
	api := &sparta.API{Name: "Shop", ProtocolType: "GRAPHQL"}
	const want = `API Shop: ProtocolType "GRAPHQL" is unknown: use HTTP or WEBSOCKET, or leave it empty for a REST API`
	for name, err := range map[string]error{
		"the check": Check(api, nil), "the template": AddTo(cloudformation.NewTemplate(""), api, nil, ""),
	} {
		if err == nil || err.Error() != want {
			t.Errorf("%s returns %v, want %s", name, err, want)
		}
	}
}
