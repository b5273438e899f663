package stack

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// FunctionType is CloudFormation's type of functions.
const FunctionType = "AWS::Lambda::Function"

// Claim says which stack a service is deployed to, and how to tell that the stack is its own.
type Claim struct {
	Stack       string   // its name
	Application string   // the value of ApplicationTag
	Functions   []string // names in AWS of the service's functions
	Adopt       bool     // the user has repeated the stack's name

	checked string // ID of a stack that belongs to the application
}

// CheckOwner returns a *Foreign if a live stack does not belong to the application that claims it. Only a stack
// without ApplicationTag costs a request, because tags are part of a stack's description.
func (s Client) CheckOwner(ctx context.Context, live *cfntypes.Stack, c *Claim) error {
	if c.checked != "" && c.checked == aws.ToString(live.StackId) {
		return nil
	}
	tags := map[string]string{}
	for _, tag := range live.Tags {
		tags[aws.ToString(tag.Key)] = aws.ToString(tag.Value)
	}
	of, reason := OwnershipOf(tags, c.Application)
	refusal := &Foreign{
		Stack:       c.Stack,
		Application: c.Application,
		Reason:      reason,
		Created:     aws.ToTime(live.CreationTime),
		Tags:        tags,
	}
	switch {
	case of == Ours:
	case c.Adopt:
		s.Log.Warnf("adopting stack %s for application %s: %s", c.Stack, c.Application, reason)
	case of == unmarked:
		resources, err := ResourcesOf(ctx, s.Caller, s.API, live)
		if err != nil {
			return fmt.Errorf("%w\n%w", refusal, err)
		}
		if !c.owns(resources) {
			refusal.Reason += ", and no function in it is named " + strings.Join(c.Functions, " or ")
			return refusal
		}
	default:
		return refusal
	}
	c.checked = aws.ToString(live.StackId)
	return nil
}

// owns reports whether one of the resources is a function of the service.
func (c *Claim) owns(resources []cfntypes.StackResourceSummary) bool {
	return slices.ContainsFunc(resources, func(resource cfntypes.StackResourceSummary) bool {
		return aws.ToString(resource.ResourceType) == FunctionType &&
			slices.Contains(c.Functions, aws.ToString(resource.PhysicalResourceId))
	})
}

// ResourcesOf lists the resources that a stack has and had.
func ResourcesOf(
	ctx context.Context, c connection.Caller, api cfn.ListStackResourcesAPIClient, live *cfntypes.Stack,
) ([]cfntypes.StackResourceSummary, error) {
	var found []cfntypes.StackResourceSummary
	pages := cfn.NewListStackResourcesPaginator(api, &cfn.ListStackResourcesInput{StackName: live.StackId})
	visit := func(page *cfn.ListStackResourcesOutput) { found = append(found, page.StackResourceSummaries...) }
	if err := connection.EachPage(ctx, c, "cloudformation:ListStackResources", pages, visit); err != nil {
		return nil, fmt.Errorf("list the resources of stack %s: %w", aws.ToString(live.StackName), err)
	}
	return found, nil
}
