// Stack is a function that lists the resources of its own CloudFormation stack,
// with the AWS credentials that Python hands over.
//
//lint:file-ignore SA1019 cgo.NewSession gives sessions of the SDK v1
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// resources maps the stack's logical ids to their types.
func resources(ctx context.Context) (map[string]string, error) {
	stack := os.Getenv("STACK_NAME")
	api := cfn.New(cgo.NewSession())
	types := map[string]string{}
	err := api.ListStackResourcesPagesWithContext(ctx, &cfn.ListStackResourcesInput{StackName: &stack},
		func(page *cfn.ListStackResourcesOutput, _ bool) bool {
			for _, resource := range page.StackResourceSummaries {
				types[aws.StringValue(resource.LogicalResourceId)] = aws.StringValue(resource.ResourceType)
			}
			return true
		})
	if err != nil {
		return nil, fmt.Errorf("list the resources of stack %q: %w", stack, err)
	}
	return types, nil
}

func main() {
	info, err := sparta.NewAWSLambda("resources", resources, sparta.IAMRoleDefinition{
		Privileges: []sparta.IAMRolePrivilege{{
			Actions:  []string{"cloudformation:ListStackResources"},
			Resource: cloudformation.StackID,
		}},
	})
	if err != nil {
		panic(err)
	}
	info.Options.Environment = map[string]any{"STACK_NAME": cloudformation.StackName}
	info.Options.Timeout = 10
	cgo.Main("SpartaStack",
		"A function that looks at its own stack",
		[]*sparta.LambdaAWSInfo{info},
		nil,
		nil)
}
