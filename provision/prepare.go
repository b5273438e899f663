package provision

import (
	"context"
	"fmt"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// prepare checks the stack and its roles, and uploads the package.
func (d *deployment) prepare(
	ctx context.Context,
) (live *cfntypes.Stack, store artifacts, code packages.Location, err error) {
	ctx, cancel := connection.WithTimeout(ctx, d.options.Wait)
	defer cancel()
	if live, err = d.find(ctx); err != nil {
		return nil, nil, code, err
	}
	switch state := stack.StateOf(live); {
	case state == stack.Blocked:
		return nil, nil, code, stack.BlockedError(live)
	case d.options.InPlace && (state == stack.Absent || state == stack.NeverCreated):
		return nil, nil, code, d.notDeployed()
	}
	if err = d.verifyRoles(ctx, template.ExistingRoles(d.service.Functions)); err != nil {
		return nil, nil, code, err
	}
	who, err := d.owner(ctx, live)
	if err != nil {
		return nil, nil, code, err
	}
	store, code, uploaded, err := d.uploadPackage(ctx, who)
	if connection.IsDenied(err) && who.ARN == "" { // try again, for an error that says to whom
		if who, whoErr := d.identify(ctx); whoErr == nil {
			store, code, uploaded, err = d.uploadPackage(ctx, who)
		}
	}
	if err != nil {
		return nil, nil, code, err
	}
	if uploaded { // which may have taken some time
		live, err = d.find(ctx)
	}
	return live, store, code, err
}

// uploadPackage uploads the package unless its bucket has it already.
func (d *deployment) uploadPackage(
	ctx context.Context, who connection.Identity,
) (store artifacts, code packages.Location, uploaded bool, err error) {
	if store, err = d.open(ctx, d.options.S3Bucket, who); err != nil {
		return nil, code, false, err
	}
	code, uploaded, err = store.Upload(ctx, d.service.Name, d.pkg.Zip, d.pkg.SHA256)
	return store, code, uploaded, err
}

// notDeployed is the error about an update in place of a stack that does not exist.
func (d *deployment) notDeployed() error {
	return fmt.Errorf("update stack %s in place: it does not exist yet: provision without -inplace", d.stack)
}
