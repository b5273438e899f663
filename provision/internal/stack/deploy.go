package stack

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// Deploy executes a change set, shows the events, and waits until the stack is as the change set describes it. It
// returns the stack's status. The error about a deployment that failed is a *Failure.
func (s Client) Deploy(ctx context.Context, set *ChangeSet) (cfntypes.StackStatus, error) {
	s.DeleteAbandoned(ctx, set)
	if err := s.ExecuteChangeSet(ctx, set); err != nil {
		return "", WithCleanup(err, s.Discard(ctx, set))
	}
	set.Executed = true
	operation := &Operation{
		StackID: set.StackID,
		Token:   set.Name,
		After:   set.Created,
		Starts:  []cfntypes.StackStatus{cfntypes.StackStatusCreateInProgress, cfntypes.StackStatusUpdateInProgress},
	}
	status, events, err := s.Follow(ctx, operation, s.ExecutionCheck(set))
	if err == nil && status != cfntypes.StackStatusCreateComplete && status != cfntypes.StackStatusUpdateComplete {
		err = s.failure(ctx, set.Stack, status, events)
	}
	return status, err
}

// failure says why a deployment failed.
func (s Client) failure(
	ctx context.Context, name string, status cfntypes.StackStatus, events []*cfntypes.StackEvent,
) error {
	failure := &Failure{
		Stack:  name,
		Status: string(status),
		Cause:  s.Cause(ctx, events),
		Advice: Advice(status),
	}
	if status != cfntypes.StackStatusUpdateRollbackFailed && status != cfntypes.StackStatusRollbackFailed {
		return failure
	}
	for _, event := range RollbackFailures(events) {
		failure.Advice += fmt.Sprintf("\n%s could not be rolled back: %s",
			aws.ToString(event.LogicalResourceId), CauseOf(event).Reason)
	}
	return failure
}
