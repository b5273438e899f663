// A website and its API.
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
	api.CORSEnabled = true             // the page has another domain
	api.NewRoute("$default", function) // the handler finds the path itself
	site := &sparta.S3Site{Dir: "public"}
	err := cgo.Main("my-service", "A website and its API", []*sparta.LambdaAWSInfo{function}, api, site)
	if err != nil {
		log.Fatal(err)
	}
}
