// An http.Handler behind an HTTP API of API Gateway.
package main

import (
	"encoding/json"
	"log"
	"net/http"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

type greeting struct {
	Text string `json:"text"`
}

// newHandler returns the whole API, which knows nothing about Lambda.
func newHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello/{name}", hello)
	return mux
}

func hello(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	answer := greeting{Text: "Hello " + r.PathValue("name") + ", from Go inside Python"}
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		log.Printf("answer %s: %v", r.URL.Path, err)
	}
}

func main() {
	function := sparta.HandleAWSLambda("api", sparta.HTTPHandler(newHandler()), sparta.IAMRoleDefinition{})
	api := sparta.NewHTTPAPI("my-service", nil)
	api.NewRoute("$default", function) // the handler finds the path itself
	err := cgo.Main("my-service", "An HTTP API", []*sparta.LambdaAWSInfo{function}, api, nil)
	if err != nil {
		log.Fatal(err)
	}
}
