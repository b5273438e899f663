package provision

import (
	"context"
	"fmt"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/apis"
	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/provision/internal/site/publish"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

// checkSite returns an error if the service's site is invalid. Hooks around the build may still make its files.
func checkSite(service Service) error {
	err := site.Check(service.Site)
	if err != nil || service.Site == nil || len(service.Hooks.At("PreBuild"))+len(service.Hooks.At("PostBuild")) > 0 {
		return err
	}
	_, err = site.Read(service.Site)
	return err
}

// readSite reads the folder of the service's site.
func (d *deployment) readSite() (err error) {
	if d.service.Site == nil {
		return nil
	}
	if d.folder, err = site.Read(d.service.Site); err == nil {
		d.log.Infof("site %s: %s", d.service.Site.Dir, d.folder.Describe(d.options.NoOp))
	}
	return err
}

// SiteHandler serves the service's site on this machine, as it would be in AWS. It returns an error if the site cannot
// be published.
func SiteHandler(service Service) (*site.Handler, error) {
	return site.NewHandler(service.Site, apis.Outputs(service.API))
}

// finish publishes the service's site, now that the stack has what it requires, and shows the result.
func (d *deployment) finish(ctx context.Context, result *Result) error {
	d.workflow.Deployed = true
	if err := d.publish(ctx, result); err != nil {
		return err
	}
	return d.show(result)
}

// publish uploads the service's site, if it has one.
func (d *deployment) publish(ctx context.Context, result *Result) error {
	if d.service.Site == nil {
		return nil
	}
	target, err := publish.TargetOf(result.Outputs, stack.AccountOf(&cfntypes.Stack{StackId: &result.StackID}))
	if err != nil {
		return err
	}
	manifest, err := site.NewManifest(d.service.Site, apis.Outputs(d.service.API), result.Outputs)
	if err != nil {
		return err
	}
	files := append(d.folder.Files[:len(d.folder.Files):len(d.folder.Files)], manifest)
	changed, err := d.site.Publish(ctx, site.DocumentsOf(d.service.Site, d.folder), files, target)
	if err != nil {
		return fmt.Errorf("stack %s is deployed, but its site is not complete: %w: provision again to continue",
			d.stack, err)
	}
	if !changed {
		d.log.Infof("no changes of the site: bucket %s has all files", target.Bucket)
	}
	result.Changed = result.Changed || changed
	return nil
}
