//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"context"
	"fmt"
	"maps"

	cfn "github.com/aws/aws-sdk-go/service/cloudformation"

	"github.com/go-sparta/sparta/cloudformation"
)

// prepare has everything in place that the stack refers to.
func (d *deployment) prepare(ctx context.Context) (live *cfn.Stack, store artefacts, code codeLocation, err error) {
	ctx, cancel := patient(ctx, d.options.Wait)
	defer cancel()
	if live, err = d.find(ctx); err != nil {
		return nil, nil, code, err
	}
	switch standing := standingOf(live); {
	case standing == blocked:
		return nil, nil, code, blockade(live)
	case d.options.InPlace && (standing == absent || standing == unborn):
		return nil, nil, code, d.notYet()
	}
	if err = d.verifyRoles(ctx, existingRoles(d.service)); err != nil {
		return nil, nil, code, err
	}
	who, err := d.owner(ctx, live)
	if err != nil {
		return nil, nil, code, err
	}
	store, code, uploaded, err := d.bring(ctx, who)
	if isDenied(err) && who.ARN == "" { // once more, for an error that tells to whom
		if who, whoErr := d.identify(ctx); whoErr == nil {
			store, code, uploaded, err = d.bring(ctx, who)
		}
	}
	if err != nil {
		return nil, nil, code, err
	}
	if uploaded { // which may have taken a while
		live, err = d.find(ctx)
	}
	return live, store, code, err
}

// bring brings the package to its bucket.
func (d *deployment) bring(ctx context.Context, who identity) (store artefacts, code codeLocation, uploaded bool, err error) {
	if store, err = d.open(ctx, d.options.S3Bucket, who); err != nil {
		return nil, code, false, err
	}
	code, uploaded, err = store.upload(ctx, d.service.Name, d.pkg)
	return store, code, uploaded, err
}

// notYet refuses an update in place of what is not there.
func (d *deployment) notYet() error {
	return fmt.Errorf("update stack %s in place: it does not exist yet: provision without -inplace", d.stack)
}

// newTemplate makes the template, between its hooks.
func (d *deployment) newTemplate(ctx context.Context, code codeLocation) (*cloudformation.Template, error) {
	d.workflow.S3Bucket = code.Bucket
	if err := CallHooks(ctx, "PreMarshall", d.service.Hooks.PreMarshall, d.workflow); err != nil {
		return nil, err
	}
	template, err := newTemplate(d.service, d.pkg, code, d.options)
	if err != nil {
		return nil, err
	}
	return template, CallHooks(ctx, "PostMarshall", d.service.Hooks.PostMarshall, d.workflow)
}

// newProposal is what the stack is to become by the template, which is uploaded
// if it is large.
func (d *deployment) newProposal(ctx context.Context, template *cloudformation.Template, live *cfn.Stack, store artefacts) (p proposal, err error) {
	standing := standingOf(live)
	p = proposal{stack: d.stack, live: existing(live, standing), reviewed: live != nil && standing == absent, tags: maps.Clone(d.tags)}
	if p.params, err = parameters(template, d.options.Params, p.live); err != nil {
		return p, err
	}
	if p.body, err = template.Marshal(); err != nil {
		return p, err
	}
	if err = d.writeTemplate(p.body); err != nil {
		return p, err
	}
	if len(p.body) > cloudformation.MaxInlineSize {
		p.url, err = store.uploadTemplate(ctx, d.service.Name, p.body)
	}
	return p, err
}
