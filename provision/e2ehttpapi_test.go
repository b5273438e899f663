package provision_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// deployedHTTPAPI reads an HTTP API with the AWS command line.
type deployedHTTPAPI struct {
	d  *deployment
	id string
}

func (d *deployment) httpAPI(result map[string]string) deployedHTTPAPI {
	d.t.Helper()
	id, found := strings.CutSuffix(result["APIGatewayURL"], ".execute-api.us-east-1.amazonaws.com")
	if !found {
		d.t.Fatalf("outputs are %v, want the URL of the API", result)
	}
	return deployedHTTPAPI{d, strings.TrimPrefix(id, "https://")}
}

func (a deployedHTTPAPI) get(into any, command string, args ...string) string {
	a.d.t.Helper()
	args = append([]string{"apigatewayv2", command, "--api-id", a.id}, args...)
	return string(a.d.account.CLI(a.d.t, into, args...))
}

// httpRoute is a route as API Gateway shows it.
type httpRoute struct {
	RouteKey, Target, AuthorizationType, AuthorizerID string
	AuthorizationScopes                               []string
}

// routes returns the routes by their keys.
func (a deployedHTTPAPI) routes() (routes map[string]httpRoute, keys []string) {
	a.d.t.Helper()
	var found struct{ Items []httpRoute }
	a.get(&found, "get-routes")
	routes = map[string]httpRoute{}
	for _, route := range found.Items {
		routes[route.RouteKey] = route
		keys = append(keys, route.RouteKey)
	}
	slices.Sort(keys)
	return routes, keys
}

// TestAnHTTPAPIIsDeployedAndChanged follows an HTTP API from its first route to its removal.
func TestAnHTTPAPIIsDeployedAndChanged(t *testing.T) {
	d := newDeployment(t)
	hello := d.service.Functions[0]
	d.service.API = sparta.NewHTTPAPI("Shop", nil)
	d.service.API.NewRoute("GET /orders/{id}", hello)
	api := d.httpAPI(d.must().Outputs)
	if _, got := api.routes(); !slices.Equal(got, []string{"GET /orders/{id}"}) {
		t.Errorf("the API has %v", got)
	}
	var integrations struct {
		Items []struct {
			IntegrationURI, PayloadFormatVersion string
			TimeoutInMillis                      int
		}
	}
	api.get(&integrations, "get-integrations")
	if len(integrations.Items) != 1 || integrations.Items[0].PayloadFormatVersion != "2.0" ||
		!strings.Contains(integrations.Items[0].IntegrationURI, ":function:Tested-hello/invocations") {
		t.Errorf("the integrations are %+v, want one of the function", integrations.Items)
	}
	stage := api.get(nil, "get-stage", "--stage-name", "$default")
	if !strings.Contains(stage, `"AutoDeploy": true`) {
		t.Errorf("the stage is %s, want it to deploy by itself", stage)
	}
	policy := d.account.CLI(t, nil, "lambda", "get-policy", "--function-name", "Tested-hello")
	if !strings.Contains(string(policy), api.id+"/*") {
		t.Errorf("the function's policy is %s, want it to let the API invoke it", policy)
	}
	if result := d.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}

	d.service.API.Routes[0].RouteKey = "GET /orders/{order}"
	d.service.API.NewRoute("$default", hello).PayloadFormatVersion = "1.0"
	d.service.API.CORSEnabled = true
	d.service.API.Stage.Variables["table"] = "orders"
	d.must()
	if _, got := api.routes(); !slices.Equal(got, []string{"$default", "GET /orders/{order}"}) {
		t.Errorf("the changed API has %v", got)
	}
	if got := api.get(nil, "get-api"); !strings.Contains(got, `"AllowOrigins"`) {
		t.Errorf("the API is %s, want it to allow other origins", got)
	}
	if got := api.get(nil, "get-stage", "--stage-name", "$default"); !strings.Contains(got, `"table": "orders"`) {
		t.Errorf("the stage is %s", got)
	}
	if result := d.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}

	d.service.API.Routes = d.service.API.Routes[1:]
	d.must()
	if _, got := api.routes(); !slices.Equal(got, []string{"$default"}) {
		t.Errorf("without a route, the API has %v", got)
	}
	d.service.API = sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	addRoute(t, d.service.API, "GET", "/orders", hello)
	if _, err := d.run(); err == nil || !strings.Contains(err.Error(), "its address") {
		t.Errorf("a REST API instead: %v, want a question first", err)
	}
	d.options.Yes = true
	d.restAPI(d.must().Outputs)
	d.service.API = nil
	d.must()
	if got := d.account.CLI(t, nil, "apigatewayv2", "get-apis"); strings.Contains(string(got), "Shop") {
		t.Errorf("the API is left: %s", got)
	}
}

