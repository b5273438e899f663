package stack

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// randomText is 8 letters and digits.
func randomText() string { return strings.ToLower(rand.Text()[:8]) }

// WithCleanup reports what is left behind after an error.
func WithCleanup(err, left error) error {
	if left == nil {
		return err
	}
	return fmt.Errorf("%w\n%w", err, left)
}

// Discard deletes a change set that is not executed, and the stack under review
// that came with it. Its error names what is left and how to remove it.
func (s Client) Discard(ctx context.Context, set *ChangeSet) error {
	ctx, cancel := connection.Detach(ctx)
	defer cancel()
	err := s.Call(ctx, "cloudformation:DeleteChangeSet", func(ctx context.Context) error {
		_, err := s.API.DeleteChangeSet(ctx, &cfn.DeleteChangeSetInput{ChangeSetName: &set.Name, StackName: set.stackRef()})
		return err
	})
	if gone(err) {
		err = nil
	}
	if err != nil {
		err = fmt.Errorf("change set %s of stack %s is left behind, delete it with `aws cloudformation delete-change-set --stack-name %s --change-set-name %s`: %w",
			set.Name, set.Stack, set.Stack, set.Name, err)
	}
	if !set.review {
		return err
	}
	deleted, stackErr := s.discardStack(ctx, set)
	if stackErr != nil {
		stackErr = fmt.Errorf("stack %s is left behind in REVIEW_IN_PROGRESS: the next cgo:provision creates it, or cgo:delete removes it: %w", set.Stack, stackErr)
	}
	if deleted && stackErr == nil {
		return nil // and its change sets with it
	}
	return errors.Join(err, stackErr)
}

// gone tells the errors about change sets and stacks that do not exist.
func gone(err error) bool {
	return connection.HasCode(err, "ChangeSetNotFound") || missingStack(err)
}

// discardStack deletes the stack that a change set brought into being, unless
// another change set waits for it.
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

// EachChangeSet visits the change sets of a stack, given by name or ID.
func (s Client) EachChangeSet(ctx context.Context, stack string, visit func(*cfntypes.ChangeSetSummary)) error {
	input := &cfn.ListChangeSetsInput{StackName: &stack}
	for {
		var page *cfn.ListChangeSetsOutput
		err := s.Call(ctx, "cloudformation:ListChangeSets", func(ctx context.Context) (err error) {
			page, err = s.API.ListChangeSets(ctx, input)
			return err
		})
		if err != nil {
			return fmt.Errorf("list change sets of stack %s: %w", shortStack(stack), err)
		}
		for _, summary := range page.Summaries {
			if stack == aws.ToString(summary.StackId) || stack == aws.ToString(summary.StackName) {
				visit(&summary)
			}
		}
		if aws.ToString(page.NextToken) == "" {
			return nil
		}
		input.NextToken = page.NextToken
	}
}

// abandonedAfter is the age at which the change set of another run is taken for
// a leftover. A run that is younger may be about to execute its own, or may be
// waiting for someone to answer.
const abandonedAfter = time.Hour

// Abandoned reports whether a change set is a leftover, not someone's at work.
func Abandoned(set *cfntypes.ChangeSetSummary) bool {
	return set.CreationTime != nil && time.Since(*set.CreationTime) >= abandonedAfter
}

// RemoveLeftovers deletes the change sets that earlier runs left, such as one
// that was killed, and returns how many. The given one stays.
func (s Client) RemoveLeftovers(ctx context.Context, keep *ChangeSet) int {
	var leftovers []*cfntypes.ChangeSetSummary
	err := s.EachChangeSet(ctx, *keep.stackRef(), func(other *cfntypes.ChangeSetSummary) {
		name := aws.ToString(other.ChangeSetName)
		if name != keep.Name && strings.HasPrefix(name, ChangeSetPrefix) && Abandoned(other) {
			leftovers = append(leftovers, other)
		}
	})
	if err != nil {
		s.Log.Warnf("look for change sets of earlier runs: %v", err)
	}
	removed := 0
	for _, leftover := range leftovers {
		err := s.Call(ctx, "cloudformation:DeleteChangeSet", func(ctx context.Context) error {
			_, err := s.API.DeleteChangeSet(ctx, &cfn.DeleteChangeSetInput{ChangeSetName: leftover.ChangeSetId})
			return err
		})
		if err != nil && !gone(err) {
			s.Log.Warnf("change set %s of an earlier run stays: %v", aws.ToString(leftover.ChangeSetName), err)
			continue
		}
		s.Log.Infof("removed change set %s of an earlier run", aws.ToString(leftover.ChangeSetName))
		removed++
	}
	return removed
}
