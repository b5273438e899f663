package stack

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// ChangeSet is what CloudFormation would do to a stack.
type ChangeSet struct {
	Name    string
	Stack   string // name
	StackID string
	create  bool // executing it creates the stack
	review  bool // the stack under review was created with it
	Created time.Time
	// Executed says that CloudFormation has begun to execute it.
	Executed bool
	Changes  []Change
	Raw      []*cfntypes.ResourceChange
}

// stackRef is the stack's ID if it is known: the name may be another stack's later.
func (c *ChangeSet) stackRef() *string {
	if c.StackID != "" {
		return &c.StackID
	}
	return &c.Stack
}

func (s Client) describeChangeSet(
	ctx context.Context, set *ChangeSet, next *string,
) (answer *cfn.DescribeChangeSetOutput, err error) {
	err = s.Call(ctx, "cloudformation:DescribeChangeSet", func(ctx context.Context) (err error) {
		answer, err = s.API.DescribeChangeSet(ctx, &cfn.DescribeChangeSetInput{
			ChangeSetName: &set.Name,
			StackName:     set.stackRef(),
			NextToken:     next,
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("describe the change set of stack %s: %w", set.Stack, err)
	}
	return answer, nil
}

// EachChangeSet visits the change sets of a stack, which is named by its name or ID.
func (s Client) EachChangeSet(ctx context.Context, stack string, visit func(*cfntypes.ChangeSetSummary)) error {
	pages := cfn.NewListChangeSetsPaginator(s.API, &cfn.ListChangeSetsInput{StackName: &stack})
	visitPage := func(page *cfn.ListChangeSetsOutput) {
		for _, summary := range page.Summaries {
			if stack == aws.ToString(summary.StackId) || stack == aws.ToString(summary.StackName) {
				visit(&summary)
			}
		}
	}
	if err := connection.EachPage(ctx, s.Caller, "cloudformation:ListChangeSets", pages, visitPage); err != nil {
		return fmt.Errorf("list change sets of stack %s: %w", nameOf(stack), err)
	}
	return nil
}
