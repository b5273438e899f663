package provision

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/stack"
)

// review shows a change set, and asks the user to agree to what it destroys, if it destroys anything. A change set that
// is not to be executed is discarded.
func (d *deployment) review(ctx context.Context, set *stack.ChangeSet) (asked bool, err error) {
	losses := stack.LossesOf(set.Raw)
	err = d.showChanges(set.Changes)
	if err == nil && len(losses) > 0 {
		err = d.consent.To(ctx, "update stack "+d.stack, losses)
	}
	if err != nil {
		err = stack.WithCleanup(err, d.Discard(ctx, set))
	}
	return len(losses) > 0, err
}

// execute executes a change set and waits until the stack is deployed.
func (d *deployment) execute(ctx context.Context, set *stack.ChangeSet, result *Result) error {
	result.Changes = append(result.Changes, set.Changes...)
	d.DeleteAbandoned(ctx, set)
	if err := d.ExecuteChangeSet(ctx, set); err != nil {
		return stack.WithCleanup(err, d.Discard(ctx, set))
	}
	result.Changed, result.StackID = true, set.StackID
	operation := &stack.Operation{
		StackID: set.StackID,
		Token:   set.Name,
		After:   set.Created,
		Starts:  []cfntypes.StackStatus{cfntypes.StackStatusCreateInProgress, cfntypes.StackStatusUpdateInProgress},
	}
	status, events, err := d.Follow(ctx, operation, d.ExecutionCheck(set))
	result.Status = string(status)
	if err != nil {
		return err
	}
	if status != cfntypes.StackStatusCreateComplete && status != cfntypes.StackStatusUpdateComplete {
		return d.failure(ctx, status, events)
	}
	live, err := d.Describe(ctx, set.StackID)
	if err != nil {
		return fmt.Errorf("stack %s is %s, but its outputs cannot be read: %w", d.stack, status, err)
	}
	result.fill(live)
	result.Status = string(status)
	return d.show(result)
}

// failure says why a deployment failed.
func (d *deployment) failure(
	ctx context.Context, status cfntypes.StackStatus, events []*cfntypes.StackEvent,
) error {
	failure := &stack.Failure{
		Stack:  d.stack,
		Status: string(status),
		Cause:  d.Cause(ctx, events),
		Advice: stack.Advice(status),
	}
	if status != cfntypes.StackStatusUpdateRollbackFailed && status != cfntypes.StackStatusRollbackFailed {
		return failure
	}
	for _, event := range stack.RollbackFailures(events) {
		failure.Advice += fmt.Sprintf("\n%s could not be rolled back: %s",
			aws.ToString(event.LogicalResourceId), stack.CauseOf(event).Reason)
	}
	return failure
}
