// Httpapi is an http.Handler as a Lambda function behind a URL of its own.
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
	adder := sparta.HandleAWSLambda("add", sparta.HTTPHandler(newHandler()), sparta.IAMRoleDefinition{})
	adder.Options.FunctionURL = &sparta.LambdaFunctionURL{AuthType: "NONE"}
	cgo.Main("SpartaHTTP", "An http.Handler in Lambda's Python runtime", []*sparta.LambdaAWSInfo{adder}, nil, nil)
}
