package provision_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// addRoute adds a method to an API.
func addRoute(t *testing.T, api *sparta.API, verb, path string, function *sparta.LambdaAWSInfo) *sparta.Method {
	t.Helper()
	resource, err := api.NewResource(path, function)
	if err != nil {
		t.Fatal(err)
	}
	method, err := resource.NewMethod(verb, http.StatusOK, http.StatusNotFound)
	if err != nil {
		t.Fatal(err)
	}
	return method
}

// restAPI reads an API with the AWS command line.
type restAPI struct {
	d  *deployment
	id string
}

func (d *deployment) restAPI(result map[string]string) restAPI {
	d.t.Helper()
	host := strings.TrimPrefix(result["APIGatewayURL"], "https://")
	id, _, found := strings.Cut(host, ".execute-api.us-east-1.amazonaws.com/")
	if !found {
		d.t.Fatalf("outputs are %v, want the URL of the API", result)
	}
	return restAPI{d, id}
}

func (r restAPI) get(into any, command string, args ...string) string {
	r.d.t.Helper()
	args = append([]string{"apigateway", command, "--rest-api-id", r.id}, args...)
	return string(r.d.account.CLI(r.d.t, into, args...))
}

// paths are the paths with their methods, in order.
func (r restAPI) paths() []string {
	r.d.t.Helper()
	var found struct {
		Items []struct {
			Path            string
			ResourceMethods map[string]any
		}
	}
	r.get(&found, "get-resources")
	var paths []string
	for _, item := range found.Items {
		for verb := range item.ResourceMethods {
			paths = append(paths, verb+" "+item.Path)
		}
	}
	slices.Sort(paths)
	return paths
}

// stage is a deployed stage.
type stage struct {
	StageName, DeploymentID string
	Variables               map[string]string
}

func (r restAPI) stage(name string) stage {
	r.d.t.Helper()
	var found stage
	r.get(&found, "get-stage", "--stage-name", name)
	return found
}

// TestAnAPIIsDeployedAndChanged follows an API from its first route to its removal.
func TestAnAPIIsDeployedAndChanged(t *testing.T) {
	d := newDeployment(t)
	hello := d.service.Functions[0]
	d.service.API = sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	get := addRoute(t, d.service.API, "GET", "/orders/{id}", hello)
	api := d.restAPI(d.must().Outputs)
	if got := api.paths(); !slices.Equal(got, []string{"GET /orders/{id}"}) {
		t.Errorf("the API has %v", got)
	}
	first := api.stage("v1")
	policy := d.account.CLI(t, nil, "lambda", "get-policy", "--function-name", "Tested-hello")
	if !strings.Contains(string(policy), "execute-api:us-east-1") {
		t.Errorf("the function's policy is %s, want it to let the API invoke it", policy)
	}
	if result := d.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}

	d.pack("Goodbye") // the API is the same
	d.must()
	if got := api.stage("v1"); got.DeploymentID != first.DeploymentID {
		t.Error("new code made a new deployment of the API")
	}
	get.Integration.Responses[http.StatusNotFound].Templates["application/json"] = `{"missing": true}`
	addRoute(t, d.service.API, "POST", "/orders", hello)
	d.service.API.Stage.Variables["table"] = "orders"
	d.must()
	if got := api.paths(); !slices.Equal(got, []string{"GET /orders/{id}", "POST /orders"}) {
		t.Errorf("the changed API has %v", got)
	}
	second := api.stage("v1")
	if second.DeploymentID == first.DeploymentID || second.Variables["table"] != "orders" {
		t.Errorf("stage %+v, want another deployment than %s", second, first.DeploymentID)
	}
	var deployments struct{ Items []struct{ ID string } }
	if api.get(&deployments, "get-deployments"); len(deployments.Items) != 1 {
		t.Errorf("the API has deployments %v, want only the newest", deployments.Items)
	}
	if result := d.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}

	d.service.API.Stage.Name = "v2"
	d.service.API.Resources = d.service.API.Resources[1:]
	if _, err := d.run(); err == nil || !strings.Contains(err.Error(), "is replaced, and its address with it") {
		t.Errorf("renaming the stage: %v, want a question first", err)
	}
	d.options.Yes = true
	renamed := d.restAPI(d.must().Outputs)
	if got := renamed.paths(); renamed.id != api.id || !slices.Equal(got, []string{"POST /orders"}) {
		t.Errorf("API %s has %v", renamed.id, got)
	}
	renamed.stage("v2")
	d.service.API = nil
	d.must()
	if got := d.account.CLI(t, nil, "apigateway", "get-rest-apis"); strings.Contains(string(got), "Shop") {
		t.Errorf("the API is left: %s", got)
	}
}

// checkAPIDomain checks the DNS record, in a zone of Route 53, and the URL of an API's domain.
func (d *deployment) checkAPIDomain(zoneID string, outputs map[string]string, url string) {
	d.t.Helper()
	records := d.account.CLI(d.t, nil, "route53", "list-resource-record-sets", "--hosted-zone-id", zoneID)
	if !strings.Contains(string(records), outputs["APIGatewayDomainTarget"]) {
		d.t.Errorf("records are %s, want one of %s", records, outputs["APIGatewayDomainTarget"])
	}
	if outputs["APIGatewayDomainURL"] != url {
		d.t.Errorf("outputs are %v, want %s", outputs, url)
	}
}
