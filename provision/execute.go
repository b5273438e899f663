package provision

import (
	"context"
	"fmt"
	"strings"

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

// execute executes a change set and waits until the stack is deployed. Before is the stack, or nil if there was none.
func (d *deployment) execute(
	ctx context.Context, set *stack.ChangeSet, before *cfntypes.Stack, result *Result,
) error {
	result.Changes = append(result.Changes, set.Changes...)
	status, err := d.Deploy(ctx, set)
	if set.Executed {
		result.Changed, result.StackID, result.Status = true, set.StackID, string(status)
	}
	if err != nil {
		return err
	}
	d.workflow.Deployed = true
	live, err := d.Describe(ctx, set.StackID)
	if err != nil {
		return fmt.Errorf("stack %s is %s, but its outputs cannot be read: %w", d.stack, status, err)
	}
	result.fill(live)
	result.Status = string(status)
	if names := stack.NewlyResolved(before, live); len(names) > 0 && d.publishesVersions() {
		d.log.Warnf("Systems Manager has had new values for %s: functions have them, but published versions and their "+
			"aliases do not yet: run cgo:provision again", strings.Join(names, ", "))
	}
	d.prune(ctx, set.Changes)
	return d.finish(ctx, result)
}
