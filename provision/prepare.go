package provision

import (
	"context"
	"errors"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/edge/verify"
	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// surroundings are what a deployment finds in AWS.
type surroundings struct {
	live  *cfntypes.Stack // nil if there is no stack
	who   connection.Identity
	store artifacts
}

// lookUp checks the stack, its roles, existing distributions and the bucket for packages. It changes nothing.
func (d *deployment) lookUp(ctx context.Context) (*surroundings, error) {
	ctx, cancel := connection.WithTimeout(ctx, d.options.Wait)
	defer cancel()
	live, err := d.find(ctx)
	if err != nil {
		return nil, err
	}
	switch state := stack.StateOf(live); {
	case state == stack.Blocked:
		return nil, stack.BlockedError(live)
	case d.options.InPlace && (state == stack.Absent || state == stack.NeverCreated):
		return nil, stack.NotDeployedError(d.stack)
	}
	if err := errors.Join(d.roles.Verify(ctx, template.ExistingRoles(d.service.Functions)),
		verify.Distributions(ctx, d.cloudfront, d.service.Functions, d.stack)); err != nil {
		return nil, err
	}
	found := &surroundings{live: live}
	if found.who, err = d.owner(ctx, live); err != nil {
		return nil, err
	}
	found.store, err = d.open(ctx, d.options.S3Bucket, found.who)
	if d.identifyDenied(ctx, err, found) {
		found.store, err = d.open(ctx, d.options.S3Bucket, found.who)
	}
	return found, err
}

// uploadPackage uploads the package unless its bucket has it already. An account's own bucket is created if it is
// missing. The stack is looked up again after an upload, which may have taken some time.
func (d *deployment) uploadPackage(ctx context.Context, found *surroundings) error {
	ctx, cancel := connection.WithTimeout(ctx, d.options.Wait)
	defer cancel()
	zips := []packages.Zip{{Path: d.pkg.Zip, SHA256: d.pkg.SHA256}, {Path: d.pkg.Layer, SHA256: d.pkg.layerSHA256}}
	uploaded, err := packages.Upload(ctx, found.store, d.service.Name, zips)
	if d.identifyDenied(ctx, err, found) {
		if found.store, err = d.open(ctx, d.options.S3Bucket, found.who); err == nil {
			uploaded, err = packages.Upload(ctx, found.store, d.service.Name, zips)
		}
	}
	if err == nil {
		err = d.uploadFurther(ctx, found.store)
	}
	if err == nil && uploaded {
		found.live, err = d.find(ctx)
	}
	return err
}

// identifyDenied identifies the caller of a request that was denied, unless that was done before. It reports whether
// to repeat the request, for an error that contains the caller's ARN.
func (d *deployment) identifyDenied(ctx context.Context, err error, found *surroundings) bool {
	if !connection.IsDenied(err) || found.who.ARN != "" {
		return false
	}
	who, err := d.identify(ctx)
	if err != nil {
		return false // what was denied matters more
	}
	found.who = who
	return true
}
