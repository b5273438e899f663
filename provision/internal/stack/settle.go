package stack

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// Settle brings a stack to a state from which it can be deployed: it waits for an operation in progress, and deletes
// a stack that was never created successfully. It returns nil, or a stack under review, if the stack has to be
// created. It looks the stack up with find.
func (s Client) Settle(
	ctx context.Context, name string, stack *cfntypes.Stack, find func(context.Context) (*cfntypes.Stack, error),
) (*cfntypes.Stack, error) {
	announced := cfntypes.StackStatus("")
	for pause := connection.NextPause(0); ; pause = connection.NextPause(pause) {
		status := cfntypes.StackStatus("")
		if stack != nil {
			status = stack.StackStatus
		}
		switch StateOf(stack) {
		case Updatable, Absent:
			return stack, nil
		case Blocked:
			return nil, BlockedError(stack)
		case NeverCreated:
			if err := s.deleteNeverCreated(ctx, stack); err != nil {
				return nil, err
			}
			return nil, nil
		}
		if status != announced {
			s.Log.Infof("stack %s is %s%s: waiting until that has ended", name, status, s.atWork(ctx, stack))
			announced = status
		}
		connection.Sleep(ctx, pause)
		if ctx.Err() != nil {
			return nil, fmt.Errorf("wait for stack %s, which is %s: %w; check it with cgo:status and provision again "+
				"when that has ended", name, status, context.Cause(ctx))
		}
		var err error
		if stack, err = find(ctx); err != nil {
			return nil, err
		}
	}
}

// deleteNeverCreated deletes a stack that was never created successfully.
func (s Client) deleteNeverCreated(ctx context.Context, stack *cfntypes.Stack) error {
	name, status := aws.ToString(stack.StackName), stack.StackStatus
	succeeded, err := s.everSucceeded(ctx, stack)
	if err != nil {
		return err
	}
	if succeeded {
		return fmt.Errorf("stack %s is %s, but its events say that it was deployed before, so it is not deleted "+
			"automatically: see cgo:status, and run cgo:delete if nothing in it is needed", name, status)
	}
	s.Log.Warnf("stack %s is %s and was never created successfully: deleting it to create it again", name, status)
	return s.Delete(ctx, stack)
}

// everSucceeded reports whether a stack was ever created or updated successfully, which its status may not show.
func (s Client) everSucceeded(ctx context.Context, stack *cfntypes.Stack) (bool, error) {
	var succeeded bool
	err := s.eachEvent(ctx, aws.ToString(stack.StackId), func(event *cfntypes.StackEvent) bool {
		if IsOfStack(event) {
			switch cfntypes.StackStatus(event.ResourceStatus) {
			case cfntypes.StackStatusCreateComplete, cfntypes.StackStatusUpdateComplete,
				cfntypes.StackStatusImportComplete:
				succeeded = true
			}
		}
		return !succeeded
	})
	if isStackNotFound(err) {
		return false, nil // it has been deleted meanwhile
	}
	return succeeded, err
}
