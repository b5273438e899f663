// Greeting is an http.Handler behind an HTTP API of API Gateway.
package main

import (
	"fmt"
	"net/http"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello/{name}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "Hello %s, from Go inside Python\n", r.PathValue("name"))
	})
	hello := sparta.HandleAWSLambda("hello", sparta.HTTPHandler(mux), sparta.IAMRoleDefinition{})
	api := sparta.NewHTTPAPI("Greeting", nil)
	api.NewRoute("GET /hello/{name}", hello)
	cgo.Main("Greeting", "Says hello", []*sparta.LambdaAWSInfo{hello}, api, nil)
}
