package provision

import (
	"context"
	"errors"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/hooks"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

// Provision creates or updates a service's stack, and writes the result to Options.Stdout. If there is nothing to
// change, it returns no error.
//
// The caller calls the hooks around the build. Provision calls those around the template with Hooks.Context, and the
// Rollback hooks after a failure.
//
// If CloudFormation fails, the error is a *StackFailure. When the context ends or Options.Wait is over, CloudFormation
// continues what it has begun, and the error says so.
func Provision(ctx context.Context, service Service, pkg Package, options Options) (*Result, error) {
	return provision(ctx, service, pkg, options, connect)
}

// connector makes the clients of a run.
type connector func(context.Context, SessionOptions, *logrus.Logger) (*clients, error)

func provision(ctx context.Context, service Service, pkg Package, options Options, connect connector) (*Result, error) {
	d, err := newDeployment(service, pkg, options)
	if err != nil {
		return nil, err
	}
	if err := d.readSite(); err != nil {
		return nil, err
	}
	run := d.deploy
	if d.options.NoOp {
		run = d.preview
	}
	result, err := run(ctx, connect)
	if err == nil {
		return result, nil
	}
	if unfinished := (*stack.UnfinishedError)(nil); !errors.As(err, &unfinished) { // which may still succeed
		rollback := hooks.CallStage(context.WithoutCancel(ctx), "Rollback", d.service.Hooks, d.workflow)
		err = stack.WithCleanup(err, rollback)
	}
	return result, d.secrets.HideIn(err)
}

// deploy changes the stack. If there is nothing to change, it makes these requests:
// DescribeStacks, GetRole and GetDistributionConfig for each role and distribution that exists already, HeadBucket,
// HeadObject, CreateChangeSet, DescribeChangeSet, DeleteChangeSet and
// GetFunctionConfiguration for each function.
func (d *deployment) deploy(ctx context.Context, connect connector) (*Result, error) {
	var err error
	if d.clients, err = connect(ctx, d.options.Session, d.log); err != nil {
		return nil, err
	}
	d.options.Session.Region = d.region
	found, err := d.lookUp(ctx)
	if err != nil {
		return nil, err
	}
	code := found.store.PackageLocation(d.service.Name, d.pkg.SHA256)
	template, err := d.newTemplate(ctx, &code, found.live)
	if err != nil {
		return nil, err
	}
	// Wrong input is reported before the bucket is created and anything is uploaded.
	if _, err := d.newChangeSetInput(template, found.live); err != nil {
		return nil, err
	}
	if err := d.checkInPlace(template); err != nil {
		return nil, err
	}
	if err := d.uploadPackage(ctx, found); err != nil {
		return nil, err
	}

	result := d.newResult()
	for attempt := 1; ; attempt++ {
		err := d.update(ctx, template, found, code, result)
		if busy := (*stack.BusyError)(nil); !errors.As(err, &busy) || attempt == maxAttempts {
			return result, err
		}
		d.log.Warnf("%v; looking at the stack again", err)
		*result = *d.newResult()
		if found.live, err = d.find(ctx); err != nil {
			return result, err
		}
	}
}

// maxAttempts is how often an update is begun if other runs change the stack meanwhile.
const maxAttempts = 3

// update brings the stack to the template, after waiting for operations of others. If somebody else changes the stack
// before the change set is executed, the error is a *stack.BusyError.
func (d *deployment) update(
	ctx context.Context, template *cloudformation.Template, found *surroundings, code packages.Location, result *Result,
) error {
	waiting, cancel := connection.WithTimeout(ctx, d.options.Wait)
	defer cancel()
	live, err := d.Settle(waiting, d.stack, found.live, d.find)
	if err != nil {
		return err
	}
	input, err := d.newChangeSetInput(template, live) // again: the stack may have changed
	if err != nil {
		return err
	}
	d.logRollbacks(template, live)
	if err := d.keepTemplate(waiting, &input, found.store); err != nil {
		return err
	}
	if d.options.InPlace {
		return d.inPlace(waiting, input, code, result)
	}
	set, err := d.CreateChangeSet(waiting, input)
	if errors.Is(err, stack.ErrNoChanges) {
		d.warnNotAdopted(live)
		return d.unchanged(waiting, live, code, result)
	}
	if err != nil {
		return err
	}
	asked, err := d.review(ctx, set)
	if err != nil {
		return err
	}
	if asked { // the time until the answer does not count
		waiting, cancel = connection.WithTimeout(ctx, d.options.Wait)
		defer cancel()
	}
	return d.execute(waiting, set, input.Live, result)
}
