package stack

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// StackAPI is the part of CloudFormation that a deployment needs.
type StackAPI interface {
	DescribeStacks(context.Context, *cfn.DescribeStacksInput, ...func(*cfn.Options)) (*cfn.DescribeStacksOutput, error)
	DescribeStackEvents(context.Context, *cfn.DescribeStackEventsInput, ...func(*cfn.Options)) (*cfn.DescribeStackEventsOutput, error)
	ResourceLister
	DeleteStack(context.Context, *cfn.DeleteStackInput, ...func(*cfn.Options)) (*cfn.DeleteStackOutput, error)
	ContinueUpdateRollback(context.Context, *cfn.ContinueUpdateRollbackInput, ...func(*cfn.Options)) (*cfn.ContinueUpdateRollbackOutput, error)

	CreateChangeSet(context.Context, *cfn.CreateChangeSetInput, ...func(*cfn.Options)) (*cfn.CreateChangeSetOutput, error)
	DescribeChangeSet(context.Context, *cfn.DescribeChangeSetInput, ...func(*cfn.Options)) (*cfn.DescribeChangeSetOutput, error)
	ListChangeSets(context.Context, *cfn.ListChangeSetsInput, ...func(*cfn.Options)) (*cfn.ListChangeSetsOutput, error)
	ExecuteChangeSet(context.Context, *cfn.ExecuteChangeSetInput, ...func(*cfn.Options)) (*cfn.ExecuteChangeSetOutput, error)
	DeleteChangeSet(context.Context, *cfn.DeleteChangeSetInput, ...func(*cfn.Options)) (*cfn.DeleteChangeSetOutput, error)
}

// Client is CloudFormation as this package uses it.
type Client struct {
	connection.Caller
	API StackAPI
}

// Describe looks a stack up by name or ID. There is none when it is nil.
func (s Client) Describe(ctx context.Context, stack string) (*cfntypes.Stack, error) {
	var found *cfntypes.Stack
	err := s.Call(ctx, "cloudformation:DescribeStacks", func(ctx context.Context) error {
		answer, err := s.API.DescribeStacks(ctx, &cfn.DescribeStacksInput{StackName: &stack})
		if err == nil && len(answer.Stacks) > 0 {
			found = &answer.Stacks[0]
		}
		return err
	})
	if missingStack(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look up stack %s: %w", stack, err)
	}
	if found != nil && found.StackStatus == cfntypes.StackStatusDeleteComplete {
		return nil, nil // what an ID leads to when the stack is gone
	}
	return found, nil
}

// missingStack tells CloudFormation's error about a stack that does not exist:
// it has no code of its own.
func missingStack(err error) bool {
	return connection.HasCode(err, "ValidationError") && strings.Contains(connection.ErrorMessage(err), "does not exist")
}

// Standing is what a deployment can do with a stack in some state.
type Standing int

// The standings.
const (
	Ready   Standing = iota // to be updated
	Absent                  // to be created; a stack under review has nothing in it yet
	Busy                    // to be waited for
	Unborn                  // never created with success: to be deleted and created again
	Blocked                 // to be put right by someone first
)

// StandingOf sorts a stack by its state. Nil is no stack.
func StandingOf(stack *cfntypes.Stack) Standing {
	if stack == nil {
		return Absent
	}
	switch status := stack.StackStatus; status {
	case cfntypes.StackStatusCreateComplete, cfntypes.StackStatusUpdateComplete, cfntypes.StackStatusUpdateRollbackComplete,
		cfntypes.StackStatusImportComplete, cfntypes.StackStatusImportRollbackComplete:
		return Ready
	case cfntypes.StackStatusReviewInProgress:
		return Absent
	case cfntypes.StackStatusRollbackComplete, cfntypes.StackStatusRollbackFailed:
		return Unborn
	default:
		if strings.HasSuffix(string(status), "_IN_PROGRESS") {
			return Busy
		}
		return Blocked
	}
}

// Blockade says why a stack's state stops a deployment and what to do.
func Blockade(stack *cfntypes.Stack) error {
	next := "see cgo:status and the CloudFormation console for what to do"
	switch stack.StackStatus {
	case cfntypes.StackStatusUpdateRollbackFailed:
		next = "an update failed and so did going back: fix the reason, run cgo:recover and then provision again"
	case cfntypes.StackStatusDeleteFailed:
		next = "it was to be deleted and was not: fix the reason, run cgo:delete again and then provision"
	case cfntypes.StackStatusCreateFailed:
		next = "its creation failed and what there is was kept for a look: run cgo:delete and then provision again"
	case cfntypes.StackStatusUpdateFailed:
		next = "an update failed and was not rolled back: run `aws cloudformation rollback-stack --stack-name " +
			aws.ToString(stack.StackName) + "` and then provision again"
	case cfntypes.StackStatusImportRollbackFailed:
		next = "importing resources failed and so did going back: continue that in the CloudFormation console first"
	}
	return fmt.Errorf("stack %s is %s%s: %s", aws.ToString(stack.StackName), stack.StackStatus, show.Because(stack.StackStatusReason), next)
}

// Settle brings a stack to a state that a deployment can start from: it waits
// for what is in progress and deletes what was never created with success. The
// result is nil, or a stack under review, when the stack has to be created.
// The stack is looked up with find.
func (s Client) Settle(ctx context.Context, name string, stack *cfntypes.Stack, find func(context.Context) (*cfntypes.Stack, error)) (*cfntypes.Stack, error) {
	announced := cfntypes.StackStatus("")
	for pause := connection.Pause(0); ; pause = connection.Pause(pause) {
		status := cfntypes.StackStatus("")
		if stack != nil {
			status = stack.StackStatus
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
func (s Client) clear(ctx context.Context, stack *cfntypes.Stack) error {
	name, status := aws.ToString(stack.StackName), stack.StackStatus
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

// everSucceeded reports whether a stack was ever created or updated, which a state
// alone may not show.
func (s Client) everSucceeded(ctx context.Context, stack *cfntypes.Stack) (bool, error) {
	var succeeded bool
	err := s.eachEvent(ctx, aws.ToString(stack.StackId), func(event *cfntypes.StackEvent) bool {
		if OfStack(event) {
			switch cfntypes.StackStatus(event.ResourceStatus) {
			case cfntypes.StackStatusCreateComplete, cfntypes.StackStatusUpdateComplete, cfntypes.StackStatusImportComplete:
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
func (s Client) Delete(ctx context.Context, stack *cfntypes.Stack) error {
	name, id := aws.ToString(stack.StackName), aws.ToString(stack.StackId)
	token := NewToken("delete")
	err := s.Call(ctx, "cloudformation:DeleteStack", func(ctx context.Context) error {
		_, err := s.API.DeleteStack(ctx, &cfn.DeleteStackInput{StackName: &id, ClientRequestToken: &token})
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
		case current.StackStatus == cfntypes.StackStatusDeleteFailed:
			return Blockade(current)
		}
		connection.Sleep(ctx, pause)
		if ctx.Err() != nil {
			return fmt.Errorf("wait until stack %s is deleted: %w; CloudFormation goes on with it: look with cgo:status and provision again when it is gone", name, context.Cause(ctx))
		}
	}
}
