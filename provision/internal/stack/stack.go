//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package stack

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/request"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// StackAPI is the part of CloudFormation that a deployment needs.
type StackAPI interface {
	DescribeStacksWithContext(aws.Context, *cfn.DescribeStacksInput, ...request.Option) (*cfn.DescribeStacksOutput, error)
	DescribeStackEventsWithContext(aws.Context, *cfn.DescribeStackEventsInput, ...request.Option) (*cfn.DescribeStackEventsOutput, error)
	ResourceLister
	DeleteStackWithContext(aws.Context, *cfn.DeleteStackInput, ...request.Option) (*cfn.DeleteStackOutput, error)
	ContinueUpdateRollbackWithContext(aws.Context, *cfn.ContinueUpdateRollbackInput, ...request.Option) (*cfn.ContinueUpdateRollbackOutput, error)

	CreateChangeSetWithContext(aws.Context, *cfn.CreateChangeSetInput, ...request.Option) (*cfn.CreateChangeSetOutput, error)
	DescribeChangeSetWithContext(aws.Context, *cfn.DescribeChangeSetInput, ...request.Option) (*cfn.DescribeChangeSetOutput, error)
	ListChangeSetsWithContext(aws.Context, *cfn.ListChangeSetsInput, ...request.Option) (*cfn.ListChangeSetsOutput, error)
	ExecuteChangeSetWithContext(aws.Context, *cfn.ExecuteChangeSetInput, ...request.Option) (*cfn.ExecuteChangeSetOutput, error)
	DeleteChangeSetWithContext(aws.Context, *cfn.DeleteChangeSetInput, ...request.Option) (*cfn.DeleteChangeSetOutput, error)
}

// Client is CloudFormation as this package uses it.
type Client struct {
	connection.Caller
	Api StackAPI
}

// Describe looks a stack up by name or ID. There is none when it is nil.
func (s Client) Describe(ctx context.Context, stack string) (*cfn.Stack, error) {
	var found *cfn.Stack
	err := s.Call(ctx, "cloudformation:DescribeStacks", func(ctx context.Context) error {
		answer, err := s.Api.DescribeStacksWithContext(ctx, &cfn.DescribeStacksInput{StackName: &stack})
		if err == nil && len(answer.Stacks) > 0 {
			found = answer.Stacks[0]
		}
		return err
	})
	if missingStack(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look up stack %s: %w", stack, err)
	}
	if found != nil && aws.StringValue(found.StackStatus) == cfn.StackStatusDeleteComplete {
		return nil, nil // what an ID leads to when the stack is gone
	}
	return found, nil
}

// missingStack tells CloudFormation's error about a stack that does not exist:
// it has no code of its own.
func missingStack(err error) bool {
	var failure awserr.Error
	return errors.As(err, &failure) && failure.Code() == "ValidationError" && strings.Contains(failure.Message(), "does not exist")
}

// Standing is what a deployment can do with a stack in some state.
type Standing int

const (
	Ready   Standing = iota // to be updated
	Absent                  // to be created; a stack under review has nothing in it yet
	Busy                    // to be waited for
	Unborn                  // never created with success: to be deleted and created again
	Blocked                 // to be put right by someone first
)

// StandingOf sorts a stack by its state. Nil is no stack.
func StandingOf(stack *cfn.Stack) Standing {
	if stack == nil {
		return Absent
	}
	switch status := aws.StringValue(stack.StackStatus); status {
	case cfn.StackStatusCreateComplete, cfn.StackStatusUpdateComplete, cfn.StackStatusUpdateRollbackComplete,
		cfn.StackStatusImportComplete, cfn.StackStatusImportRollbackComplete:
		return Ready
	case cfn.StackStatusReviewInProgress:
		return Absent
	case cfn.StackStatusRollbackComplete, cfn.StackStatusRollbackFailed:
		return Unborn
	default:
		if strings.HasSuffix(status, "_IN_PROGRESS") {
			return Busy
		}
		return Blocked
	}
}

