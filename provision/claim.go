//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/request"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"

	"github.com/go-sparta/sparta/internal/mainpackage"
)

// claim is a service's claim to a stack.
type claim struct {
	stack       string   // its name
	application string   // as applicationTag has it
	functions   []string // the service's, by their names in AWS
	adopt       bool     // the user has repeated the stack's name

	admitted string // ID of the stack that was found to be the application's
}

// newClaim checks what can be checked without AWS.
func newClaim(service Service, stack, adopt string) (*claim, error) {
	stack = stackName(service, Options{Stack: stack})
	if adopt != "" && adopt != stack {
		return nil, fmt.Errorf("-adopt=%s does not repeat the stack's name, which is %s: nothing was changed; "+
			"give both the same name, or leave -adopt out", adopt, stack)
	}
	path := cmp.Or(service.Application, mainpackage.Path())
	if path == "" {
		return nil, errors.New("it is not known which application this is, by which its stacks are known: " +
			"set Service.Application to the import path of its main package, or build it as a package (go build .), not from files")
	}
	c := &claim{stack: stack, application: applicationMark(path, service.Name), adopt: adopt != ""}
	for _, info := range service.Functions {
		if info != nil {
			c.functions = append(c.functions, functionName(stack, info.Name()))
		}
	}
	return c, nil
}

// newClaimFor is newClaim for a deployment.
func newClaimFor(service Service, options Options) (*claim, error) {
	if options.InPlace && options.Adopt != "" {
		return nil, errors.New("an update in place leaves the stack's tags as they are, which say whose it is: " +
			"provision with -adopt, without -inplace")
	}
	return newClaim(service, options.Stack, options.Adopt)
}

// CheckOptions returns the error that Provision would return of options alone, for who wants to have it before the
// package is built.
func CheckOptions(service Service, options Options) error {
	if options.Wait < 0 {
		return fmt.Errorf("time to wait of %s is negative: use such as 15m", options.Wait)
	}
	_, err := newClaimFor(service, options)
	return err
}

// admit returns an error if a live stack is not the claimant's to change: a *ForeignStack. The tags come with the
// stack's description; only a stack without applicationTag costs another request.
func (s stacks) admit(ctx context.Context, live *cfn.Stack, c *claim) error {
	if c.admitted != "" && c.admitted == aws.StringValue(live.StackId) {
		return nil
	}
	tags := map[string]string{}
	for _, tag := range live.Tags {
		tags[aws.StringValue(tag.Key)] = aws.StringValue(tag.Value)
	}
	of, reason := ownershipOf(tags, c.application)
	refusal := &ForeignStack{
		Stack: c.stack, Application: c.application, Reason: reason, Created: aws.TimeValue(live.CreationTime), Tags: tags,
	}
	switch {
	case of == ours:
	case c.adopt:
		s.log.Warnf("adopting stack %s as application %s's: %s", c.stack, c.application, reason)
	case of == unmarked:
		resources, err := s.resourcesOf(ctx, s.api, live)
		if err != nil {
			return fmt.Errorf("%w\n%w", refusal, err)
		}
		if !c.owns(resources) {
			refusal.Reason += ", and no function in it is named " + strings.Join(c.functions, " or ")
			return refusal
		}
	default:
		return refusal
	}
	c.admitted = aws.StringValue(live.StackId)
	return nil
}

// owns reports whether one of the resources is a function of the service.
func (c *claim) owns(resources []*cfn.StackResourceSummary) bool {
	return slices.ContainsFunc(resources, func(resource *cfn.StackResourceSummary) bool {
		return aws.StringValue(resource.ResourceType) == functionType &&
			slices.Contains(c.functions, aws.StringValue(resource.PhysicalResourceId))
	})
}

// find looks the service's stack up, and refuses one that is another's. A stack under review has nothing in it that
// could be anyone's.
func (d *deployment) find(ctx context.Context) (*cfn.Stack, error) {
	live, err := d.describe(ctx, d.stack)
	if err != nil || standingOf(live) == absent {
		return live, err
	}
	return live, d.admit(ctx, live, d.claim)
}

// resourceLister lists what a stack holds.
type resourceLister interface {
	ListStackResourcesPagesWithContext(
		aws.Context, *cfn.ListStackResourcesInput, func(*cfn.ListStackResourcesOutput, bool) bool, ...request.Option,
	) error
}

// resourcesOf lists what a stack holds and has held.
func (c caller) resourcesOf(
	ctx context.Context, api resourceLister, live *cfn.Stack,
) ([]*cfn.StackResourceSummary, error) {
	var found []*cfn.StackResourceSummary
	err := c.call(ctx, "cloudformation:ListStackResources", func(ctx context.Context) error {
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
