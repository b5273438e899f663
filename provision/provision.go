package provision

import (
	"context"
	"errors"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/hooks"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

// Provision brings a service's stack to what the service describes, and writes
// what came of it to Options.Stdout. That nothing had to change is no error.
//
// The caller calls the hooks around the build. Those around the template are
// called here with Hooks.Context, and the Rollback hooks after a failure.
//
// The error of what CloudFormation gave up is a *StackFailure. When the context
// ends or Options.Wait is over, CloudFormation goes on with what it has begun;
// the error says so and how to look.
func Provision(ctx context.Context, service Service, pkg Package, options Options) (*Result, error) {
	return provision(ctx, service, pkg, options, connect)
}

// connector makes the clients of a run.
type connector func(context.Context, SessionOptions, *logrus.Logger) (*account, error)

func provision(ctx context.Context, service Service, pkg Package, options Options, connect connector) (*Result, error) {
	d, err := newDeployment(service, pkg, options)
	if err != nil {
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
	if goesOn := (*stack.Unwatched)(nil); !errors.As(err, &goesOn) { // else it is not known to have failed
		err = stack.WithCleanup(err, hooks.Call(context.WithoutCancel(ctx), "Rollback", d.service.Hooks.Rollback, d.workflow))
	}
	return result, d.secrets.HideIn(err)
}

// deploy changes the stack. When nothing is to change it makes these requests:
// DescribeStacks, GetRole for each role that exists already, HeadBucket,
// HeadObject, CreateChangeSet, DescribeChangeSet, DeleteChangeSet and
// GetFunctionConfiguration.
func (d *deployment) deploy(ctx context.Context, connect connector) (*Result, error) {
	var err error
	if d.account, err = connect(ctx, d.options.Session, d.log); err != nil {
		return nil, err
	}
	d.options.Session.Region = d.region
	live, store, code, err := d.prepare(ctx)
	if err != nil {
		return nil, err
	}
	template, err := d.newTemplate(ctx, code)
	if err != nil {
		return nil, err
	}

	waiting, cancel := connection.WithTimeout(ctx, d.options.Wait)
	defer cancel()
	if live, err = d.Settle(waiting, d.stack, live, d.find); err != nil {
		return nil, err
	}
	p, err := d.newProposal(waiting, template, live, store)
	if err != nil {
		return nil, err
	}
	result := d.newResult()
	if d.options.InPlace {
		return result, d.inPlace(waiting, p, template, code, result)
	}
	set, err := d.Propose(waiting, p)
	if errors.Is(err, stack.ErrNoChanges) {
		d.warnUnmarked(live)
		return result, d.unchanged(waiting, live, code, result)
	}
	if err != nil {
		return nil, err
	}
	asked, err := d.review(ctx, set)
	if err != nil {
		return nil, err
	}
	if asked { // the time that somebody takes to answer does not count
		waiting, cancel = connection.WithTimeout(ctx, d.options.Wait)
		defer cancel()
	}
	return result, d.carryOut(waiting, set, result)
}
