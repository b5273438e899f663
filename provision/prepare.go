package provision

import (
	"context"
	"fmt"
	"maps"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/hooks"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/sparta"
)

// prepare has everything in place that the stack refers to.
func (d *deployment) prepare(ctx context.Context) (live *cfntypes.Stack, store artefacts, code packages.Location, err error) {
	ctx, cancel := connection.WithTimeout(ctx, d.options.Wait)
	defer cancel()
	if live, err = d.find(ctx); err != nil {
		return nil, nil, code, err
	}
	switch standing := stack.StandingOf(live); {
	case standing == stack.Blocked:
		return nil, nil, code, stack.Blockade(live)
	case d.options.InPlace && (standing == stack.Absent || standing == stack.Unborn):
		return nil, nil, code, d.notYet()
	}
	if err = d.verifyRoles(ctx, template.ExistingRoles(d.service.Functions)); err != nil {
		return nil, nil, code, err
	}
	who, err := d.owner(ctx, live)
	if err != nil {
		return nil, nil, code, err
	}
	store, code, uploaded, err := d.bring(ctx, who)
	if connection.IsDenied(err) && who.ARN == "" { // once more, for an error that tells to whom
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
func (d *deployment) bring(ctx context.Context, who connection.Identity) (store artefacts, code packages.Location, uploaded bool, err error) {
	if store, err = d.open(ctx, d.options.S3Bucket, who); err != nil {
		return nil, code, false, err
	}
	code, uploaded, err = store.Upload(ctx, d.service.Name, d.pkg.Zip, d.pkg.SHA256)
	return store, code, uploaded, err
}

// notYet refuses an update in place of what is not there.
func (d *deployment) notYet() error {
	return fmt.Errorf("update stack %s in place: it does not exist yet: provision without -inplace", d.stack)
}

// newTemplate makes the template, with what its hooks add.
func (d *deployment) newTemplate(ctx context.Context, code packages.Location) (*cloudformation.Template, error) {
	d.workflow.S3Bucket, d.workflow.Template = code.Bucket, cloudformation.NewTemplate(d.service.Description)
	if err := d.decorate(ctx, "PreMarshall", d.service.Hooks.PreMarshall); err != nil {
		return nil, err
	}
	pkg := template.Package{SHA256: d.pkg.SHA256, GOARCH: d.pkg.GOARCH, Python: d.pkg.Python}
	if err := template.AddTo(d.workflow.Template, d.described(), pkg, template.Code(code)); err != nil {
		return nil, err
	}
	return d.workflow.Template, d.decorate(ctx, "PostMarshall", d.service.Hooks.PostMarshall)
}

// decorate calls the hooks of a stage, which may add to the template.
func (d *deployment) decorate(ctx context.Context, stage string, stageHooks []sparta.WorkflowHook) error {
	if err := hooks.Call(ctx, stage, stageHooks, d.workflow); err != nil {
		return err
	}
	if d.workflow.Template == nil {
		return fmt.Errorf("a hook of %s removed the template: change the one that it is given", stage)
	}
	return nil
}

// described is the service as its template describes it.
func (d *deployment) described() template.Service {
	return template.Service{
		Name: d.service.Name, Description: d.service.Description, Functions: d.service.Functions,
		Stack: d.stack, Region: d.options.Session.Region,
	}
}

// newProposal is what the stack is to become by the template, which is uploaded
// if it is large.
func (d *deployment) newProposal(ctx context.Context, template *cloudformation.Template, live *cfntypes.Stack, store artefacts) (p stack.Proposal, err error) {
	standing := stack.StandingOf(live)
	p = stack.Proposal{Stack: d.stack, Live: existing(live, standing), Reviewed: live != nil && standing == stack.Absent, Tags: maps.Clone(d.tags)}
	if p.Params, err = stack.Parameters(template, d.options.Params, p.Live); err != nil {
		return p, err
	}
	if p.Body, err = template.Marshal(); err != nil {
		return p, err
	}
	if err = d.writeTemplate(p.Body); err != nil {
		return p, err
	}
	if len(p.Body) > cloudformation.MaxInlineSize {
		p.Url, err = store.UploadTemplate(ctx, d.service.Name, p.Body)
	}
	return p, err
}
