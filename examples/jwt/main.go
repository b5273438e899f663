// Jwt is an HTTP API: orders require a token, imports require a key, and an http.Handler serves everything else.
package main

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/aws/aws-lambda-go/events"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

type order struct {
	ID    string `json:"id"`
	Owner string `json:"owner"`
}

// get answers GET /orders/{id} with an order of the user whose token API Gateway has verified.
func get(_ context.Context, request events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	owner := request.RequestContext.Authorizer.JWT.Claims["sub"]
	body, err := json.Marshal(order{ID: request.PathParameters["id"], Owner: owner})
	if err != nil {
		return events.APIGatewayV2HTTPResponse{}, err
	}
	return events.APIGatewayV2HTTPResponse{
		StatusCode: http.StatusOK, Headers: map[string]string{"content-type": "application/json"}, Body: string(body),
	}, nil
}

// check decides on requests that have a key.
func check(
	_ context.Context, request events.APIGatewayV2CustomAuthorizerV2Request,
) (events.APIGatewayV2CustomAuthorizerSimpleResponse, error) {
	return events.APIGatewayV2CustomAuthorizerSimpleResponse{
		IsAuthorized: request.Headers["x-key"] == "secret",
		Context:      map[string]any{"partner": "acme"},
	}, nil
}

func newHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("Welcome\n")) })
	mux.HandleFunc("POST /imports", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) })
	// The route $default also receives preflight requests. API Gateway adds the headers.
	mux.HandleFunc("OPTIONS /", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	return mux
}

func main() {
	getOrder := sparta.HandleAWSLambda("get", get, sparta.IAMRoleDefinition{})
	checkKey := sparta.HandleAWSLambda("check", check, sparta.IAMRoleDefinition{})
	serve := sparta.HandleAWSLambda("serve", sparta.HTTPHandler(newHandler()), sparta.IAMRoleDefinition{})
	functions := []*sparta.LambdaAWSInfo{getOrder, checkKey, serve}
	cgo.Main("SpartaJWT", "An HTTP API with authorizers", functions, newAPI(getOrder, checkKey, serve), nil)
}

func newAPI(getOrder, checkKey, serve *sparta.LambdaAWSInfo) *sparta.API {
	api := sparta.NewHTTPAPI("Orders", nil)
	api.CorsConfiguration = &sparta.APICors{
		AllowOrigins: []string{"https://www.example.com"},
		AllowMethods: []string{"GET", "POST"},
		AllowHeaders: []string{"authorization"},
	}

	users := api.NewJWTAuthorizer("users", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_example", "web")
	orders := api.NewRoute("GET /orders/{id}", getOrder)
	orders.Authorizer = users.Name
	orders.AuthorizationScopes = []string{"orders/read"}

	partners := api.NewLambdaAuthorizer("partners", checkKey)
	partners.IdentitySource = "$request.header.X-Key"
	imports := api.NewRoute("POST /imports", serve)
	imports.Authorizer = partners.Name
	imports.ThrottlingRateLimit, imports.ThrottlingBurstLimit = 1, 5

	api.NewRoute("$default", serve)
	return api
}
