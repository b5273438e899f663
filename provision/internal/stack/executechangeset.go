package stack

import (
	"context"
	"fmt"

	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// ExecuteChangeSet has CloudFormation execute a change set. Cancelling the context leaves no doubt whether it was
// requested.
func (s Client) ExecuteChangeSet(ctx context.Context, set *ChangeSet) error {
	if ctx.Err() != nil {
		return fmt.Errorf("nothing was changed in stack %s: %w", set.Stack, context.Cause(ctx))
	}
	ctx, cancel := connection.Detach(ctx)
	defer cancel()
	err := s.Call(ctx, "cloudformation:ExecuteChangeSet", func(ctx context.Context) error {
		_, err := s.API.ExecuteChangeSet(ctx, &cfn.ExecuteChangeSetInput{
			ChangeSetName:      &set.Name,
			StackName:          set.stackRef(),
			ClientRequestToken: &set.Name,
		})
		return err
	})
	if err == nil {
		return nil
	}
	// The answer to a request that was carried out may be lost.
	if answer, describeErr := s.describeChangeSet(ctx, set, nil); describeErr == nil {
		switch answer.ExecutionStatus {
		case cfntypes.ExecutionStatusExecuteInProgress, cfntypes.ExecutionStatusExecuteComplete,
			cfntypes.ExecutionStatusExecuteFailed:
			return nil
		}
	}
	if connection.HasCode(err, "InvalidChangeSetStatus") || connection.HasCode(err, "ChangeSetNotFound") ||
		saysBusy(err) {
		return &BusyError{fmt.Errorf("execute the changes of stack %s: somebody else has changed it meanwhile, "+
			"run the command again: %w", set.Stack, err)}
	}
	return fmt.Errorf("execute the changes of stack %s: %w", set.Stack, err)
}

// ExecutionCheck returns a check for Follow, whose error is that CloudFormation failed to execute a change set before
// it began.
func (s Client) ExecutionCheck(set *ChangeSet) func(context.Context) error {
	return func(ctx context.Context) error {
		answer, err := s.describeChangeSet(ctx, set, nil)
		if err != nil || answer.ExecutionStatus != cfntypes.ExecutionStatusExecuteFailed {
			return nil // the events will show the outcome
		}
		return fmt.Errorf("execute the changes of stack %s: CloudFormation did not begin: %s",
			set.Stack, OrNoReason(answer.StatusReason))
	}
}
