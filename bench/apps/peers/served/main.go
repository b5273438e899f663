// Served does the selected work behind HTTP on loopback, for a proxy in Node.js: what Sparta 1.x generated before its
// functions ran inside Python.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/bench/apps/work"
)

// envelope is what the proxy sends.
type envelope struct {
	Event   json.RawMessage `json:"event"`
	Context struct {
		RequestID string `json:"awsRequestId"`
	} `json:"context"`
}

func main() {
	handler := lambda.NewHandler(work.Selected())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port) // the proxy waits for it
	log.Fatal(http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var request envelope
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		answer, err := handler.Invoke(r.Context(), request.Event)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(answer)
	})))
}
