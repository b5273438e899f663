package main

import (
	"errors"
	"testing"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/sparta/events"
)

func TestGreet(t *testing.T) {
	request := events.APIGatewayRequest{}
	request.PathParams = map[string]string{"name": "Ada"}
	if got, err := greet(t.Context(), request); err != nil || got.Text != "Hello, Ada!" {
		t.Errorf("greeting %+v, %v", got, err)
	}
	request.PathParams["name"] = " "
	_, err := greet(t.Context(), request)
	if bad := (*sparta.HTTPError)(nil); !errors.As(err, &bad) || bad.Code != 400 {
		t.Errorf("error is %v, want one with code 400", err)
	}
}
