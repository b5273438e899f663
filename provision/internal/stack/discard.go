package stack

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// WithCleanup adds to an error what is left behind after it, if anything is.
func WithCleanup(err, left error) error {
	if left == nil {
		return err
	}
	return fmt.Errorf("%w\n%w", err, left)
}

// Discard deletes a change set that is not executed, and the stack under review that was created with it. Its error
// says what is left and how to delete it.
func (s Client) Discard(ctx context.Context, set *ChangeSet) error {
	ctx, cancel := connection.Detach(ctx)
	defer cancel()
	err := s.Call(ctx, "cloudformation:DeleteChangeSet", func(ctx context.Context) error {
		_, err := s.API.DeleteChangeSet(ctx,
			&cfn.DeleteChangeSetInput{ChangeSetName: &set.Name, StackName: set.stackRef()})
		return err
	})
	if isNotFound(err) {
		err = nil
	}
	if err != nil {
		err = fmt.Errorf("change set %s of stack %s is left behind: delete it with `aws cloudformation "+
			"delete-change-set --stack-name %s --change-set-name %s`: %w",
			set.Name, set.Stack, set.Stack, set.Name, err)
	}
	if !set.review {
		return err
	}
	deleted, stackErr := s.discardStack(ctx, set)
	if stackErr != nil {
		stackErr = fmt.Errorf("stack %s is left behind in REVIEW_IN_PROGRESS: the next cgo:provision creates it, "+
			"or cgo:delete removes it: %w", set.Stack, stackErr)
	}
	if deleted && stackErr == nil {
		return nil // and its change sets with it
	}
	return errors.Join(err, stackErr)
}

// discardStack deletes the stack that was created with a change set, unless it has another change set.
func (s Client) discardStack(ctx context.Context, set *ChangeSet) (deleted bool, err error) {
	stack, err := s.Describe(ctx, *set.stackRef())
	if err != nil {
		return false, err
	}
	if stack == nil || stack.StackStatus != cfntypes.StackStatusReviewInProgress {
		return stack == nil, nil
	}
	var others bool
	err = s.EachChangeSet(ctx, aws.ToString(stack.StackId), func(other *cfntypes.ChangeSetSummary) {
		others = others || aws.ToString(other.ChangeSetName) != set.Name
	})
	if err != nil {
		return false, err
	}
	if others {
		s.Log.Warnf("stack %s stays in REVIEW_IN_PROGRESS for another change set", set.Stack)
		return false, nil
	}
	return true, s.Delete(ctx, stack)
}
