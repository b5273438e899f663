//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"context"
	"errors"
	"maps"
	"slices"

	cfn "github.com/aws/aws-sdk-go/service/cloudformation"

	"github.com/go-sparta/sparta/cloudformation"
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
			bucket = bootstrapBucket(who.Account, d.region)
		}
	}
	code := packageLocation(bucket, d.service.Name, d.pkg)
	template, err := d.newTemplate(ctx, code)
	if err != nil {
		return nil, err
	}
	result := d.newResult()
	if d.account == nil {
		return result, d.previewAlone(template, code, result)
	}
	ctx, cancel := patient(ctx, d.options.Wait)
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
func (d *deployment) reach(ctx context.Context, connect connector) (who identity, err error) {
	ctx, cancel := patient(ctx, d.options.Wait)
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
func (d *deployment) previewAlone(template *cloudformation.Template, code codeLocation, result *Result) error {
	if err := declareParameters(template, d.options.Params); err != nil {
		return err
	}
	body, err := template.Marshal()
	if err != nil {
		return err
	}
	if err := d.writeTemplate(body); err != nil {
		return err
	}
	if err := d.writeSummary(template, code, len(body), nil); err != nil {
		return err
	}
	if d.options.JSON {
		return d.show(result)
	}
	rows := [][]string{{"RESOURCE", "TYPE"}}
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		rows = append(rows, []string{id, template.Resources[id].Type})
	}
	return writeTable(d.options.Stdout, rows)
}

// previewChanges writes the template and shows what it would change.
func (d *deployment) previewChanges(ctx context.Context, template *cloudformation.Template, live *cfn.Stack, who identity, code codeLocation, result *Result) error {
	standing := standingOf(live)
	values, valuesErr := parameters(template, d.options.Params, existing(live, standing))
	body, err := template.Marshal()
	if err != nil {
		return errors.Join(valuesErr, err)
	}
	if err := d.writeTemplate(body); err != nil {
		return err
	}
	if standing != absent {
		result.fill(live)
	}
	switch {
	case valuesErr != nil:
		err = valuesErr
	case standing == blocked:
		err = blockade(live)
	case standing == busy:
		d.log.Warnf("stack %s is %s: what would change shows when that has ended", d.stack, result.Status)
	case standing == unborn:
		d.log.Warnf("stack %s is %s: it would be deleted and created anew", d.stack, result.Status)
		result.Changes = additions(template)
	case standing == absent && len(body) > cloudformation.MaxInlineSize:
		result.Changes = additions(template) // as its bucket may have to be made
	default:
		p := proposal{stack: d.stack, live: existing(live, standing), reviewed: live != nil && standing == absent, body: body, params: values, tags: d.tags}
		result.Changes, err = d.weigh(ctx, p, who)
	}
	unchanged := errors.Is(err, errNoChanges)
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
	if unchanged || standing == busy {
		return nil
	}
	return d.showChanges(result.Changes)
}

// weigh makes a change set to look at.
func (d *deployment) weigh(ctx context.Context, p proposal, who identity) ([]Change, error) {
	if len(p.body) > cloudformation.MaxInlineSize { // of a stack that exists, so does its bucket
		store, err := d.open(ctx, d.options.S3Bucket, who)
		if err != nil {
			return []Change{}, err
		}
		if p.url, err = store.uploadTemplate(ctx, d.service.Name, p.body); err != nil {
			return []Change{}, err
		}
		d.log.Infof("uploaded the template, which is too large to be compared otherwise")
	}
	set, err := d.propose(ctx, p)
	if err != nil {
		return []Change{}, err
	}
	for _, loss := range lossesOf(set.raw) {
		d.log.Warnf("provisioning asks first, or wants -yes: %s", loss)
	}
	return append([]Change{}, set.changes...), d.discard(ctx, set)
}

// existing is the stack whose parameter values hold on.
func existing(live *cfn.Stack, standing standing) *cfn.Stack {
	if standing == unborn || standing == absent {
		return nil
	}
	return live
}

// additions are the changes that create all that a template holds.
func additions(template *cloudformation.Template) []Change {
	changes := []Change{}
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		changes = append(changes, Change{Action: cfn.ChangeActionAdd, LogicalID: id, Type: template.Resources[id].Type})
	}
	return changes
}
