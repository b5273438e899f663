package provision_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// fullAPI has the settings that the account's API Gateway returns. The zone is a hosted zone of Route 53.
func fullAPI(t *testing.T, hello *sparta.LambdaAWSInfo, zone string) *sparta.API {
	t.Helper()
	stage := sparta.NewStage("v1")
	stage.CacheClusterEnabled, stage.TracingEnabled = true, true
	stage.ThrottlingRateLimit, stage.ThrottlingBurstLimit = 10, 20
	stage.AccessLog = &sparta.AccessLog{}
	api := sparta.NewAPIGateway("Shop", stage)
	api.CORSEnabled = true
	api.BinaryMediaTypes = []string{"image/png"}
	api.EndpointConfiguration = &sparta.EndpointConfiguration{Types: []string{"REGIONAL"}}
	api.Domain = &sparta.APIDomain{
		Name: "api.example.com", BasePath: "shop", HostedZoneID: zone,
		CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
	}
	api.UsagePlans = []*sparta.UsagePlan{{
		Name: "partners", Quota: &sparta.Quota{Limit: 100, Period: "DAY"}, APIKeys: []*sparta.APIKey{{Name: "acme"}},
	}}
	users := api.NewCognitoAuthorizer("users", "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a")
	own := api.NewLambdaAuthorizer("own", hello)
	never := int64(0)
	own.ResultTTLInSeconds = &never
	resource, err := api.NewResource("/orders/{id}", hello)
	if err != nil {
		t.Fatal(err)
	}
	get, err := resource.NewAuthorizedMethod("GET", users, http.StatusOK, http.StatusNotFound)
	if err != nil {
		t.Fatal(err)
	}
	get.Parameters["method.request.path.id"] = true
	get.Integration.CacheKeyParameters = []string{"method.request.path.id"}
	put, err := resource.NewAuthorizedMethod("PUT", own, http.StatusOK)
	if err != nil {
		t.Fatal(err)
	}
	put.APIKeyRequired, put.ValidateBody = true, true
	put.Models["application/json"] = &sparta.Model{Name: "Order", Schema: `{"type": "object"}`}
	return api
}

// deployedMethod is a method as API Gateway shows it.
type deployedMethod struct {
	AuthorizationType  string
	AuthorizerID       string
	APIKeyRequired     bool
	RequestModels      map[string]string
	RequestValidatorID string
	MethodIntegration  struct {
		RequestTemplates     map[string]string
		PassthroughBehavior  string
		CacheKeyParameters   []string
		ContentHandling      string
		IntegrationResponses map[string]struct {
			SelectionPattern   string
			ResponseParameters map[string]string
			ResponseTemplates  map[string]string
		}
	}
	MethodResponses map[string]any
}

