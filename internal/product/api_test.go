package product

import (
	"net/http"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// A plain application's magefile describes an API, whose resources have no function: they invoke the only one.
func TestAPlainApplicationHasAnAPI(t *testing.T) {
	needHost(t)
	account := newAccount(t, "example.com/shop")
	const source = `package main

import (
	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func main() {
	lambda.Start(func(r events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
		return events.APIGatewayProxyResponse{StatusCode: 200, Body: r.PathParameters["id"]}, nil
	})
}
`
	if err := writeFile("main.go", source); err != nil {
		t.Fatal(err)
	}
	api := sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	service := spartamage.Service{Name: "Shop", Function: "take", API: api}
	said, err := deploy(t, service, "provision", "--noop")
	if err == nil || !strings.Contains(said, "API Shop: it has no resources") {
		t.Errorf("an API without resources: %v, %s", err, said)
	}
	resource, err := api.NewResource("/orders/{id}", nil)
	if err != nil {
		t.Fatal(err)
	}
	method, err := resource.NewMethod("GET", http.StatusOK)
	if err != nil {
		t.Fatal(err)
	}
	method.Integration.Type = "AWS_PROXY"
	if said, err := deploy(t, service, "provision"); err != nil || !strings.Contains(said, "APIGatewayURL") {
		t.Fatalf("provision: %v, %s", err, said)
	}
	var found struct{ Items []struct{ ID, Name string } }
	account.CLI(t, &found, "apigateway", "get-rest-apis")
	if len(found.Items) != 1 || found.Items[0].Name != "Shop" {
		t.Fatalf("the account has the APIs %+v, want Shop", found.Items)
	}
	paths := string(account.CLI(t, nil, "apigateway", "get-resources", "--rest-api-id", found.Items[0].ID))
	if !strings.Contains(paths, "/orders/{id}") || !strings.Contains(paths, ":function:Shop-take/invocations") {
		t.Errorf("the API has %s, want the path and the function", paths)
	}
	if said, err := deploy(t, service, "provision"); err != nil || !strings.Contains(said, "no changes") {
		t.Errorf("the second run does not say that nothing changes: %v, %s", err, said)
	}

	service.API = sparta.NewHTTPAPI("Shop", nil)
	service.API.(*sparta.API).NewRoute("GET /orders/{id}", nil).PayloadFormatVersion = "1.0"
	if said, err := deploy(t, service, "provision", "--yes"); err != nil || !strings.Contains(said, "HTTPAPI") {
		t.Fatalf("provision an HTTP API instead: %v, %s", err, said)
	}
	var apis struct {
		Items []struct{ APIID, ProtocolType string }
	}
	account.CLI(t, &apis, "apigatewayv2", "get-apis")
	if len(apis.Items) != 1 || apis.Items[0].ProtocolType != "HTTP" {
		t.Fatalf("the account has the APIs %+v, want an HTTP API", apis.Items)
	}
	routes := string(account.CLI(t, nil, "apigatewayv2", "get-routes", "--api-id", apis.Items[0].APIID))
	if !strings.Contains(routes, "GET /orders/{id}") {
		t.Errorf("the API has %s, want the route", routes)
	}
}
