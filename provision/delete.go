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
	"github.com/go-sparta/sparta/provision/internal/buckets"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/edge"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/terminal"
	"github.com/go-sparta/sparta/sparta"
)

// DeleteOptions say which stack to delete.
type DeleteOptions struct {
	commandline.Delete
	Session SessionOptions

	Stdout io.Writer // for the table that NoOp shows; nil discards it
	Logger *logrus.Logger

	prompt *terminal.Prompt // where consent is asked for; nil means the process's terminal
}

// Delete deletes a service's stack and waits until it is gone. It empties the stack's buckets first; the bucket for
// packages is not one of them, and stays. If the stack does not exist, it returns no error.
func Delete(ctx context.Context, service Service, options DeleteOptions) error {
	claim, secrets, err := claimExisting(service, options.Session, options.Stack, options.Adopt, &options.Delete)
	if err != nil {
		return err
	}
	options.Logger, options.Stdout = secrets.Logger(orSilent(options.Logger)), orDiscard(options.Stdout)
	cfg, err := connection.Open(ctx, options.Session.connection(), options.Logger)
	if err != nil {
		return err
	}
	d := deletion{
		Client:    newClients(cfg, options.Logger).Client,
		resources: cfn.NewFromConfig(cfg),
		objects:   s3.NewFromConfig(cfg),
		functions: service.Functions,
	}
	return secrets.HideIn(d.run(ctx, claim, options))
}

// resourceAPI is the part of CloudFormation that says what a stack consists of.
type resourceAPI interface {
	cfn.ListStackResourcesAPIClient
	GetTemplate(context.Context, *cfn.GetTemplateInput, ...func(*cfn.Options)) (*cfn.GetTemplateOutput, error)
}

type deletion struct {
	stack.Client
	resources resourceAPI
	objects   buckets.API
	functions []*sparta.LambdaAWSInfo
}

func (d deletion) run(ctx context.Context, claim *stack.Claim, options DeleteOptions) error {
	name, wait := claim.Stack, cmp.Or(options.Wait, stack.DefaultWait)
	looking, cancel := connection.WithTimeout(ctx, wait)
	defer cancel()
	live, err := d.find(looking, claim, options)
	if err != nil || live == nil {
		return err
	}
	resources, err := d.current(looking, live)
	if err != nil {
		return err
	}
	if options.NoOp {
		return showRemovals(options.Stdout, resources)
	}
	edge.NoteDeletion(d.Log, d.functions)
	full, err := buckets.DeletedWith(looking, d.Caller, d.resources, live, resources)
	if err != nil {
		return fmt.Errorf("delete stack %s: %w", name, err)
	}
	consent := terminal.NewConsent(options.Yes, options.prompt)
	if err := consent.To(ctx, "delete stack "+name, consequences(resources, full)); err != nil {
		return err
	}
	deleting, cancel := connection.WithTimeout(ctx, wait) // the time until the answer does not count
	defer cancel()
	objects := buckets.Client{Caller: d.Caller, API: d.objects}
	for _, bucket := range full {
		if err := objects.Empty(deleting, bucket, stack.AccountOf(live)); err != nil {
			return fmt.Errorf("delete stack %s: %w", name, err)
		}
	}
	return d.deleteStack(deleting, live)
}

