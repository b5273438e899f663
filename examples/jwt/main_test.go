package main

import (
	"testing"

	"github.com/aws/aws-lambda-go/events"
)

func TestGet(t *testing.T) {
	var request events.APIGatewayV2HTTPRequest
	request.PathParameters = map[string]string{"id": "1"}
	request.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{
		JWT: &events.APIGatewayV2HTTPRequestContextAuthorizerJWTDescription{Claims: map[string]string{"sub": "ann"}},
	}
	response, err := get(t.Context(), request)
	if want := `{"id":"1","owner":"ann"}`; err != nil || response.StatusCode != 200 || response.Body != want {
		t.Errorf("response %+v, %v", response, err)
	}
}

func TestCheck(t *testing.T) {
	for key, want := range map[string]bool{"secret": true, "": false} {
		got, err := check(t.Context(), events.APIGatewayV2CustomAuthorizerV2Request{
			Headers: map[string]string{"x-key": key},
		})
		if err != nil || got.IsAuthorized != want {
			t.Errorf("key %q: %+v, %v", key, got, err)
		}
	}
}
