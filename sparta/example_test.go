package sparta_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/go-sparta/sparta/sparta"
	"github.com/sirupsen/logrus"
)

// HelloWorld is a handler with Sparta's original four arguments.
func HelloWorld(event *json.RawMessage, context *sparta.LambdaContext, w http.ResponseWriter, logger *logrus.Logger) {
	logger.WithField("RequestID", context.AWSRequestID).Debug("Saying hello")
	fmt.Fprintf(w, "Hello World, you sent %s", *event)
}

func ExampleLambda() {
	hello, err := sparta.Lambda(sparta.IAMRoleDefinition{}, HelloWorld, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	response, err := hello.Handler().Invoke(context.Background(), []byte(`{"name":"Ada"}`))
	fmt.Println(string(response), err)
	// Output: "Hello World, you sent {\"name\":\"Ada\"}" <nil>
}

func ExampleNewAWSLambda() {
	type greeting struct{ Name string }
	greet := func(_ context.Context, event greeting) (string, error) {
		return "Hello " + event.Name, nil
	}
	hello, err := sparta.NewAWSLambda("Greet", greet, sparta.IAMRoleDefinition{
		Privileges: []sparta.IAMRolePrivilege{{
			Actions:  []string{"dynamodb:GetItem"},
			Resource: map[string]any{"Fn::GetAtt": []string{"People", "Arn"}},
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	hello.Options.MemorySize = 256
	hello.Options.Timeout = 10
	response, err := hello.Handler().Invoke(context.Background(), []byte(`{"Name":"Ada"}`))
	fmt.Println(string(response), err)
	// Output: "Hello Ada" <nil>
}

func ExampleHandleAWSLambda() {
	brew := func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, r.URL.Path+" is a teapot", http.StatusTeapot)
	}
	coffee := sparta.HandleAWSLambda("Coffee", http.HandlerFunc(brew), "an-existing-role")
	_, err := coffee.Handler().Invoke(context.Background(), []byte(`{}`))
	var failure *sparta.HTTPError
	if errors.As(err, &failure) {
		fmt.Println(failure.Code, failure.Message)
	}
	// Output: 418 /Coffee is a teapot
}

func ExampleValidate() {
	functions := []*sparta.LambdaAWSInfo{
		sparta.HandleAWSLambda("get-id", http.NotFound, "role"),
		sparta.HandleAWSLambda("get.id", "not a handler", "role"),
	}
	fmt.Println(sparta.Validate("Users", functions))
	// Output:
	// function 2 (get.id): handler is a string, which is neither an HTTP nor a Lambda handler: it is not a function
	// functions 1 and 2, named "get-id" and "get.id", are both get_id in Python: set Options.SpartaOptions.Name of one
}
