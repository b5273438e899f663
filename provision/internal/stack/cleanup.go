//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package stack

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"

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
		_, err := s.Api.DeleteChangeSetWithContext(ctx, &cfn.DeleteChangeSetInput{ChangeSetName: &set.Name, StackName: set.stackRef()})
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
	return connection.HasCode(err, cfn.ErrCodeChangeSetNotFoundException) || missingStack(err)
}

// discardStack deletes the stack that a change set brought into being, unless
// another change set waits for it.
func (s Client) discardStack(ctx context.Context, set *ChangeSet) (deleted bool, err error) {
	stack, err := s.Describe(ctx, *set.stackRef())
	if err != nil {
		return false, err
	}
	if stack == nil || aws.StringValue(stack.StackStatus) != cfn.StackStatusReviewInProgress {
		return stack == nil, nil
	}
	var others bool
	err = s.EachChangeSet(ctx, aws.StringValue(stack.StackId), func(other *cfn.ChangeSetSummary) {
		others = others || aws.StringValue(other.ChangeSetName) != set.Name
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
func (s Client) EachChangeSet(ctx context.Context, stack string, visit func(*cfn.ChangeSetSummary)) error {
	input := &cfn.ListChangeSetsInput{StackName: &stack}
	for {
		var page *cfn.ListChangeSetsOutput
		err := s.Call(ctx, "cloudformation:ListChangeSets", func(ctx context.Context) (err error) {
			page, err = s.Api.ListChangeSetsWithContext(ctx, input)
			return err
		})
		if err != nil {
			return fmt.Errorf("list change sets of stack %s: %w", shortStack(stack), err)
		}
		for _, summary := range page.Summaries {
			if stack == aws.StringValue(summary.StackId) || stack == aws.StringValue(summary.StackName) {
				visit(summary)
			}
		}
		if aws.StringValue(page.NextToken) == "" {
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
func Abandoned(set *cfn.ChangeSetSummary) bool {
	return set.CreationTime != nil && time.Since(*set.CreationTime) >= abandonedAfter
}

// RemoveLeftovers deletes the change sets that earlier runs left, such as one
// that was killed, and returns how many. The given one stays.
func (s Client) RemoveLeftovers(ctx context.Context, keep *ChangeSet) int {
	var leftovers []*cfn.ChangeSetSummary
	err := s.EachChangeSet(ctx, *keep.stackRef(), func(other *cfn.ChangeSetSummary) {
		name := aws.StringValue(other.ChangeSetName)
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
			_, err := s.Api.DeleteChangeSetWithContext(ctx, &cfn.DeleteChangeSetInput{ChangeSetName: leftover.ChangeSetId})
			return err
		})
		if err != nil && !gone(err) {
			s.Log.Warnf("change set %s of an earlier run stays: %v", aws.StringValue(leftover.ChangeSetName), err)
			continue
		}
		s.Log.Infof("removed change set %s of an earlier run", aws.StringValue(leftover.ChangeSetName))
		removed++
	}
	return removed
}
