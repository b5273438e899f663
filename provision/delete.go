package provision

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/terminal"
)

// DeleteOptions say which stack to delete.
type DeleteOptions struct {
	commandline.Delete
	Session SessionOptions

	Stdout io.Writer // takes the table of what NoOp shows; nil discards it
	Logger *logrus.Logger

	person *terminal.Prompt // who is asked; nil means whoever is at the process's terminal
}

// Delete deletes a service's stack and waits until it is gone. Buckets that the
// stack created are emptied first; the one that holds packages is not the
// stack's and stays. That there is no such stack is no error.
func Delete(ctx context.Context, service Service, options DeleteOptions) error {
	if options.Wait < 0 {
		return fmt.Errorf("time to wait of %s is negative: use such as 15m", options.Wait)
	}
	claim, err := newClaim(service, options.Stack, options.Adopt)
	if err != nil {
		return err
	}
	secrets := secretsFor(service, Options{Provision: commandline.Provision{Stack: options.Stack}, Session: options.Session})
	options.Logger, options.Stdout = secrets.Logger(orSilent(options.Logger)), orDiscard(options.Stdout)
	cfg, err := connection.Open(ctx, connection.Options(options.Session), options.Logger)
	if err != nil {
		return err
	}
	account := newAccount(cfg, options.Logger)
	d := deletion{Client: account.Client, resources: cfn.NewFromConfig(cfg), objects: s3.NewFromConfig(cfg)}
	return secrets.HideIn(d.run(ctx, claim, options))
}

// resourceAPI tells what a stack holds.
type resourceAPI interface {
	stack.ResourceLister
	GetTemplate(context.Context, *cfn.GetTemplateInput, ...func(*cfn.Options)) (*cfn.GetTemplateOutput, error)
}

type deletion struct {
	stack.Client
	resources resourceAPI
	objects   objectAPI
}

func (d deletion) run(ctx context.Context, claim *stack.Claim, options DeleteOptions) error {
	name, wait := claim.Stack, cmp.Or(options.Wait, stack.DefaultWait)
	looking, cancel := connection.WithTimeout(ctx, wait)
	defer cancel()
	live, err := d.deletable(looking, claim, options)
	if err != nil || live == nil {
		return err
	}
	held, err := d.held(looking, live)
	if err != nil {
		return err
	}
	if options.NoOp {
		return showHeld(options.Stdout, held)
	}
	buckets, err := d.doomed(looking, live, held)
	if err != nil {
		return fmt.Errorf("delete stack %s: %w", name, err)
	}
	if err := terminal.NewConsent(options.Yes, options.person).To(ctx, "delete stack "+name, goneWith(held, buckets)); err != nil {
		return err
	}
	deleting, cancel := connection.WithTimeout(ctx, wait) // the time that somebody takes to answer does not count
	defer cancel()
	for _, bucket := range buckets {
		if err := d.empty(deleting, bucket, live); err != nil {
			return fmt.Errorf("delete stack %s: %w", name, err)
		}
	}
	return d.deleteStack(deleting, live)
}

// deletable is the stack, if it is there to be deleted. One that is being deleted
// already is waited for, and nil.
func (d deletion) deletable(ctx context.Context, claim *stack.Claim, options DeleteOptions) (*cfntypes.Stack, error) {
	name := claim.Stack
	live, err := d.Describe(ctx, name)
	if err != nil {
		return nil, err
	}
	if live == nil {
		d.Log.Infof("there is no stack %s: nothing to delete", name)
		return nil, nil
	}
	if err := d.Admit(ctx, live, claim); err != nil {
		return nil, fmt.Errorf("delete: %w", err)
	}
	if aws.ToBool(live.EnableTerminationProtection) {
		return nil, fmt.Errorf("delete stack %s: it is protected from termination: lift that with `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name %s`", name, name)
	}
	switch status := live.StackStatus; {
	case status == cfntypes.StackStatusDeleteInProgress:
		d.Log.Infof("stack %s is being deleted already: waiting for that to end", name)
		if err := d.Delete(ctx, live); err != nil {
			return nil, err
		}
		d.Log.Infof("stack %s is deleted", name)
		return nil, nil
	case status == cfntypes.StackStatusReviewInProgress:
		return live, d.unreviewed(ctx, live)
	case stack.StandingOf(live) == stack.Busy && !options.NoOp:
		return nil, fmt.Errorf("delete stack %s: it is %s: wait until that has ended (cgo:status shows it)", name, status)
	}
	return live, nil
}

