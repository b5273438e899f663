package provision

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/functions"
	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// preview renders the template and shows what it would change. Without credentials it shows the template's resources.
// The change set of a stack that exists is deleted again. Where there is no stack, none is created: everything in the
// template would be added, which needs no request.
func (d *deployment) preview(ctx context.Context, connect connector) (*Result, error) {
	who, err := d.reach(ctx, connect)
	if err != nil {
		return nil, err
	}
	bucket := d.options.S3Bucket
	if d.clients != nil {
		d.options.Session.Region = d.region
		if bucket == "" {
			bucket = packages.OwnBucket(who.Account, d.region)
		}
	}
	code := packages.PackageLocation(bucket, d.service.Name, d.pkg.SHA256)
	waiting, cancel := connection.WithTimeout(ctx, d.options.Wait)
	defer cancel()
	var live *cfntypes.Stack
	var findErr error
	if d.clients != nil {
		live, findErr = d.find(waiting)
	}
	template, err := d.newTemplate(ctx, &code, live)
	if err != nil {
		return nil, err
	}
	d.logRollbacks(template, live)
	template = keepRollbacks(template, live)
	result := d.newResult()
	if d.options.HandOver {
		if err := d.previewTemplate(template, code, result); err != nil {
			return result, err
		}
		return result, d.handOver(template)
	}
	if d.clients == nil || findErr != nil {
		// The template helps to understand the error.
		return result, errors.Join(findErr, d.previewTemplate(template, code, result))
	}
	return result, d.previewChanges(waiting, template, live, who, code, result)
}

// reach connects to AWS if there are credentials. Otherwise the clients stay nil.
func (d *deployment) reach(ctx context.Context, connect connector) (who connection.Identity, err error) {
	ctx, cancel := connection.WithTimeout(ctx, d.options.Wait)
	defer cancel()
	found, err := connect(ctx, d.options.Session, d.log)
	if err == nil {
		if who, err = found.identify(ctx); err == nil {
			d.clients = found
			return who, nil
		}
	}
	if ctx.Err() != nil {
		return who, err
	}
	d.log.Warnf("no preview of changes: %v", err)
	return who, nil
}

// previewTemplate writes the template and shows its resources.
func (d *deployment) previewTemplate(
	document *cloudformation.Template, code packages.Location, result *Result,
) error {
	if err := template.Declare(document, d.options.Params); err != nil {
		return err
	}
	body, err := document.Marshal()
	if err != nil {
		return err
	}
	if err := d.writeTemplate(body); err != nil {
		return err
	}
	if err := d.writeSummary(document, code, len(body), nil); err != nil {
		return err
	}
	if d.options.JSON {
		return d.show(result)
	}
	rows := [][]string{{"RESOURCE", "TYPE"}}
	for _, id := range slices.Sorted(maps.Keys(document.Resources)) {
		rows = append(rows, []string{id, document.Resources[id].Type})
	}
	return show.Table(d.options.Stdout, rows)
}

// previewChanges writes the template and shows what it would change.
func (d *deployment) previewChanges(
	ctx context.Context, template *cloudformation.Template, live *cfntypes.Stack, who connection.Identity,
	code packages.Location, result *Result,
) error {
	state, input := stack.StateOf(live), d.changeSetInput(live)
	values, valuesErr := stack.Parameters(template, d.options.Params, input.Live)
	body, err := template.Marshal()
	if err != nil {
		return errors.Join(valuesErr, err)
	}
	if err := d.writeTemplate(body); err != nil {
		return err
	}
	if state != stack.Absent {
		result.fill(live)
	}
	switch {
	case valuesErr != nil:
		err = valuesErr
	case state == stack.Blocked:
		err = stack.BlockedError(live)
	case state == stack.InProgress:
		d.log.Warnf("stack %s is %s: there is a preview of changes when that has ended", d.stack, result.Status)
	case state == stack.NeverCreated:
		d.log.Warnf("stack %s is %s: it would be deleted and created again", d.stack, result.Status)
		result.Changes = stack.Additions(template)
	case state == stack.Absent:
		result.Changes = stack.Additions(template)
	default:
		input.Body, input.Params = body, values
		result.Changes, err = d.wouldChange(ctx, input, who)
	}
	unchanged := errors.Is(err, stack.ErrNoChanges)
	if unchanged {
		err = d.previewUnchanged(ctx)
	}
	if err := errors.Join(err, d.writeSummary(template, code, len(body), result.Changes)); err != nil {
		return err
	}
	if d.options.JSON {
		return d.show(result)
	}
	if unchanged || state == stack.InProgress {
		return nil
	}
	return d.showChanges(result.Changes)
}

// wouldChange returns the changes of a change set that is deleted again.
func (d *deployment) wouldChange(
	ctx context.Context, input stack.ChangeSetInput, who connection.Identity,
) ([]stack.Change, error) {
	if len(input.Body) > cloudformation.MaxInlineSize { // the bucket of a stack that exists does, too
		store, err := d.open(ctx, d.options.S3Bucket, who)
		if err != nil {
			return []stack.Change{}, err
		}
		if input.URL, err = store.UploadTemplate(ctx, d.service.Name, input.Body); err != nil {
			return []stack.Change{}, err
		}
		d.log.Infof("uploaded the template, which is too large to be compared without that")
	}
	set, err := d.CreateChangeSet(ctx, input)
	if err != nil {
		return []stack.Change{}, err
	}
	for _, loss := range stack.LossesOf(set.Raw) {
		d.log.Warnf("provisioning asks first, or requires -yes: %s", loss)
	}
	return append([]stack.Change{}, set.Changes...), d.Discard(ctx, set)
}

// previewUnchanged compares the functions of a stack in which CloudFormation has nothing to change.
func (d *deployment) previewUnchanged(ctx context.Context) error {
	outdated, err := d.functions.Outdated(ctx, slices.Sorted(maps.Values(d.functionNames())), d.pkg.SHA256)
	if missing := (*functions.MissingError)(nil); errors.As(err, &missing) || ctx.Err() != nil {
		return fmt.Errorf("compare the functions of stack %s, which has no other changes: %w", d.stack, err)
	}
	if err != nil {
		d.log.Warnf("it is not known whether all functions run the stack's code: %v", err)
	}
	if len(outdated) > 0 {
		d.log.Infof("provisioning would restore the stack's code of %s; there are no other changes in stack %s",
			strings.Join(outdated, ", "), d.stack)
		return nil
	}
	d.log.Infof("no changes: stack %s is as described", d.stack)
	return nil
}
