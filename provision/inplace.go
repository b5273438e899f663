package provision

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

// inPlace updates the functions' code without CloudFormation, if a change set shows that nothing else would change.
//
// The stack's template then names older code than the functions run. A later package has another key, so that the next
// provision is an update for CloudFormation, too. Only if the next package is the one that the stack had before,
// CloudFormation sees no change. So every provision without changes compares the code itself: see unchanged.
func (d *deployment) inPlace(
	ctx context.Context, input stack.ChangeSetInput, code packages.Location, result *Result,
) error {
	if input.Live == nil {
		return stack.NotDeployedError(d.stack)
	}
	// The tags that say what made the stack remain those of the stack's own package.
	maps.DeleteFunc(input.Tags, func(key, _ string) bool { return strings.HasPrefix(key, stack.TagPrefix) })
	for _, tag := range input.Live.Tags {
		if key := aws.ToString(tag.Key); strings.HasPrefix(key, stack.TagPrefix) {
			input.Tags[key] = aws.ToString(tag.Value)
		}
	}
	set, err := d.CreateChangeSet(ctx, input)
	if errors.Is(err, stack.ErrNoChanges) {
		return d.unchanged(ctx, input.Live, code, result)
	}
	if err != nil {
		return err
	}
	if err := d.Discard(ctx, set); err != nil {
		return err
	}
	names, err := set.CodeChanges(d.functionNames())
	if err != nil {
		return fmt.Errorf("update stack %s in place: %w: provision without -inplace", d.stack, err)
	}
	result.fill(input.Live)
	if names, err = d.functions.Outdated(ctx, names, d.pkg.SHA256); err != nil {
		return fmt.Errorf("update stack %s in place: %w", d.stack, err)
	}
	if len(names) == 0 {
		d.log.Infof("no changes: the functions of stack %s already run this code", d.stack)
		return d.finish(ctx, result)
	}
	result.Changes = append(result.Changes, set.Changes...)
	if err := d.showChanges(set.Changes); err != nil {
		return err
	}
	if err := d.functions.UpdateCode(ctx, names, code); err != nil {
		return err
	}
	result.InPlace, result.Changed = names, true
	d.log.Infof("updated the code of %s in place; the next provision without -inplace updates stack %s to it",
		strings.Join(names, ", "), d.stack)
	return d.finish(ctx, result)
}

// checkInPlace returns an error if the update is in place and the template rules that out.
func (d *deployment) checkInPlace(template *cloudformation.Template) error {
	if !d.options.InPlace {
		return nil
	}
	if err := stack.CheckUnpublished(template); err != nil {
		return fmt.Errorf("update stack %s in place: %w: provision without -inplace", d.stack, err)
	}
	return nil
}