// find returns the stack to delete; nil if there is none. It waits for a stack that is being deleted already.
func (d deletion) find(ctx context.Context, claim *stack.Claim, options DeleteOptions) (*cfntypes.Stack, error) {
	name := claim.Stack
	live, err := d.Describe(ctx, name)
	if err != nil {
		return nil, err
	}
	if live == nil {
		d.Log.Infof("there is no stack %s: nothing to delete", name)
		return nil, nil
	}
	if err := d.CheckOwner(ctx, live, claim); err != nil {
		return nil, fmt.Errorf("delete: %w", err)
	}
	if aws.ToBool(live.EnableTerminationProtection) {
		return nil, fmt.Errorf("delete stack %s: it is protected from termination: remove the protection with "+
			"`aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name %s`",
			name, name)
	}
	switch status := live.StackStatus; {
	case status == cfntypes.StackStatusDeleteInProgress:
		d.Log.Infof("stack %s is being deleted already: waiting until that has ended", name)
		if err := d.Delete(ctx, live); err != nil {
			return nil, err
		}
		d.Log.Infof("stack %s is deleted", name)
		return nil, nil
	case status == cfntypes.StackStatusReviewInProgress:
		return live, d.checkReview(ctx, live)
	case stack.StateOf(live) == stack.InProgress && !options.NoOp:
		return nil, fmt.Errorf("delete stack %s: it is %s: wait until that has ended (cgo:status shows it)",
			name, status)
	}
	return live, nil
}

// checkReview returns an error if another run may be about to create a stack that is under review.
func (d deletion) checkReview(ctx context.Context, live *cfntypes.Stack) error {
	var waiting []string
	err := d.EachChangeSet(ctx, aws.ToString(live.StackId), func(set *cfntypes.ChangeSetSummary) {
		if !stack.IsAbandoned(set) {
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

// current lists the resources that the stack has now.
func (d deletion) current(ctx context.Context, live *cfntypes.Stack) ([]cfntypes.StackResourceSummary, error) {
	resources, err := stack.ResourcesOf(ctx, d.Caller, d.resources, live)
	return slices.DeleteFunc(resources, func(resource cfntypes.StackResourceSummary) bool {
		return resource.ResourceStatus == cfntypes.ResourceStatusDeleteComplete
	}), err
}

// consequences describes what is deleted with a stack, in a line each. Of its buckets, only the given ones are.
func consequences(resources []cfntypes.StackResourceSummary, emptied []string) []string {
	var lines []string
	for _, resource := range resources {
		kind := aws.ToString(resource.ResourceType)
		if kind == buckets.Type && !slices.Contains(emptied, aws.ToString(resource.PhysicalResourceId)) {
			continue // it stays
		}
		line := stack.ResourceText(resource.LogicalResourceId, resource.ResourceType, resource.PhysicalResourceId)
		if holding := stack.HoldingOf(kind); holding != "" {
			line += ", and " + holding + " with it"
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return []string{"nothing else is deleted with it"}
	}
	return lines
}

// showRemovals writes the table of what would be deleted.
func showRemovals(out io.Writer, resources []cfntypes.StackResourceSummary) error {
	rows := [][]string{{"ACTION", "RESOURCE", "TYPE", "ID"}}
	for _, resource := range resources {
		rows = append(rows, []string{
			"Remove",
			aws.ToString(resource.LogicalResourceId),
			aws.ToString(resource.ResourceType),
			aws.ToString(resource.PhysicalResourceId),
		})
	}
	return show.Table(out, rows)
}

// deleteStack deletes the stack, shows its events and says what could not be deleted.
func (d deletion) deleteStack(ctx context.Context, live *cfntypes.Stack) error {
	name, id := aws.ToString(live.StackName), aws.ToString(live.StackId)
	after, err := d.NewestEventTime(ctx, id)
	if err != nil {
		return err
	}
	token, err := d.RequestDelete(ctx, live)
	if err != nil {
		return err
	}
	operation := &stack.Operation{
		StackID: id,
		Token:   token,
		After:   after,
		Starts:  []cfntypes.StackStatus{cfntypes.StackStatusDeleteInProgress},
	}
	status, events, err := d.Follow(ctx, operation, d.checkGone(id))
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
	return stack.DeletionError(name, status, events)
}

// errGone says that a stack does not exist any more.
var errGone = errors.New("the stack is gone")

// checkGone returns a check for Follow whose error is errGone: a stack that was never created may have no events of its
// deletion.
func (d deletion) checkGone(id string) func(context.Context) error {
	return func(ctx context.Context) error {
		live, err := d.Describe(ctx, id)
		if err == nil && live == nil {
			return errGone
		}
		return nil // the events will show the outcome
	}
}
