package apipart

import (
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// Function is a function of the service that an API may invoke.
type Function struct {
	Name   string
	ID     string             // prefix of the logical IDs of its resources
	Callee cloudformation.Ref // the function, or its alias if it has one
	ARN    string             // of the callee, as a text for Sub
}

// Names returns the functions' names.
func Names(functions []Function) []string {
	var names []string
	for _, function := range functions {
		names = append(names, function.Name)
	}
	return names
}

// Find returns the function with a name. An empty name means the only function.
func Find(functions []Function, name string) Function {
	for _, function := range functions {
		if function.Name == name || name == "" {
			return function
		}
	}
	return Function{} // a check reports it
}

// FunctionOf returns the name of the function that a method, route or authorizer names: the only one if it names none.
func FunctionOf(name string, functions []string) string {
	if name != "" || len(functions) == 0 {
		return name
	}
	return functions[0]
}

// asksService reports whether an authorizer is a function of the service.
func asksService(authorizer *sparta.Authorizer) bool {
	return (authorizer.Type == "TOKEN" || authorizer.Type == "REQUEST") && authorizer.FunctionArn == nil
}

// Invoked returns the functions that an API invokes: those that its methods or routes name, and its authorizers.
func Invoked(api *sparta.API, named []string, functions []Function) []Function {
	used := map[string]bool{}
	for _, name := range named {
		used[Find(functions, name).Name] = true
	}
	for _, authorizer := range api.Authorizers {
		if asksService(authorizer) {
			used[Find(functions, authorizer.FunctionName()).Name] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(functions), func(f Function) bool { return !used[f.Name] })
}

// Permission lets an API, given by its logical ID, invoke a function.
func (f Function) Permission(api string) *cloudformation.Resource {
	return &cloudformation.Resource{
		Type: "AWS::Lambda::Permission",
		Properties: map[string]any{
			"Action":       "lambda:InvokeFunction",
			"FunctionName": f.Callee,
			"Principal":    "apigateway.amazonaws.com",
			"SourceArn": cloudformation.Sub(
				"arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${" + api + "}/*"),
		},
	}
}

// invocation is the URI by which API Gateway invokes a function.
const invocation = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"

// Invocation returns the URI by which API Gateway invokes the function.
func (f Function) Invocation() cloudformation.Sub {
	return cloudformation.Sub(invocation + f.ARN + "/invocations")
}

// InvocationOf returns the URI by which API Gateway invokes a function that is not the service's, given by its ARN.
func InvocationOf(arn any) cloudformation.SubWith {
	return cloudformation.SubWith{
		Text: invocation + "${Function}/invocations", Values: map[string]any{"Function": arn},
	}
}
