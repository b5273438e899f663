//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
)

// review shows a change set and asks the user about what it destroys, if it
// destroys anything. A change set that is not to be executed is discarded.
func (d *deployment) review(ctx context.Context, set *changeSet) (asked bool, err error) {
	losses := lossesOf(set.raw)
	err = d.showChanges(set.changes)
	if err == nil && len(losses) > 0 {
		err = d.consent.to(ctx, "update stack "+d.stack, losses)
	}
	if err != nil {
		err = withCleanup(err, d.discard(ctx, set))
	}
	return len(losses) > 0, err
}

// carryOut executes a change set and sees it through.
func (d *deployment) carryOut(ctx context.Context, set *changeSet, result *Result) error {
	result.Changes = append(result.Changes, set.changes...)
	d.removeLeftovers(ctx, set)
	if err := d.execute(ctx, set); err != nil {
		return withCleanup(err, d.discard(ctx, set))
	}
	result.Changed, result.StackID = true, set.stackID
	operation := &operation{
		stackID: set.stackID, token: set.name, after: set.created,
		starts: []string{cfn.StackStatusCreateInProgress, cfn.StackStatusUpdateInProgress},
	}
	status, events, err := d.follow(ctx, operation, d.executionFailed(set))
	result.Status = status
	if err != nil {
		return err
	}
	if status != cfn.StackStatusCreateComplete && status != cfn.StackStatusUpdateComplete {
		return d.failure(ctx, status, events)
	}
	live, err := d.describe(ctx, set.stackID)
	if err != nil {
		return fmt.Errorf("stack %s is %s, but its outputs cannot be read: %w", d.stack, status, err)
	}
	result.fill(live)
	result.Status = status
	return d.show(result)
}

// failure tells why a deployment failed.
func (d *deployment) failure(ctx context.Context, status string, events []*cfn.StackEvent) error {
	failure := &StackFailure{Stack: d.stack, Status: status, Cause: d.cause(ctx, events), Advice: advice(status)}
	if status != cfn.StackStatusUpdateRollbackFailed && status != cfn.StackStatusRollbackFailed {
		return failure
	}
	for _, event := range stuck(events) {
		failure.Advice += fmt.Sprintf("\n%s could not go back: %s", aws.StringValue(event.LogicalResourceId), causeOf(event).Reason)
	}
	return failure
}

// unchanged ends a deployment that CloudFormation finds nothing to do in.
func (d *deployment) unchanged(ctx context.Context, live *cfn.Stack, code codeLocation, result *Result) error {
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
func (d *deployment) warnUnmarked(live *cfn.Stack) {
	if !d.claim.adopt || live == nil {
		return
	}
	if slices.ContainsFunc(live.Tags, func(tag *cfn.Tag) bool {
		return aws.StringValue(tag.Key) == applicationTag && aws.StringValue(tag.Value) == d.claim.application
	}) {
		return
	}
	d.log.Warnf("stack %s is not adopted: CloudFormation has nothing to change in it, and tags it with the next change only", d.stack)
}

// showChanges writes the table of changes, unless a JSON document is to follow.
func (d *deployment) showChanges(changes []Change) error {
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
