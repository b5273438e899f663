//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package stack

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/request"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

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
func (s Client) Admit(ctx context.Context, live *cfn.Stack, c *Claim) error {
	if c.admitted != "" && c.admitted == aws.StringValue(live.StackId) {
		return nil
	}
	tags := map[string]string{}
	for _, tag := range live.Tags {
		tags[aws.StringValue(tag.Key)] = aws.StringValue(tag.Value)
	}
	of, reason := OwnershipOf(tags, c.Application)
	refusal := &Foreign{
		Stack: c.Stack, Application: c.Application, Reason: reason, Created: aws.TimeValue(live.CreationTime), Tags: tags,
	}
	switch {
	case of == Ours:
	case c.Adopt:
		s.Log.Warnf("adopting stack %s as application %s's: %s", c.Stack, c.Application, reason)
	case of == unmarked:
		resources, err := ResourcesOf(ctx, s.Caller, s.Api, live)
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
	c.admitted = aws.StringValue(live.StackId)
	return nil
}

// owns reports whether one of the resources is a function of the service.
func (c *Claim) owns(resources []*cfn.StackResourceSummary) bool {
	return slices.ContainsFunc(resources, func(resource *cfn.StackResourceSummary) bool {
		return aws.StringValue(resource.ResourceType) == FunctionType &&
			slices.Contains(c.Functions, aws.StringValue(resource.PhysicalResourceId))
	})
}

// ResourceLister lists what a stack holds.
type ResourceLister interface {
	ListStackResourcesPagesWithContext(
		aws.Context, *cfn.ListStackResourcesInput, func(*cfn.ListStackResourcesOutput, bool) bool, ...request.Option,
	) error
}

// ResourcesOf lists what a stack holds and has held.
func ResourcesOf(
	ctx context.Context, c connection.Caller, api ResourceLister, live *cfn.Stack,
) ([]*cfn.StackResourceSummary, error) {
	var found []*cfn.StackResourceSummary
	err := c.Call(ctx, "cloudformation:ListStackResources", func(ctx context.Context) error {
		found = nil
		return api.ListStackResourcesPagesWithContext(ctx, &cfn.ListStackResourcesInput{StackName: live.StackId},
			func(page *cfn.ListStackResourcesOutput, _ bool) bool {
				found = append(found, page.StackResourceSummaries...)
				return true
			})
	})
	if err != nil {
		return nil, fmt.Errorf("list the resources of stack %s: %w", aws.StringValue(live.StackName), err)
	}
	return found, nil
}
