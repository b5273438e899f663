package main

import (
	"errors"
	"testing"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/sparta/events"
)

func TestGet(t *testing.T) {
	request := events.APIGatewayRequest{}
	request.PathParams = map[string]string{"id": "1"}
	if got, err := get(t.Context(), request); err != nil || got != (order{"1", "tea"}) {
		t.Errorf("order %+v, %v", got, err)
	}
	request.PathParams["id"] = "7"
	_, err := get(t.Context(), request)
	if missing := (*sparta.HTTPError)(nil); !errors.As(err, &missing) || missing.Code != 404 {
		t.Errorf("error is %v, want one with code 404", err)
	}
}

func TestCreate(t *testing.T) {
	request := events.APIGatewayRequest{Body: map[string]any{"item": "coffee"}}
	if got, err := create(t.Context(), request); err != nil || got.Item != "coffee" {
		t.Errorf("order %+v, %v", got, err)
	}
}