// TestAnHTTPAPIWithEverything deploys the settings that API Gateway returns, changes them and deletes the stack.
func TestAnHTTPAPIWithEverything(t *testing.T) {
	d := newDeployment(t)
	hello := d.service.Functions[0]
	var zone struct{ HostedZone struct{ ID string } }
	d.account.CLI(t, &zone, "route53", "create-hosted-zone", "--name", "example.com", "--caller-reference", "a")
	zoneID := strings.TrimPrefix(zone.HostedZone.ID, "/hostedzone/")
	api := sparta.NewHTTPAPI("Shop", nil)
	api.Stage.ThrottlingRateLimit, api.Stage.ThrottlingBurstLimit = 10, 20
	api.Stage.AccessLog = &sparta.AccessLog{}
	api.Domain = &sparta.APIDomain{
		Name: "shop.example.com", BasePath: "v1", HostedZoneID: zoneID,
		CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
	}
	get := api.NewRoute("GET /orders/{id}", hello)
	get.Authorizer = api.NewJWTAuthorizer("users", "https://example.com", "web").Name
	get.AuthorizationScopes = []string{"orders/read"}
	get.ThrottlingRateLimit = 5
	api.NewRoute("PUT /orders/{id}", hello).Authorizer = api.NewLambdaAuthorizer("own", hello).Name
	api.NewRoute("DELETE /orders/{id}", hello).Authorizer = "AWS_IAM"
	d.service.API = api
	outputs := d.must().Outputs
	deployed := d.httpAPI(outputs)
	routes, _ := deployed.routes()
	for key, want := range map[string]string{
		"GET /orders/{id}": "JWT", "PUT /orders/{id}": "CUSTOM", "DELETE /orders/{id}": "AWS_IAM",
	} {
		if got := routes[key]; got.AuthorizationType != want || (got.AuthorizerID == "") != (want == "AWS_IAM") {
			t.Errorf("route %s is %+v, want authorization %s", key, got, want)
		}
	}
	authorizer := slices.Clip([]string{"get-authorizer", "--api-id", deployed.id, "--authorizer-id"})
	for _, check := range []struct {
		args []string
		want string
	}{
		{append(authorizer, routes["GET /orders/{id}"].AuthorizerID), `"Issuer": "https://example.com"`},
		{append(authorizer, routes["PUT /orders/{id}"].AuthorizerID), `"EnableSimpleResponses": true`},
		{[]string{"get-stage", "--api-id", deployed.id, "--stage-name", "$default"}, `"ThrottlingBurstLimit": 20`},
		{[]string{"get-stage", "--api-id", deployed.id, "--stage-name", "$default"}, `"GET /orders/{id}": {`},
		{[]string{"get-stage", "--api-id", deployed.id, "--stage-name", "$default"}, "Tested-http-access"},
		{[]string{"get-api-mappings", "--domain-name", "shop.example.com"}, `"ApiMappingKey": "v1"`},
	} {
		got := string(d.account.CLI(t, nil, append([]string{"apigatewayv2"}, check.args...)...))
		if !strings.Contains(got, check.want) {
			t.Errorf("%s: %s, want %s in it", check.args[0], got, check.want)
		}
	}
	d.checkAPIDomain(zoneID, outputs, "https://shop.example.com/v1")
	if result := d.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}

	d.options.Yes = true
	get.Authorizer, get.AuthorizationScopes, get.ThrottlingRateLimit = nil, nil, 0
	api.Authorizers = api.Authorizers[1:]
	api.Domain = nil
	d.must()
	routes, _ = deployed.routes()
	if got := routes["GET /orders/{id}"]; got.AuthorizationType != "NONE" || got.AuthorizerID != "" {
		t.Errorf("the route is %+v, want it open", got)
	}
	if got := string(d.account.CLI(t, nil, "apigatewayv2", "get-domain-names")); !strings.Contains(got, `"Items": []`) {
		t.Errorf("domains are left: %s", got)
	}
}
