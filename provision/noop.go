package provision

import (
	"context"
	"errors"
	"maps"
	"slices"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// preview renders the template and shows what it would change. Without
// credentials it shows what the template holds. A change set that is made to look
// at is deleted again, and so is the stack that comes with it.
func (d *deployment) preview(ctx context.Context, connect connector) (*Result, error) {
	who, err := d.reach(ctx, connect)
	if err != nil {
		return nil, err
	}
	bucket := d.options.S3Bucket
	if d.account != nil {
		d.options.Session.Region = d.region
		if bucket == "" {
			bucket = packages.OwnBucket(who.Account, d.region)
		}
	}
	code := packages.PackageLocation(bucket, d.service.Name, d.pkg.SHA256)
	template, err := d.newTemplate(ctx, code)
	if err != nil {
		return nil, err
	}
	result := d.newResult()
	if d.account == nil {
		return result, d.previewAlone(template, code, result)
	}
	ctx, cancel := connection.WithTimeout(ctx, d.options.Wait)
	defer cancel()
	live, err := d.find(ctx)
	if err != nil {
		// The template is worth having, and tells what the stack is about.
		return result, errors.Join(err, d.previewAlone(template, code, result))
	}
	return result, d.previewChanges(ctx, template, live, who, code, result)
}

// reach connects to AWS where there are credentials for it. Else the account
// stays nil.
func (d *deployment) reach(ctx context.Context, connect connector) (who connection.Identity, err error) {
	ctx, cancel := connection.WithTimeout(ctx, d.options.Wait)
	defer cancel()
	account, err := connect(ctx, d.options.Session, d.log)
	if err == nil {
		if who, err = account.identify(ctx); err == nil {
			d.account = account
			return who, nil
		}
	}
	if ctx.Err() != nil {
		return who, err
	}
	d.log.Warnf("AWS cannot be asked what would change: %v", err)
	return who, nil
}

// previewAlone writes and shows the template's resources.
func (d *deployment) previewAlone(document *cloudformation.Template, code packages.Location, result *Result) error {
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
func (d *deployment) previewChanges(ctx context.Context, template *cloudformation.Template, live *cfntypes.Stack, who connection.Identity, code packages.Location, result *Result) error {
	standing := stack.StandingOf(live)
	values, valuesErr := stack.Parameters(template, d.options.Params, existing(live, standing))
	body, err := template.Marshal()
	if err != nil {
		return errors.Join(valuesErr, err)
	}
	if err := d.writeTemplate(body); err != nil {
		return err
	}
	if standing != stack.Absent {
		result.fill(live)
	}
	switch {
	case valuesErr != nil:
		err = valuesErr
	case standing == stack.Blocked:
		err = stack.Blockade(live)
	case standing == stack.Busy:
		d.log.Warnf("stack %s is %s: what would change shows when that has ended", d.stack, result.Status)
	case standing == stack.Unborn:
		d.log.Warnf("stack %s is %s: it would be deleted and created anew", d.stack, result.Status)
		result.Changes = additions(template)
	case standing == stack.Absent && len(body) > cloudformation.MaxInlineSize:
		result.Changes = additions(template) // as its bucket may have to be made
	default:
		p := stack.Proposal{Stack: d.stack, Live: existing(live, standing), Reviewed: live != nil && standing == stack.Absent, Body: body, Params: values, Tags: d.tags}
		result.Changes, err = d.weigh(ctx, p, who)
	}
	unchanged := errors.Is(err, stack.ErrNoChanges)
	if unchanged {
		d.log.Infof("no changes: stack %s is as described", d.stack)
		err = nil
	}
	if err := errors.Join(err, d.writeSummary(template, code, len(body), result.Changes)); err != nil {
		return err
	}
	if d.options.JSON {
		return d.show(result)
	}
	if unchanged || standing == stack.Busy {
		return nil
	}
	return d.showChanges(result.Changes)
}

// weigh makes a change set to look at.
func (d *deployment) weigh(ctx context.Context, p stack.Proposal, who connection.Identity) ([]stack.Change, error) {
	if len(p.Body) > cloudformation.MaxInlineSize { // of a stack that exists, so does its bucket
		store, err := d.open(ctx, d.options.S3Bucket, who)
		if err != nil {
			return []stack.Change{}, err
		}
		if p.Url, err = store.UploadTemplate(ctx, d.service.Name, p.Body); err != nil {
			return []stack.Change{}, err
		}
		d.log.Infof("uploaded the template, which is too large to be compared otherwise")
	}
	set, err := d.Propose(ctx, p)
	if err != nil {
		return []stack.Change{}, err
	}
	for _, loss := range stack.LossesOf(set.Raw) {
		d.log.Warnf("provisioning asks first, or wants -yes: %s", loss)
	}
	return append([]stack.Change{}, set.Changes...), d.Discard(ctx, set)
}

// existing is the stack whose parameter values hold on.
func existing(live *cfntypes.Stack, standing stack.Standing) *cfntypes.Stack {
	if standing == stack.Unborn || standing == stack.Absent {
		return nil
	}
	return live
}

// additions are the changes that create all that a template holds.
func additions(template *cloudformation.Template) []stack.Change {
	changes := []stack.Change{}
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		changes = append(changes, stack.Change{Action: string(cfntypes.ChangeActionAdd), LogicalID: id, Type: template.Resources[id].Type})
	}
	return changes
}
