package provision

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

// unchanged ends a deployment in which CloudFormation has nothing to change.
func (d *deployment) unchanged(
	ctx context.Context, live *cfntypes.Stack, code packages.Location, result *Result,
) error {
	names := slices.Sorted(maps.Values(d.functionNames()))
	restored, err := d.functions.RestoreCode(ctx, names, code, d.pkg.SHA256)
	if err != nil {
		return fmt.Errorf("compare the functions of stack %s, which has no other changes: %w", d.stack, err)
	}
	result.InPlace, result.Changed = restored, len(restored) > 0
	result.fill(live)
	if result.Changed {
		d.log.Infof("restored the stack's code of %s; there are no other changes in stack %s",
			strings.Join(restored, ", "), d.stack)
	} else {
		d.log.Infof("no changes: stack %s is as described", d.stack)
	}
	return d.finish(ctx, result)
}

// warnNotAdopted warns that a stack is not adopted, because CloudFormation found nothing to change, including its tags.
func (d *deployment) warnNotAdopted(live *cfntypes.Stack) {
	if !d.claim.Adopt || live == nil {
		return
	}
	if slices.ContainsFunc(live.Tags, func(tag cfntypes.Tag) bool {
		return aws.ToString(tag.Key) == stack.ApplicationTag && aws.ToString(tag.Value) == d.claim.Application
	}) {
		return
	}
	d.log.Warnf("stack %s is not adopted: CloudFormation has nothing to change in it, "+
		"and tags it only with the next change",
		d.stack)
}
