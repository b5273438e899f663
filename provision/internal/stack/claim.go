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

// Claim is a service's claim to a stack.
type Claim struct {
	Stack       string   // its name
	Application string   // as applicationTag has it
	Functions   []string // the service's, by their names in AWS
	Adopt       bool     // the user has repeated the stack's name

	admitted string // ID of the stack that was found to be the application's
}

// Admit returns an error if a live stack is not the claimant's to change: a *ForeignStack. The tags come with the
// stack's description; only a stack without applicationTag costs another request.
func (s Client) Admit(ctx context.Context, live *cfntypes.Stack, c *Claim) error {
	if c.admitted != "" && c.admitted == aws.ToString(live.StackId) {
		return nil
	}
	tags := map[string]string{}
	for _, tag := range live.Tags {
		tags[aws.ToString(tag.Key)] = aws.ToString(tag.Value)
	}
	of, reason := OwnershipOf(tags, c.Application)
	refusal := &Foreign{
		Stack: c.Stack, Application: c.Application, Reason: reason, Created: aws.ToTime(live.CreationTime), Tags: tags,
	}
	switch {
	case of == Ours:
	case c.Adopt:
		s.Log.Warnf("adopting stack %s as application %s's: %s", c.Stack, c.Application, reason)
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
	c.admitted = aws.ToString(live.StackId)
	return nil
}

// owns reports whether one of the resources is a function of the service.
func (c *Claim) owns(resources []cfntypes.StackResourceSummary) bool {
	return slices.ContainsFunc(resources, func(resource cfntypes.StackResourceSummary) bool {
		return aws.ToString(resource.ResourceType) == FunctionType &&
			slices.Contains(c.Functions, aws.ToString(resource.PhysicalResourceId))
	})
}

// ResourceLister lists what a stack holds.
type ResourceLister interface {
	cfn.ListStackResourcesAPIClient
}

// ResourcesOf lists what a stack holds and has held.
func ResourcesOf(
	ctx context.Context, c connection.Caller, api ResourceLister, live *cfntypes.Stack,
) ([]cfntypes.StackResourceSummary, error) {
	var found []cfntypes.StackResourceSummary
	err := c.Call(ctx, "cloudformation:ListStackResources", func(ctx context.Context) error {
		found = nil
		pages := cfn.NewListStackResourcesPaginator(api, &cfn.ListStackResourcesInput{StackName: live.StackId})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			found = append(found, page.StackResourceSummaries...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the resources of stack %s: %w", aws.ToString(live.StackName), err)
	}
	return found, nil
}
