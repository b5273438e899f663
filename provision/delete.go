//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/request"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
	"github.com/aws/aws-sdk-go/service/s3"
	"github.com/sirupsen/logrus"
)

// DeleteOptions say which stack to delete.
type DeleteOptions struct {
	Session SessionOptions
	Stack   string        // empty means the service's name
	NoOp    bool          // show what would be deleted
	Wait    time.Duration // for the stack to be gone; 0 means 15 minutes
	Stdout  io.Writer     // takes the table of what NoOp shows; nil discards it
	Logger  *logrus.Logger
}

// Delete deletes a service's stack and waits until it is gone. Buckets that the
// stack created are emptied first; the one that holds packages is not the
// stack's and stays. That there is no such stack is no error.
func Delete(ctx context.Context, service Service, options DeleteOptions) error {
	secrets := newSecrets(service, Options{Session: options.Session, Stack: options.Stack})
	options.Logger, options.Stdout = secrets.logger(orSilent(options.Logger)), orDiscard(options.Stdout)
	sess, err := newSession(ctx, options.Session, options.Logger)
	if err != nil {
		return err
	}
	account := newAccount(sess, options.Logger)
	d := deletion{stacks: account.stacks, resources: cfn.New(sess), objects: s3.New(sess)}
	ctx, cancel := patient(ctx, cmp.Or(options.Wait, defaultWait))
	defer cancel()
	return secrets.hideIn(d.run(ctx, stackName(service, Options{Stack: options.Stack}), options))
}

// resourceAPI tells what a stack holds.
type resourceAPI interface {
	GetTemplateWithContext(aws.Context, *cfn.GetTemplateInput, ...request.Option) (*cfn.GetTemplateOutput, error)
	ListStackResourcesPagesWithContext(aws.Context, *cfn.ListStackResourcesInput, func(*cfn.ListStackResourcesOutput, bool) bool, ...request.Option) error
}

type deletion struct {
	stacks
	resources resourceAPI
	objects   objectAPI
}

func (d deletion) run(ctx context.Context, name string, options DeleteOptions) error {
	live, err := d.describe(ctx, name)
	if err != nil {
		return err
	}
	if live == nil {
		d.log.Infof("there is no stack %s: nothing to delete", name)
		return nil
	}
	if aws.BoolValue(live.EnableTerminationProtection) {
		return fmt.Errorf("delete stack %s: it is protected from termination: lift that with `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name %s`", name, name)
	}
	switch standing := standingOf(live); {
	case aws.StringValue(live.StackStatus) == cfn.StackStatusDeleteInProgress:
		d.log.Infof("stack %s is being deleted already: waiting for that to end", name)
		if err := d.delete(ctx, live); err != nil {
			return err
		}
		d.log.Infof("stack %s is deleted", name)
		return nil
	case standing == busy && !options.NoOp:
		return fmt.Errorf("delete stack %s: it is %s: wait until that has ended (cgo:status shows it)", name, aws.StringValue(live.StackStatus))
	}
	held, err := d.held(ctx, live)
	if err != nil {
		return err
	}
	if options.NoOp {
		return showHeld(options.Stdout, held)
	}
	buckets, err := d.doomed(ctx, live, held)
	if err != nil {
		return fmt.Errorf("delete stack %s: %w", name, err)
	}
	for _, bucket := range buckets {
		if err := d.empty(ctx, bucket, live); err != nil {
			return fmt.Errorf("delete stack %s: %w", name, err)
		}
	}
	return d.deleteStack(ctx, live)
}

// held lists the resources that the stack has now.
func (d deletion) held(ctx context.Context, live *cfn.Stack) ([]*cfn.StackResourceSummary, error) {
	var held []*cfn.StackResourceSummary
	err := d.call(ctx, "cloudformation:ListStackResources", func(ctx context.Context) error {
		held = nil
		return d.resources.ListStackResourcesPagesWithContext(ctx, &cfn.ListStackResourcesInput{StackName: live.StackId},
			func(page *cfn.ListStackResourcesOutput, _ bool) bool {
				for _, resource := range page.StackResourceSummaries {
					if aws.StringValue(resource.ResourceStatus) != cfn.ResourceStatusDeleteComplete {
						held = append(held, resource)
					}
				}
				return true
			})
	})
	if err != nil {
		return nil, fmt.Errorf("list the resources of stack %s: %w", aws.StringValue(live.StackName), err)
	}
	return held, nil
}

func showHeld(out io.Writer, held []*cfn.StackResourceSummary) error {
	rows := [][]string{{"ACTION", "RESOURCE", "TYPE", "ID"}}
	for _, resource := range held {
		rows = append(rows, []string{
			"Remove", aws.StringValue(resource.LogicalResourceId), aws.StringValue(resource.ResourceType), aws.StringValue(resource.PhysicalResourceId),
		})
	}
	return writeTable(out, rows)
}

// deleteStack deletes the stack, shows how it goes and tells what stays behind.
func (d deletion) deleteStack(ctx context.Context, live *cfn.Stack) error {
	name, id := aws.StringValue(live.StackName), aws.StringValue(live.StackId)
	after, err := d.newest(ctx, id)
	if err != nil {
		return err
	}
	token := newToken("delete")
	err = d.call(ctx, "cloudformation:DeleteStack", func(ctx context.Context) error {
		_, err := d.api.DeleteStackWithContext(ctx, &cfn.DeleteStackInput{StackName: &id, ClientRequestToken: &token})
		return err
	})
	if err != nil {
		return fmt.Errorf("delete stack %s: %w", name, err)
	}
	status, events, err := d.follow(ctx, &operation{
		stackID: id, token: token, after: after, starts: []string{cfn.StackStatusDeleteInProgress},
	}, d.goneWithoutEvents(id))
	if errors.Is(err, errGone) {
		status, err = cfn.StackStatusDeleteComplete, nil
	}
	if err != nil {
		return err
	}
	if status == cfn.StackStatusDeleteComplete {
		d.log.Infof("stack %s is deleted", name)
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
		live, err := d.describe(ctx, id)
		if err == nil && live == nil {
			return errGone
		}
		return nil // the events will tell
	}
}

// undeleted names what could not be deleted.
func undeleted(name, status string, events []*cfn.StackEvent) error {
	var lines []string
	for _, event := range events {
		if !ofStack(event) && aws.StringValue(event.ResourceStatus) == cfn.ResourceStatusDeleteFailed {
			lines = append(lines, fmt.Sprintf("%s (%s): %s", aws.StringValue(event.LogicalResourceId), aws.StringValue(event.ResourceType), orNoReason(event.ResourceStatusReason)))
		}
	}
	if len(lines) == 0 {
		return errors.New("stack " + name + " is " + status + ": see its events with `aws cloudformation describe-stack-events --stack-name " + name + "`")
	}
	return fmt.Errorf("stack %s is %s: put this right and delete it again:\n%s", name, status, strings.Join(lines, "\n"))
}
