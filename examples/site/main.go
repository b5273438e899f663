// Site is a static website with an API behind it.
package main

import (
	"context"
	"log"
	"net/http"
	"strings"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/sparta/events"
)

type greeting struct {
	Text string `json:"text"`
}

// greet answers GET /greetings/{name}.
func greet(_ context.Context, request events.APIGatewayRequest) (greeting, error) {
	name := strings.TrimSpace(request.PathParams["name"])
	if name == "" {
		return greeting{}, &sparta.HTTPError{
			Code: http.StatusBadRequest, Status: http.StatusText(http.StatusBadRequest), Message: "no name",
		}
	}
	return greeting{Text: "Hello, " + name + "!"}, nil
}

func main() {
	function, err := sparta.NewAWSLambda("greet", greet, sparta.IAMRoleDefinition{})
	if err != nil {
		log.Fatal(err)
	}
	api, err := newAPI(function)
	if err != nil {
		log.Fatal(err)
	}
	site, err := sparta.NewS3Site("public")
	if err != nil {
		log.Fatal(err)
	}
	site.UserManifestData["title"] = "Greetings"
	functions := []*sparta.LambdaAWSInfo{function}
	cgo.Main("SpartaSite", "A website with an API behind it", functions, api, site)
}

func newAPI(function *sparta.LambdaAWSInfo) (*sparta.API, error) {
	api := sparta.NewAPIGateway("Greetings", sparta.NewStage("v1"))
	api.CORSEnabled = true // the page and the API have different domains
	resource, err := api.NewResource("/greetings/{name}", function)
	if err != nil {
		return nil, err
	}
	_, err = resource.NewMethod("GET", http.StatusOK, http.StatusBadRequest)
	return api, err
}
