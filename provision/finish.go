package provision

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

// review shows a change set and asks the user about what it destroys, if it
// destroys anything. A change set that is not to be executed is discarded.
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

// carryOut executes a change set and sees it through.
func (d *deployment) carryOut(ctx context.Context, set *stack.ChangeSet, result *Result) error {
	result.Changes = append(result.Changes, set.Changes...)
	d.RemoveLeftovers(ctx, set)
	if err := d.Execute(ctx, set); err != nil {
		return stack.WithCleanup(err, d.Discard(ctx, set))
	}
	result.Changed, result.StackID = true, set.StackID
	operation := &stack.Operation{
		StackID: set.StackID, Token: set.Name, After: set.Created,
		Starts: []cfntypes.StackStatus{cfntypes.StackStatusCreateInProgress, cfntypes.StackStatusUpdateInProgress},
	}
	status, events, err := d.Follow(ctx, operation, d.ExecutionFailed(set))
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

// failure tells why a deployment failed.
func (d *deployment) failure(ctx context.Context, status cfntypes.StackStatus, events []*cfntypes.StackEvent) error {
	failure := &stack.Failure{Stack: d.stack, Status: string(status), Cause: d.Cause(ctx, events), Advice: stack.Advice(status)}
	if status != cfntypes.StackStatusUpdateRollbackFailed && status != cfntypes.StackStatusRollbackFailed {
		return failure
	}
	for _, event := range stack.Stuck(events) {
		failure.Advice += fmt.Sprintf("\n%s could not go back: %s", aws.ToString(event.LogicalResourceId), stack.CauseOf(event).Reason)
	}
	return failure
}

// unchanged ends a deployment that CloudFormation finds nothing to do in.
func (d *deployment) unchanged(ctx context.Context, live *cfntypes.Stack, code packages.Location, result *Result) error {
	refreshed, err := d.restoreCode(ctx, code)
	if err != nil {
		return err
	}
	result.InPlace, result.Changed = refreshed, len(refreshed) > 0
	result.fill(live)
	if result.Changed {
		d.log.Infof("the code of %s was not the stack's and is again; nothing else is to change in stack %s", strings.Join(refreshed, ", "), d.stack)
	} else {
		d.log.Infof("no changes: stack %s is as described", d.stack)
	}
	return d.show(result)
}

// warnUnmarked says that a stack is adopted in vain: CloudFormation found nothing
// to change, its tags included.
func (d *deployment) warnUnmarked(live *cfntypes.Stack) {
	if !d.claim.Adopt || live == nil {
		return
	}
	if slices.ContainsFunc(live.Tags, func(tag cfntypes.Tag) bool {
		return aws.ToString(tag.Key) == stack.ApplicationTag && aws.ToString(tag.Value) == d.claim.Application
	}) {
		return
	}
	d.log.Warnf("stack %s is not adopted: CloudFormation has nothing to change in it, and tags it with the next change only", d.stack)
}

// showChanges writes the table of changes, unless a JSON document is to follow.
func (d *deployment) showChanges(changes []stack.Change) error {
	if len(changes) == 0 {
		d.log.Info("no resource changes, only the stack's outputs, parameters or description")
		return nil
	}
	if d.options.JSON {
		return nil
	}
	return writeChanges(d.options.Stdout, changes)
}

// show writes the result.
func (d *deployment) show(result *Result) error {
	if d.options.JSON {
		return result.writeJSON(d.options.Stdout)
	}
	return result.writeOutputs(d.options.Stdout)
}

// writeChanges writes the table of what a change set does.
func writeChanges(w io.Writer, changes []stack.Change) error {
	rows := [][]string{{"ACTION", "RESOURCE", "TYPE", "REPLACEMENT"}}
	for _, change := range changes {
		rows = append(rows, []string{change.Action, change.LogicalID, change.Type, cmp.Or(change.Replacement, "-")})
	}
	return show.Table(w, rows)
}
