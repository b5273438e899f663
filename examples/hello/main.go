// Hello is the smallest Sparta application: one function and its role.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

// HelloWorld greets whoever the event names.
func HelloWorld(event *json.RawMessage,
	context *sparta.LambdaContext,
	w http.ResponseWriter,
	logger *logrus.Logger,
) {
	var who struct{ Name string }
	if err := json.Unmarshal(*event, &who); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if who.Name == "" {
		who.Name = "world"
	}
	logger.WithField("RequestID", context.AWSRequestID).Info("Greeting")
	fmt.Fprintf(w, "Hello %s, from Go inside Python", who.Name)
}

func main() {
	helloWorld, err := sparta.Lambda(sparta.IAMRoleDefinition{}, HelloWorld, nil)
	if err != nil {
		panic(err)
	}
	cgo.Main("SpartaHello",
		"A Go function in Lambda's Python runtime",
		[]*sparta.LambdaAWSInfo{helloWorld},
		nil,
		nil)
}
