package sparta_test

import (
	"context"
	"fmt"
	"net/http"

	"github.com/go-sparta/sparta/sparta"
)

// The event is that of an HTTP API or a function URL.
func ExampleHTTPHandler() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders/{id}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprintf(w, "order %s", r.PathValue("id"))
	})
	orders, err := sparta.NewAWSLambda("Orders", sparta.HTTPHandler(mux), sparta.IAMRoleDefinition{})
	if err != nil {
		fmt.Println(err)
		return
	}
	response, err := orders.Handler().Invoke(context.Background(), []byte(`{
		"version": "2.0", "rawPath": "/orders/7",
		"requestContext": {"http": {"method": "GET"}}
	}`))
	fmt.Println(string(response), err)
	// Output:
	// {"statusCode":200,"headers":{"Content-Type":"text/plain"},"body":"order 7","isBase64Encoded":false} <nil>
}