// unreviewed returns an error if someone may be about to create a stack that is
// under review.
func (d deletion) unreviewed(ctx context.Context, live *cfntypes.Stack) error {
	var waiting []string
	err := d.EachChangeSet(ctx, aws.ToString(live.StackId), func(set *cfntypes.ChangeSetSummary) {
		if !stack.Abandoned(set) {
			waiting = append(waiting, aws.ToString(set.ChangeSetName))
		}
	})
	if err == nil && len(waiting) > 0 {
		return fmt.Errorf("delete stack %s: it is under review, and a run of the last hour may be about to create it "+
			"with %s: wait, or delete that change set first",
			aws.ToString(live.StackName), strings.Join(waiting, ", "))
	}
	return err
}

// held lists the resources that the stack has now.
func (d deletion) held(ctx context.Context, live *cfntypes.Stack) ([]cfntypes.StackResourceSummary, error) {
	resources, err := stack.ResourcesOf(ctx, d.Caller, d.resources, live)
	return slices.DeleteFunc(resources, func(resource cfntypes.StackResourceSummary) bool {
		return resource.ResourceStatus == cfntypes.ResourceStatusDeleteComplete
	}), err
}

// goneWith says, a line each, what goes with a stack. Of its buckets, only the
// given ones go.
func goneWith(held []cfntypes.StackResourceSummary, buckets []string) []string {
	var lines []string
	for _, resource := range held {
		kind := aws.ToString(resource.ResourceType)
		if kind == bucketType && !slices.Contains(buckets, aws.ToString(resource.PhysicalResourceId)) {
			continue // it stays
		}
		line := stack.ResourceText(resource.LogicalResourceId, resource.ResourceType, resource.PhysicalResourceId)
		if holding := stack.HoldingOf(kind); holding != "" {
			line += ", and " + holding + " with it"
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return []string{"nothing else goes with it"}
	}
	return lines
}

func showHeld(out io.Writer, held []cfntypes.StackResourceSummary) error {
	rows := [][]string{{"ACTION", "RESOURCE", "TYPE", "ID"}}
	for _, resource := range held {
		rows = append(rows, []string{
			"Remove", aws.ToString(resource.LogicalResourceId), aws.ToString(resource.ResourceType), aws.ToString(resource.PhysicalResourceId),
		})
	}
	return show.Table(out, rows)
}

// deleteStack deletes the stack, shows how it goes and tells what stays behind.
func (d deletion) deleteStack(ctx context.Context, live *cfntypes.Stack) error {
	name, id := aws.ToString(live.StackName), aws.ToString(live.StackId)
	after, err := d.Newest(ctx, id)
	if err != nil {
		return err
	}
	token := stack.NewToken("delete")
	err = d.Call(ctx, "cloudformation:DeleteStack", func(ctx context.Context) error {
		_, err := d.API.DeleteStack(ctx, &cfn.DeleteStackInput{StackName: &id, ClientRequestToken: &token})
		return err
	})
	if err != nil {
		return fmt.Errorf("delete stack %s: %w", name, err)
	}
	status, events, err := d.Follow(ctx, &stack.Operation{
		StackID: id, Token: token, After: after, Starts: []cfntypes.StackStatus{cfntypes.StackStatusDeleteInProgress},
	}, d.goneWithoutEvents(id))
	if errors.Is(err, errGone) {
		status, err = cfntypes.StackStatusDeleteComplete, nil
	}
	if err != nil {
		return err
	}
	if status == cfntypes.StackStatusDeleteComplete {
		d.Log.Infof("stack %s is deleted", name)
		return nil
	}
	return undeleted(name, status, events)
}

// errGone says that a stack is gone, whatever its events say.
var errGone = errors.New("the stack is gone")

// goneWithoutEvents notices the end of a stack that has no events of it, as one
// that was never created may have none.
func (d deletion) goneWithoutEvents(id string) func(context.Context) error {
	return func(ctx context.Context) error {
		live, err := d.Describe(ctx, id)
		if err == nil && live == nil {
			return errGone
		}
		return nil // the events will tell
	}
}

// undeleted names what could not be deleted.
func undeleted(name string, status cfntypes.StackStatus, events []*cfntypes.StackEvent) error {
	var lines []string
	for _, event := range events {
		if !stack.OfStack(event) && event.ResourceStatus == cfntypes.ResourceStatusDeleteFailed {
			lines = append(lines, fmt.Sprintf("%s (%s): %s", aws.ToString(event.LogicalResourceId), aws.ToString(event.ResourceType), stack.OrNoReason(event.ResourceStatusReason)))
		}
	}
	if len(lines) == 0 {
		return errors.New("stack " + name + " is " + string(status) + ": see its events with `aws cloudformation describe-stack-events --stack-name " + name + "`")
	}
	return fmt.Errorf("stack %s is %s: put this right and delete it again:\n%s", name, status, strings.Join(lines, "\n"))
}
