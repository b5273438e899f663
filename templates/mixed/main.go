// Go functions that Python code calls. The handler of the Lambda function is in python/app.py.
package main

import (
	"context"
	"errors"
	"log"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

type numbers struct {
	Values []float64 `json:"values"`
}

type statistics struct {
	Count int     `json:"count"`
	Mean  float64 `json:"mean"`
}

var errNoValues = errors.New("there are no values")

// summarize is index.summarize in Python.
func summarize(_ context.Context, n numbers) (statistics, error) {
	if len(n.Values) == 0 {
		return statistics{}, errNoValues
	}
	sum := 0.0
	for _, value := range n.Values {
		sum += value
	}
	return statistics{Count: len(n.Values), Mean: sum / float64(len(n.Values))}, nil
}

func main() {
	function := sparta.HandleAWSLambda("summarize", summarize, sparta.IAMRoleDefinition{})
	function.Options.Handler = "app.handle"
	err := cgo.Main("my-service", "Python and Go in one function", []*sparta.LambdaAWSInfo{function}, nil, nil)
	if err != nil {
		log.Fatal(err)
	}
}
