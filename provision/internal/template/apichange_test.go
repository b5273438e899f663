package template

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// resourcesOf are a template's resources as JSON, by logical ID.
func resourcesOf(t *testing.T, c templateCase) map[string]string {
	t.Helper()
	var template struct{ Resources map[string]json.RawMessage }
	if err := json.Unmarshal(c.render(t), &template); err != nil {
		t.Fatal(err)
	}
	resources := map[string]string{}
	for id, resource := range template.Resources {
		resources[id] = string(resource)
	}
	return resources
}

var deploymentSum = regexp.MustCompile(`^APIGatewayDeployment[0-9a-f]{10}$`)

// differences lists what an edit adds (+), removes (-) and changes (~).
func differences(before, after map[string]string) []string {
	var list []string
	for _, id := range slices.Sorted(maps.Keys(after)) {
		name := id
		if deploymentSum.MatchString(id) {
			name = "APIGatewayDeployment"
		}
		switch old, known := before[id]; {
		case !known:
			list = append(list, "+ "+name)
		case old != after[id]:
			list = append(list, "~ "+name)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(before)) {
		if _, kept := after[id]; !kept {
			list = append(list, "- "+deploymentSum.ReplaceAllString(id, "APIGatewayDeployment"))
		}
	}
	return list
}

// checkChanges compares changes, which are in any order.
func checkChanges(t *testing.T, got, want []string) {
	t.Helper()
	slices.Sort(got)
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Errorf("it makes these changes:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// An edit of an API changes only the edited resources, and the deployment if it copies them.
func TestEditsOfAnAPIChangeNothingElse(t *testing.T) {
	plain, other := testFunction("orders", ownRole(), nil), testFunction("other", ownRole(), nil)
	deployed := []string{"+ APIGatewayDeployment", "~ APIGatewayStage", "- APIGatewayDeployment"}
	for name, test := range map[string]struct {
		edit func(*Service)
		want []string
	}{
		"nothing":             {func(*Service) {}, nil},
		"the order of routes": {func(s *Service) { slices.Reverse(s.API.Resources) }, nil},
		"another route": {func(s *Service) { addMethod(s.API, "POST", "/orders", plain) }, append([]string{
			"+ APIGatewayMethodPOSTOrders",
		}, deployed...)},
		"a route of another function": {func(s *Service) { addMethod(s.API, "GET", "/others", other) }, append([]string{
			"+ APIGatewayMethodGETOthers", "+ APIGatewayResourceOthers", "+ OtherAPIGatewayPermission",
		}, deployed...)},
		"a route less": {func(s *Service) { s.API.Resources = s.API.Resources[:1] }, append(append([]string(nil),
			deployed...), "- APIGatewayMethodGETItems", "- APIGatewayResourceItems")},
		"another mapping": {func(s *Service) {
			s.API.Resources[0].Methods["GET"].Integration.RequestTemplates["application/json"] = "{}"
		}, append([]string{"~ APIGatewayMethodGETOrdersId8113ed0b"}, deployed...)},
		"another name of the stage": {func(s *Service) { s.API.Stage.Name = "v2" }, []string{"~ APIGatewayStage"}},
		"a variable of the stage": {
			func(s *Service) { s.API.Stage.Variables["table"] = "orders" }, []string{"~ APIGatewayStage"},
		},
		"another name of the API": {func(s *Service) { s.API.Name = "Store" }, append([]string{
			"~ APIGateway",
		}, deployed...)},
		"an authorizer": {func(s *Service) {
			s.API.NewCognitoAuthorizer("users", "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a")
			s.API.Resources[0].Methods["GET"].Authorizer = "users"
		}, append([]string{
			"+ APIGatewayAuthorizerUsers", "~ APIGatewayMethodGETOrdersId8113ed0b",
		}, deployed...)},
		"a usage plan": {func(s *Service) {
			s.API.UsagePlans = []*sparta.UsagePlan{{Name: "partners"}}
		}, []string{"+ APIGatewayUsagePlanPartners"}},
		"more memory for the function": {func(s *Service) {
			options := *s.Functions[0].Options
			options.MemorySize = 256
			function := *s.Functions[0]
			function.Options = &options
			s.Functions = []*sparta.LambdaAWSInfo{&function, other}
		}, []string{"~ OrdersFunction"}},
	} {
		t.Run(name, func(t *testing.T) {
			service := func() Service {
				api := shopAPI(plain)
				addMethod(api, "GET", "/items", plain)
				return apiService(api, plain, other)
			}
			edited := service()
			test.edit(&edited)
			before := resourcesOf(t, templateCase{service: service()})
			got := differences(before, resourcesOf(t, templateCase{service: edited}))
			checkChanges(t, got, test.want)
		})
	}
}

// A deployment is a copy of the API, so it must include what hooks change.
func TestTheDeploymentFollowsHooks(t *testing.T) {
	for name, test := range map[string]struct {
		hook func(*cloudformation.Template)
		want []string
	}{
		"one that changes a method": {func(template *cloudformation.Template) {
			template.Resources["APIGatewayMethodGETOrdersId8113ed0b"].Properties["OperationName"] = "GetOrder"
		}, []string{
			"+ APIGatewayDeployment", "~ APIGatewayMethodGETOrdersId8113ed0b", "~ APIGatewayStage",
			"- APIGatewayDeployment",
		}},
		"one that adds a part in its own way": {func(template *cloudformation.Template) {
			template.Resources["Teapot"] = &cloudformation.Resource{
				Type: "AWS::ApiGateway::GatewayResponse",
				Properties: map[string]any{
					"RestApiId": map[string]string{"Ref": "APIGateway"}, "ResponseType": "THROTTLED",
				},
			}
		}, []string{"+ APIGatewayDeployment", "~ APIGatewayStage", "+ Teapot", "- APIGatewayDeployment"}},
		"one that adds a topic": {func(template *cloudformation.Template) {
			template.Resources["Topic"] = &cloudformation.Resource{Type: "AWS::SNS::Topic"}
		}, []string{"+ Topic"}},
		"one that deploys by itself": {func(template *cloudformation.Template) {
			template.Resources["Own"] = &cloudformation.Resource{
				Type:       "AWS::ApiGateway::Deployment",
				Properties: map[string]any{"RestApiId": cloudformation.Ref("APIGateway")},
			}
			template.Resources["APIGatewayStage"].Properties["DeploymentId"] = cloudformation.Ref("Own")
		}, []string{"~ APIGatewayStage", "+ Own"}},
	} {
		t.Run(name, func(t *testing.T) {
			service := func() Service {
				function := testFunction("orders", ownRole(), nil)
				return apiService(shopAPI(function), function)
			}
			before := resourcesOf(t, templateCase{service: service()})
			got := differences(before, resourcesOf(t, templateCase{service: service(), decorate: test.hook}))
			if !slices.Equal(got, test.want) {
				t.Errorf("the hook makes these changes:\n%s\nwant\n%s",
					strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestTooManyRoutes(t *testing.T) {
	function := testFunction("orders", ownRole(), nil)
	api := sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	for i := range 260 {
		addMethod(api, "GET", fmt.Sprintf("/r%d", i), function)
	}
	template, err := New(apiService(api, function), testPackage, testCode)
	if err != nil {
		t.Fatal(err)
	}
	const want = "template has 527 resources, but CloudFormation allows 500: split the stack (it has 260 " +
		"AWS::ApiGateway::Method, 260 AWS::ApiGateway::Resource, 1 AWS::ApiGateway::Deployment, "
	if _, err := template.Marshal(); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error is %v, want %s…", err, want)
	}
}

// 60 routes of 40 functions fit into a template.
func TestALargeAPIFits(t *testing.T) {
	var functions []*sparta.LambdaAWSInfo
	for i := range 40 {
		functions = append(functions, testFunction(fmt.Sprintf("function%d", i), ownRole(), nil))
	}
	api := sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	api.CORSEnabled = true
	for i := range 60 {
		resource, err := api.NewResource(fmt.Sprintf("/r%d/{id}", i), functions[i%len(functions)])
		if err != nil {
			t.Fatal(err)
		}
		_, err = resource.NewMethod("GET", http.StatusOK, http.StatusNotFound, http.StatusConflict,
			http.StatusForbidden)
		if err != nil {
			t.Fatal(err)
		}
	}
	body := templateCase{service: apiService(api, functions...)}.render(t)
	t.Logf("%d bytes", len(body))
	if len(body) > cloudformation.MaxSize*3/4 {
		t.Errorf("the template has %d bytes", len(body))
	}
}