// TestEverythingOfAnAPIIsDeployed reads each part back, changes some, and removes all.
func TestEverythingOfAnAPIIsDeployed(t *testing.T) {
	d := newDeployment(t)
	hello := d.service.Functions[0]
	var zone struct{ HostedZone struct{ ID string } }
	d.account.CLI(t, &zone, "route53", "create-hosted-zone", "--name", "example.com", "--caller-reference", "1")
	zoneID := strings.TrimPrefix(zone.HostedZone.ID, "/hostedzone/")
	d.service.API = fullAPI(t, hello, zoneID)
	outputs := d.must().Outputs
	api := d.restAPI(outputs)
	want := []string{"GET /orders/{id}", "OPTIONS /orders/{id}", "PUT /orders/{id}"}
	if got := api.paths(); !slices.Equal(got, want) {
		t.Errorf("the API has %v", got)
	}

	var authorizers struct {
		Items []struct {
			ID, Name, Type, AuthorizerURI string
			ProviderARNs                  []string
			AuthorizerResultTTLInSeconds  int
		}
	}
	api.get(&authorizers, "get-authorizers")
	ids := map[string]string{}
	for _, one := range authorizers.Items {
		ids[one.Name] = one.ID
		if one.Name == "own" && (one.AuthorizerResultTTLInSeconds != 0 ||
			!strings.Contains(one.AuthorizerURI, ":function:Tested-hello/invocations")) {
			t.Errorf("authorizer %+v", one)
		}
	}
	var get, put deployedMethod
	api.method(&get, "/orders/{id}", "GET")
	api.method(&put, "/orders/{id}", "PUT")
	if get.AuthorizationType != "COGNITO_USER_POOLS" || get.AuthorizerID != ids["users"] {
		t.Errorf("GET has authorizer %s of %s", get.AuthorizerID, get.AuthorizationType)
	}
	if put.AuthorizationType != "CUSTOM" || put.AuthorizerID != ids["own"] || !put.APIKeyRequired ||
		put.RequestModels["application/json"] != "Order" || put.RequestValidatorID == "" {
		t.Errorf("PUT is %+v", put)
	}
	integration := get.MethodIntegration
	template := integration.RequestTemplates["application/json"]
	if !strings.Contains(template, `"body": $input.json`) {
		t.Errorf("the request's template is %q", template)
	}
	if integration.PassthroughBehavior != "NEVER" || integration.ContentHandling != "CONVERT_TO_TEXT" ||
		!slices.Equal(integration.CacheKeyParameters, []string{"method.request.path.id"}) {
		t.Errorf("the integration is %+v", integration)
	}
	const origin = "method.response.header.Access-Control-Allow-Origin"
	for _, code := range []string{"200", "404", "500"} {
		if integration.IntegrationResponses[code].ResponseParameters[origin] != "'*'" {
			t.Errorf("response %s is %+v", code, integration.IntegrationResponses[code])
		}
	}

	for _, check := range []struct {
		args []string
		want string
	}{
		{[]string{"get-stage", "--rest-api-id", api.id, "--stage-name", "v1"}, `"throttlingRateLimit": 10`},
		{
			[]string{"get-stage", "--rest-api-id", api.id, "--stage-name", "v1"},
			":log-group:/aws/apigateway/Tested-access",
		},
		{
			[]string{"get-gateway-responses", "--rest-api-id", api.id},
			"gatewayresponse.header.Access-Control-Allow-Origin",
		},
		{[]string{"get-models", "--rest-api-id", api.id}, `"name": "Order"`},
		{[]string{"get-usage-plans"}, `"apiId": "` + api.id + `"`},
		{[]string{"get-base-path-mappings", "--domain-name", "api.example.com"}, `"basePath": "shop"`},
		{[]string{"get-api-key", "--include-value", "--api-key", outputs["APIGatewayKeyAcme"]}, "Tested-acme"},
	} {
		got := string(d.account.CLI(t, nil, append([]string{"apigateway"}, check.args...)...))
		if !strings.Contains(got, check.want) {
			t.Errorf("%s: %s, want %s in it", check.args[0], got, check.want)
		}
	}
	d.checkAPIDomain(zoneID, outputs, "https://api.example.com/shop")
	if result := d.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}

	d.options.Yes = true
	changed := d.service.API
	changed.UsagePlans[0].Quota.Limit, changed.UsagePlans[0].APIKeys = 200, nil
	changed.Domain = nil
	changed.Resources[0].Methods["PUT"].Models["application/json"].Schema = `{"type": "array"}`
	changed.Stage.MethodSettings = []*sparta.MethodSetting{{ResourcePath: "/orders/{id}", LoggingLevel: "ERROR"}}
	d.must()
	for _, check := range []struct{ command, want string }{
		{"get-usage-plans", `"limit": 200`}, {"get-api-keys", `"items": []`}, {"get-domain-names", `"items": []`},
	} {
		if got := string(d.account.CLI(t, nil, "apigateway", check.command)); !strings.Contains(got, check.want) {
			t.Errorf("%s: %s, want %s in it", check.command, got, check.want)
		}
	}
	if got := api.get(nil, "get-model", "--model-name", "Order"); !strings.Contains(got, "array") {
		t.Errorf("the model is %s", got)
	}
	if got := api.get(nil, "get-stage", "--stage-name", "v1"); !strings.Contains(got, `"~1orders~1{id}/*"`) {
		t.Errorf("the stage is %s", got)
	}
}

// method reads a method.
func (r restAPI) method(into *deployedMethod, path, verb string) {
	r.d.t.Helper()
	var found struct {
		Items []struct {
			Path            string
			ResourceMethods map[string]json.RawMessage
		}
	}
	r.get(&found, "get-resources")
	for _, item := range found.Items {
		if item.Path == path {
			if err := json.Unmarshal(item.ResourceMethods[verb], into); err != nil {
				r.d.t.Fatal(err)
			}
			return
		}
	}
	r.d.t.Fatalf("the API has no %s %s", verb, path)
}
