package main

import (
	"testing"

	"github.com/aws/aws-lambda-go/events"
)

func TestConnect(t *testing.T) {
	for origin, want := range map[string]int{"https://www.example.com": 200, "https://other.example": 403} {
		response, err := connect(t.Context(), events.APIGatewayWebsocketProxyRequest{
			Headers: map[string]string{"Origin": origin},
		})
		if err != nil || response.StatusCode != want {
			t.Errorf("%s is answered with %+v, %v", origin, response, err)
		}
	}
}

func TestUpper(t *testing.T) {
	response, err := upper(t.Context(), events.APIGatewayWebsocketProxyRequest{Body: `{"text":"tea"}`})
	if err != nil || response.Body != "TEA" {
		t.Errorf("response %+v, %v", response, err)
	}
	if response, err = upper(t.Context(), events.APIGatewayWebsocketProxyRequest{}); response.StatusCode != 400 {
		t.Errorf("response %+v, %v", response, err)
	}
}
