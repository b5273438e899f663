package restapi

import (
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

func TestTheOnlyFunctionIsDrawnBesideItsAuthorizer(t *testing.T) {
	api := sparta.NewAPIGateway("Shop", nil)
	api.NewLambdaAuthorizer("keys", nil)
	list := Neighbours(api, "hello", []string{"hello"})
	if len(list) != 1 || list[0].Name != "authorizer keys" {
		t.Errorf("beside the function are %+v", list)
	}
}