// Blockade says why a stack's state stops a deployment and what to do.
func Blockade(stack *cfn.Stack) error {
	next := "see cgo:status and the CloudFormation console for what to do"
	switch aws.StringValue(stack.StackStatus) {
	case cfn.StackStatusUpdateRollbackFailed:
		next = "an update failed and so did going back: fix the reason, run cgo:recover and then provision again"
	case cfn.StackStatusDeleteFailed:
		next = "it was to be deleted and was not: fix the reason, run cgo:delete again and then provision"
	case cfn.StackStatusCreateFailed:
		next = "its creation failed and what there is was kept for a look: run cgo:delete and then provision again"
	case cfn.StackStatusUpdateFailed:
		next = "an update failed and was not rolled back: run `aws cloudformation rollback-stack --stack-name " +
			aws.StringValue(stack.StackName) + "` and then provision again"
	case cfn.StackStatusImportRollbackFailed:
		next = "importing resources failed and so did going back: continue that in the CloudFormation console first"
	}
	return fmt.Errorf("stack %s is %s%s: %s", aws.StringValue(stack.StackName), aws.StringValue(stack.StackStatus), show.Because(stack.StackStatusReason), next)
}

// Settle brings a stack to a state that a deployment can start from: it waits
// for what is in progress and deletes what was never created with success. The
// result is nil, or a stack under review, when the stack has to be created.
// The stack is looked up with find.
func (s Client) Settle(ctx context.Context, name string, stack *cfn.Stack, find func(context.Context) (*cfn.Stack, error)) (*cfn.Stack, error) {
	announced := ""
	for pause := connection.Pause(0); ; pause = connection.Pause(pause) {
		status := ""
		if stack != nil {
			status = aws.StringValue(stack.StackStatus)
		}
		switch StandingOf(stack) {
		case Ready, Absent:
			return stack, nil
		case Blocked:
			return nil, Blockade(stack)
		case Unborn:
			if err := s.clear(ctx, stack); err != nil {
				return nil, err
			}
			return nil, nil
		}
		if status != announced {
			s.Log.Infof("stack %s is %s: waiting for that to end", name, status)
			announced = status
		}
		connection.Sleep(ctx, pause)
		if ctx.Err() != nil {
			return nil, fmt.Errorf("wait for stack %s, which is %s: %w; look with cgo:status and provision again when it has settled", name, status, context.Cause(ctx))
		}
		var err error
		if stack, err = find(ctx); err != nil {
			return nil, err
		}
	}
}

// clear deletes a stack that was never created with success.
func (s Client) clear(ctx context.Context, stack *cfn.Stack) error {
	name, status := aws.StringValue(stack.StackName), aws.StringValue(stack.StackStatus)
	succeeded, err := s.everSucceeded(ctx, stack)
	if err != nil {
		return err
	}
	if succeeded {
		return fmt.Errorf("stack %s is %s, yet its events tell of a success before: it is not deleted for you; see cgo:status, and cgo:delete if nothing of it is needed", name, status)
	}
	s.Log.Warnf("stack %s is %s and was never created with success: deleting it to create it anew", name, status)
	return s.Delete(ctx, stack)
}

// everSucceeded tells whether a stack was ever created or updated, which a state
// alone may not show.
func (s Client) everSucceeded(ctx context.Context, stack *cfn.Stack) (bool, error) {
	var succeeded bool
	err := s.eachEvent(ctx, aws.StringValue(stack.StackId), func(event *cfn.StackEvent) bool {
		if OfStack(event) {
			switch aws.StringValue(event.ResourceStatus) {
			case cfn.StackStatusCreateComplete, cfn.StackStatusUpdateComplete, cfn.StackStatusImportComplete:
				succeeded = true
			}
		}
		return !succeeded
	})
	if missingStack(err) {
		return false, nil // it went meanwhile
	}
	return succeeded, err
}

// Delete deletes a stack and waits until it is gone.
func (s Client) Delete(ctx context.Context, stack *cfn.Stack) error {
	name, id := aws.StringValue(stack.StackName), aws.StringValue(stack.StackId)
	token := NewToken("delete")
	err := s.Call(ctx, "cloudformation:DeleteStack", func(ctx context.Context) error {
		_, err := s.Api.DeleteStackWithContext(ctx, &cfn.DeleteStackInput{StackName: &id, ClientRequestToken: &token})
		return err
	})
	if err != nil {
		return fmt.Errorf("delete stack %s: %w", name, err)
	}
	for pause := connection.Pause(0); ; pause = connection.Pause(pause) {
		current, err := s.Describe(ctx, id)
		switch {
		case err != nil:
			return fmt.Errorf("wait until stack %s is deleted: %w", name, err)
		case current == nil:
			return nil
		case aws.StringValue(current.StackStatus) == cfn.StackStatusDeleteFailed:
			return Blockade(current)
		}
		connection.Sleep(ctx, pause)
		if ctx.Err() != nil {
			return fmt.Errorf("wait until stack %s is deleted: %w; CloudFormation goes on with it: look with cgo:status and provision again when it is gone", name, context.Cause(ctx))
		}
	}
}
