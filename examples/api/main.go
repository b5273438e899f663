// Api is a REST API in front of two functions.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/sparta/events"
)

type order struct {
	ID   string `json:"id"`
	Item string `json:"item"`
}

// get answers GET /orders/{id}.
func get(_ context.Context, request events.APIGatewayRequest) (order, error) {
	id := request.PathParams["id"]
	if id != "1" {
		return order{}, &sparta.HTTPError{
			Code: http.StatusNotFound, Status: http.StatusText(http.StatusNotFound), Message: "no order " + id,
		}
	}
	return order{ID: id, Item: "tea"}, nil
}

// create answers POST /orders.
func create(_ context.Context, request events.APIGatewayRequest) (order, error) {
	body, _ := request.Body.(map[string]any)
	item, _ := body["item"].(string)
	return order{ID: "2", Item: item}, nil
}

func main() {
	getOrder, err := sparta.NewAWSLambda("get", get, sparta.IAMRoleDefinition{})
	if err != nil {
		log.Fatal(err)
	}
	createOrder, err := sparta.NewAWSLambda("create", create, sparta.IAMRoleDefinition{})
	if err != nil {
		log.Fatal(err)
	}
	api, err := newAPI(getOrder, createOrder)
	if err != nil {
		log.Fatal(err)
	}
	functions := []*sparta.LambdaAWSInfo{getOrder, createOrder}
	cgo.Main("SpartaAPI", "A REST API in front of two functions", functions, api, nil)
}

func newAPI(getOrder, createOrder *sparta.LambdaAWSInfo) (*sparta.API, error) {
	api := sparta.NewAPIGateway("Orders", sparta.NewStage("v1"))
	api.CORSEnabled = true

	one, err := api.NewResource("/orders/{id}", getOrder)
	if err != nil {
		return nil, err
	}
	if _, err := one.NewMethod("GET", http.StatusOK, http.StatusNotFound); err != nil {
		return nil, err
	}

	all, err := api.NewResource("/orders", createOrder)
	if err != nil {
		return nil, err
	}
	post, err := all.NewAuthorizedMethod("POST", "AWS_IAM", http.StatusCreated)
	if err != nil {
		return nil, err
	}
	post.SupportedRequestContentTypes = []string{"application/json"}
	post.ValidateBody = true
	post.Models["application/json"] = &sparta.Model{
		Name:   "Order",
		Schema: `{"type": "object", "required": ["item"], "properties": {"item": {"type": "string"}}}`,
	}
	return api, nil
}
