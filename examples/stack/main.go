// Stack is a function that lists the resources of its own CloudFormation stack,
// with the AWS credentials that Python supplies.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// resources maps the stack's logical IDs to their types.
func resources(ctx context.Context) (map[string]string, error) {
	stack := os.Getenv("STACK_NAME")
	config, err := cgo.Config(ctx)
	if err != nil {
		return nil, err
	}
	types := map[string]string{}
	pages := cfn.NewListStackResourcesPaginator(cfn.NewFromConfig(config),
		&cfn.ListStackResourcesInput{StackName: &stack})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list the resources of stack %q: %w", stack, err)
		}
		for _, resource := range page.StackResourceSummaries {
			types[aws.ToString(resource.LogicalResourceId)] = aws.ToString(resource.ResourceType)
		}
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
		"A function that lists its own stack",
		[]*sparta.LambdaAWSInfo{info},
		nil,
		nil)
}
