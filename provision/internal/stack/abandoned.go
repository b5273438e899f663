package stack

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// abandonedAfter is the age from which a change set of another run counts as abandoned. A younger run may be about to
// execute its change set, or may be waiting for somebody's answer.
const abandonedAfter = time.Hour

// IsAbandoned reports whether no run uses a change set any more.
func IsAbandoned(set *cfntypes.ChangeSetSummary) bool {
	return set.CreationTime != nil && time.Since(*set.CreationTime) >= abandonedAfter
}

// DeleteAbandoned deletes the change sets that earlier runs left behind, for example because they were killed, and
// returns how many. It keeps one.
func (s Client) DeleteAbandoned(ctx context.Context, keep *ChangeSet) int {
	var abandoned []*cfntypes.ChangeSetSummary
	err := s.EachChangeSet(ctx, *keep.stackRef(), func(other *cfntypes.ChangeSetSummary) {
		name := aws.ToString(other.ChangeSetName)
		if name != keep.Name && strings.HasPrefix(name, ChangeSetPrefix) && IsAbandoned(other) {
			abandoned = append(abandoned, other)
		}
	})
	if err != nil {
		s.Log.Warnf("list the change sets of earlier runs: %v", err)
	}
	deleted := 0
	for _, other := range abandoned {
		err := s.Call(ctx, "cloudformation:DeleteChangeSet", func(ctx context.Context) error {
			_, err := s.API.DeleteChangeSet(ctx, &cfn.DeleteChangeSetInput{ChangeSetName: other.ChangeSetId})
			return err
		})
		if err != nil && !isNotFound(err) {
			s.Log.Warnf("change set %s of an earlier run is not deleted: %v", aws.ToString(other.ChangeSetName), err)
			continue
		}
		s.Log.Infof("deleted change set %s of an earlier run", aws.ToString(other.ChangeSetName))
		deleted++
	}
	return deleted
}
