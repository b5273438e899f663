//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
)

// How long requests may take that have to be made although the run is over: as
// long as that may have gone on, within these bounds.
const (
	leastPatience = 10 * time.Second
	mostPatience  = time.Minute
)

// detach is for requests that a cancelled run still makes.
func detach(ctx context.Context) (context.Context, context.CancelFunc) {
	patience := mostPatience
	if deadline, ok := ctx.Deadline(); ok {
		patience = min(max(time.Until(deadline), leastPatience), mostPatience)
	}
	return context.WithTimeoutCause(context.WithoutCancel(ctx), patience, overdue(patience.Round(time.Second)))
}

// randomText is 8 letters and digits.
func randomText() string { return strings.ToLower(rand.Text()[:8]) }

// withCleanup reports what is left behind after an error.
func withCleanup(err, left error) error {
	if left == nil {
		return err
	}
	return fmt.Errorf("%w\n%w", err, left)
}

// discard deletes a change set that is not executed, and the stack under review
// that came with it. Its error names what is left and how to remove it.
func (s stacks) discard(ctx context.Context, set *changeSet) error {
	ctx, cancel := detach(ctx)
	defer cancel()
	err := s.call(ctx, "cloudformation:DeleteChangeSet", func(ctx context.Context) error {
		_, err := s.api.DeleteChangeSetWithContext(ctx, &cfn.DeleteChangeSetInput{ChangeSetName: &set.name, StackName: set.stackRef()})
		return err
	})
	if gone(err) {
		err = nil
	}
	if err != nil {
		err = fmt.Errorf("change set %s of stack %s is left behind, delete it with `aws cloudformation delete-change-set --stack-name %s --change-set-name %s`: %w",
			set.name, set.stack, set.stack, set.name, err)
	}
	if !set.review {
		return err
	}
	deleted, stackErr := s.discardStack(ctx, set)
	if stackErr != nil {
		stackErr = fmt.Errorf("stack %s is left behind in REVIEW_IN_PROGRESS: the next cgo:provision creates it, or cgo:delete removes it: %w", set.stack, stackErr)
	}
	if deleted && stackErr == nil {
		return nil // and its change sets with it
	}
	return errors.Join(err, stackErr)
}

// gone tells the errors about change sets and stacks that do not exist.
func gone(err error) bool {
	return hasCode(err, cfn.ErrCodeChangeSetNotFoundException) || missingStack(err)
}

// discardStack deletes the stack that a change set brought into being, unless
// another change set waits for it.
func (s stacks) discardStack(ctx context.Context, set *changeSet) (deleted bool, err error) {
	stack, err := s.describe(ctx, *set.stackRef())
	if err != nil {
		return false, err
	}
	if stack == nil || aws.StringValue(stack.StackStatus) != cfn.StackStatusReviewInProgress {
		return stack == nil, nil
	}
	var others bool
	err = s.eachChangeSet(ctx, aws.StringValue(stack.StackId), func(other *cfn.ChangeSetSummary) {
		others = others || aws.StringValue(other.ChangeSetName) != set.name
	})
	if err != nil {
		return false, err
	}
	if others {
		s.log.Warnf("stack %s stays in REVIEW_IN_PROGRESS for another change set", set.stack)
		return false, nil
	}
	return true, s.delete(ctx, stack)
}

// eachChangeSet visits the change sets of a stack, given by name or ID.
func (s stacks) eachChangeSet(ctx context.Context, stack string, visit func(*cfn.ChangeSetSummary)) error {
	input := &cfn.ListChangeSetsInput{StackName: &stack}
	for {
		var page *cfn.ListChangeSetsOutput
		err := s.call(ctx, "cloudformation:ListChangeSets", func(ctx context.Context) (err error) {
			page, err = s.api.ListChangeSetsWithContext(ctx, input)
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

// abandoned reports whether a change set is a leftover, not someone's at work.
func abandoned(set *cfn.ChangeSetSummary) bool {
	return set.CreationTime != nil && time.Since(*set.CreationTime) >= abandonedAfter
}

// removeLeftovers deletes the change sets that earlier runs left, such as one
// that was killed, and returns how many. The given one stays.
func (s stacks) removeLeftovers(ctx context.Context, keep *changeSet) int {
	var leftovers []*cfn.ChangeSetSummary
	err := s.eachChangeSet(ctx, *keep.stackRef(), func(other *cfn.ChangeSetSummary) {
		name := aws.StringValue(other.ChangeSetName)
		if name != keep.name && strings.HasPrefix(name, changeSetPrefix) && abandoned(other) {
			leftovers = append(leftovers, other)
		}
	})
	if err != nil {
		s.log.Warnf("look for change sets of earlier runs: %v", err)
	}
	removed := 0
	for _, leftover := range leftovers {
		err := s.call(ctx, "cloudformation:DeleteChangeSet", func(ctx context.Context) error {
			_, err := s.api.DeleteChangeSetWithContext(ctx, &cfn.DeleteChangeSetInput{ChangeSetName: leftover.ChangeSetId})
			return err
		})
		if err != nil && !gone(err) {
			s.log.Warnf("change set %s of an earlier run stays: %v", aws.StringValue(leftover.ChangeSetName), err)
			continue
		}
		s.log.Infof("removed change set %s of an earlier run", aws.StringValue(leftover.ChangeSetName))
		removed++
	}
	return removed
}
