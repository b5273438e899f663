package stack

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// ResourceTypes returns the types of the resources that a stack has, by logical ID.
func (s Client) ResourceTypes(ctx context.Context, stack string) (map[string]string, error) {
	types := map[string]string{}
	pages := cfn.NewListStackResourcesPaginator(s.API, &cfn.ListStackResourcesInput{StackName: &stack})
	visit := func(page *cfn.ListStackResourcesOutput) {
		for _, resource := range page.StackResourceSummaries {
			types[aws.ToString(resource.LogicalResourceId)] = aws.ToString(resource.ResourceType)
		}
	}
	err := connection.EachPage(ctx, s.Caller, "cloudformation:ListStackResources", pages, visit)
	if err != nil {
		return nil, fmt.Errorf("list the resources of stack %s: %w", stack, err)
	}
	return types, nil
}
