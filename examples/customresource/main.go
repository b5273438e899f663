// Customresource is a service whose stack has a resource that a Go function makes.
package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"os"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// codeName chooses one of the words for the stack. There is nothing to delete.
func codeName(
	_ context.Context, requestType, stackID string, properties map[string]any,
) (map[string]any, error) {
	if requestType == "Delete" {
		return nil, nil
	}
	words, _ := properties["Words"].([]any)
	if len(words) == 0 {
		return nil, fmt.Errorf("there are no words to choose from: list some in the property Words")
	}
	sum := fnv.New32a()
	sum.Write([]byte(stackID))
	return map[string]any{"Name": words[sum.Sum32()%uint32(len(words))]}, nil
}

// greet finds the name in its environment.
func greet(context.Context) (string, error) {
	return "hello from " + os.Getenv("CODE_NAME"), nil
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}

func run() error {
	function, err := sparta.NewAWSLambda("greet", greet, sparta.IAMRoleDefinition{})
	if err != nil {
		return err
	}
	name, err := function.RequireCustomResource(sparta.IAMRoleDefinition{}, codeName, nil, map[string]any{
		"Words": []string{"amber"},
	})
	if err != nil {
		return err
	}
	function.Options.Environment = map[string]any{"CODE_NAME": cloudformation.GetAtt{name, "Name"}}
	return cgo.Main("CustomResource", "Has a code name", []*sparta.LambdaAWSInfo{function}, nil, nil)
}
