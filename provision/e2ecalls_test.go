package provision_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// TestAnUnchangedServiceNeedsFewRequests deploys 40 functions behind 60 routes twice.
func TestAnUnchangedServiceNeedsFewRequests(t *testing.T) {
	const functions, routes = 40, 60
	d := newDeployment(t)
	d.service.Functions, d.service.API = nil, sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	for i := range functions {
		info, err := sparta.NewAWSLambda(fmt.Sprintf("function%d", i),
			func(context.Context) error { return nil }, sparta.IAMRoleDefinition{})
		if err != nil {
			t.Fatal(err)
		}
		d.service.Functions = append(d.service.Functions, info)
	}
	for i := range routes {
		resource, err := d.service.API.NewResource(fmt.Sprintf("/items%d", i), d.service.Functions[i%functions])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := resource.NewMethod(http.MethodGet, http.StatusOK); err != nil {
			t.Fatal(err)
		}
	}
	d.must()
	before := len(d.proxy.Calls())
	if result := d.must(); result.Changed {
		t.Fatalf("the second run changed %v", result.Changes)
	}
	calls := d.proxy.Calls()[before:]
	if limit := 8 + functions; len(calls) > limit {
		t.Errorf("an unchanged service needs %d requests, want at most %d: %v", len(calls), limit, calls)
	}
	t.Logf("%d requests for %d functions", len(calls), functions)
}
