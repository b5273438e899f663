// Discovery is a service whose function finds out the URL of the queue that the stack has made for it.
package main

import (
	"context"
	"fmt"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// where says where the stack's orders go.
func where(context.Context) (string, error) {
	stack, err := sparta.Discover()
	if err != nil {
		return "", err
	}
	orders := stack.Resources["Orders"]
	return fmt.Sprintf("orders of %s go to %s (%s)", stack.StackName, orders.ResourceRef, orders.Properties["Arn"]), nil
}

func addQueue(_ context.Context, workflow *sparta.Workflow) error {
	return workflow.Template.Add("Orders", &cloudformation.Resource{Type: "AWS::SQS::Queue"})
}

func main() {
	function, err := sparta.NewAWSLambda("where", where, sparta.IAMRoleDefinition{})
	if err != nil {
		panic(err)
	}
	function.DependsOn = []string{"Orders"}
	cgo.MainEx("Discovery",
		"A function that finds its queue",
		[]*sparta.LambdaAWSInfo{function},
		nil,
		nil,
		&sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{addQueue}})
}
