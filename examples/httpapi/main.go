// Httpapi is an http.Handler as a Lambda function: it reads the event from the
// request's body and responds with a status, a content type and a body.
package main

import (
	"encoding/json"
	"net/http"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

type sum struct {
	Terms []float64 `json:"terms"`
	Sum   float64   `json:"sum"`
}

func newHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /add", add)
	return mux
}

func add(w http.ResponseWriter, r *http.Request) {
	var s sum
	if err := json.NewDecoder(r.Body).Decode(&s); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	for _, term := range s.Terms {
		s.Sum += term
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(s)
}

func main() {
	cgo.Main("SpartaHTTP",
		"An http.Handler in Lambda's Python runtime",
		[]*sparta.LambdaAWSInfo{sparta.HandleAWSLambda("add", newHandler(), sparta.IAMRoleDefinition{})},
		nil,
		nil)
}
