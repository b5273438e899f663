package stack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// ErrNoChanges says that a stack already is as its template describes it.
var ErrNoChanges = errors.New("no changes to deploy")

// ChangeSetInput describes a stack as it is to be.
type ChangeSetInput struct {
	Stack    string          // its name
	Live     *cfntypes.Stack // as it is now; nil means that it is to be created
	Reviewed bool            // something else has created it already, and it is under review
	Body     []byte          // the template
	URL      string          // of a template that is too large for a request
	Params   []cfntypes.Parameter
	Tags     map[string]string
	BuildID  string
	// Command is the target that makes the change set, without cgo:, and Description says what for. Empty means
	// provision, and the build.
	Command, Description string

	RoleARN string // of the role that CloudFormation assumes; empty means the stack's, or the caller's permissions
}

// CreateChangeSet creates a change set and waits until CloudFormation knows its changes. Without changes the error is
// ErrNoChanges. An error leaves nothing behind, unless it says what and why.
func (s Client) CreateChangeSet(ctx context.Context, p ChangeSetInput) (_ *ChangeSet, err error) {
	command := cmp.Or(p.Command, "provision")
	set := &ChangeSet{
		Name:   NewToken(command),
		Stack:  p.Stack,
		create: p.Live == nil,
		review: p.Live == nil && !p.Reviewed,
	}
	if p.Live != nil {
		set.StackID = aws.ToString(p.Live.StackId)
	}
	input := &cfn.CreateChangeSetInput{
		StackName:     aws.String(p.Stack),
		ChangeSetName: aws.String(set.Name),
		ChangeSetType: cfntypes.ChangeSetTypeUpdate,
		Capabilities:  []cfntypes.Capability{cfntypes.CapabilityCapabilityIam, cfntypes.CapabilityCapabilityNamedIam},
		Description: aws.String(cmp.Or(p.Description,
			"made by Sparta's cgo:provision from build "+p.BuildID)),
		Parameters:  p.Params,
		Tags:        CfnTags(p.Tags),
		ClientToken: aws.String(set.Name),
	}
	if p.RoleARN != "" {
		input.RoleARN = aws.String(p.RoleARN)
	}
	if set.create {
		input.ChangeSetType = cfntypes.ChangeSetTypeCreate
	}
	if p.URL != "" {
		input.TemplateURL = aws.String(p.URL)
	} else {
		input.TemplateBody = aws.String(string(p.Body))
	}
	err = s.submit(ctx, input, set)
	if saysNoChanges(connection.ErrorMessage(err)) {
		return nil, ErrNoChanges
	}
	if set.create && connection.HasCode(err, "ValidationError") &&
		strings.Contains(connection.ErrorMessage(err), "already exists") {
		return nil, &BusyError{fmt.Errorf("create change set for stack %s: %w: another run has created the stack "+
			"meanwhile: run cgo:provision again when that has ended (cgo:status shows it)", p.Stack, err)}
	}
	if saysBusy(err) {
		return nil, &BusyError{fmt.Errorf("create change set for stack %s: %w: another run changes the stack: "+
			"run cgo:%s again when that has ended (cgo:status shows it)", p.Stack, err, command)}
	}
	if err != nil && connection.IsRefused(err) {
		return nil, fmt.Errorf("create change set for stack %s: %w", p.Stack, err)
	}
	if err == nil {
		err = s.awaitChanges(ctx, set)
	} else {
		err = fmt.Errorf("create change set for stack %s: %w", p.Stack, err)
	}
	if invalid := (*ValidationError)(nil); errors.As(err, &invalid) && invalid.keep {
		return nil, err
	}
	if err != nil {
		return nil, WithCleanup(err, s.Discard(ctx, set))
	}
	return set, nil
}

// submit sends the request, and once more if there were too many change sets of earlier runs.
func (s Client) submit(ctx context.Context, input *cfn.CreateChangeSetInput, set *ChangeSet) error {
	create := func() error {
		return s.Call(ctx, "cloudformation:CreateChangeSet", func(ctx context.Context) error {
			answer, err := s.API.CreateChangeSet(ctx, input)
			if err == nil && aws.ToString(answer.StackId) != "" {
				set.StackID = aws.ToString(answer.StackId)
			}
			return err
		})
	}
	err := create()
	if connection.HasCode(err, "LimitExceededException") && s.DeleteAbandoned(ctx, set) > 0 {
		err = create()
	}
	if connection.HasCode(err, "AlreadyExistsException") {
		return nil // the name is unique, so an answer was lost
	}
	return err
}

// awaitChanges waits until a change set is ready and reads its changes.
func (s Client) awaitChanges(ctx context.Context, set *ChangeSet) error {
	for pause := connection.NextPause(0); ; pause = connection.NextPause(pause) {
		answer, err := s.describeChangeSet(ctx, set, nil)
		if err != nil {
			return err
		}
		switch status := answer.Status; status {
		case cfntypes.ChangeSetStatusCreateComplete:
			return s.readChanges(ctx, set, answer)
		case cfntypes.ChangeSetStatusCreatePending, cfntypes.ChangeSetStatusCreateInProgress:
		default:
			if saysNoChanges(aws.ToString(answer.StatusReason)) {
				return ErrNoChanges
			}
			if reason := aws.ToString(answer.StatusReason); saysValidation(reason) {
				if id := aws.ToString(answer.StackId); id != "" {
					set.StackID = id
				}
				return s.validationError(ctx, set, reason)
			}
			if status == "" {
				return fmt.Errorf("change set for stack %s has no status in AWS's answer: "+
					"check the network, its proxy and the endpoint", set.Stack)
			}
			return fmt.Errorf("change set for stack %s is %s: %s", set.Stack, status, OrNoReason(answer.StatusReason))
		}
		connection.Sleep(ctx, pause)
		if ctx.Err() != nil {
			return fmt.Errorf("wait for the change set of stack %s: %w", set.Stack, context.Cause(ctx))
		}
	}
}

// readChanges reads the changes of a change set from its first page on.
func (s Client) readChanges(ctx context.Context, set *ChangeSet, page *cfn.DescribeChangeSetOutput) (err error) {
	set.Created = aws.ToTime(page.CreationTime)
	if set.Created.IsZero() {
		set.Created = time.Now()
	}
	if id := aws.ToString(page.StackId); id != "" {
		set.StackID = id
	}
	for {
		for _, change := range page.Changes {
			if change.ResourceChange == nil {
				continue // for example the change of a hook
			}
			set.Raw = append(set.Raw, change.ResourceChange)
			set.Changes = append(set.Changes, newChange(change.ResourceChange))
		}
		if aws.ToString(page.NextToken) == "" {
			return nil
		}
		if page, err = s.describeChangeSet(ctx, set, page.NextToken); err != nil {
			return err
		}
	}
}

// saysNoChanges reports whether a reason is that there are no changes, for which CloudFormation has no code.
func saysNoChanges(reason string) bool {
	return strings.Contains(reason, "didn't contain changes") ||
		strings.Contains(reason, "No updates are to be performed")
}
