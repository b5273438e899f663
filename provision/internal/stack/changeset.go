package stack

import (
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

// ErrNoChanges says that a stack is as its template describes it.
var ErrNoChanges = errors.New("no changes to deploy")

// Proposal is what a stack is to become.
type Proposal struct {
	Stack    string          // its name
	Live     *cfntypes.Stack // as it is; nil means that it is to be created
	Reviewed bool            // there is one already, under review, that something else made
	Body     []byte          // the template
	Url      string          // where a template is that is too large to be passed on
	Params   []cfntypes.Parameter
	Tags     map[string]string
}

// ChangeSet is what CloudFormation would do to a stack.
type ChangeSet struct {
	Name    string
	Stack   string // name
	StackID string
	create  bool // the stack by executing it
	review  bool // the stack under review came with it
	Created time.Time
	Changes []Change
	Raw     []*cfntypes.ResourceChange
}

// ChangeSetPrefix marks change sets as made here.
const ChangeSetPrefix = "sparta-"

// NewToken makes a name that no one used before, which sorts by time.
func NewToken(purpose string) string {
	return ChangeSetPrefix + purpose + "-" + time.Now().UTC().Format("20060102-150405") + "-" + randomText()
}

// Propose makes a change set and waits until CloudFormation knows what it would
// do. Without changes the error is errNoChanges. Nothing is left behind when
// there is an error.
func (s Client) Propose(ctx context.Context, p Proposal) (_ *ChangeSet, err error) {
	set := &ChangeSet{Name: NewToken("provision"), Stack: p.Stack, create: p.Live == nil, review: p.Live == nil && !p.Reviewed}
	if p.Live != nil {
		set.StackID = aws.ToString(p.Live.StackId)
	}
	input := &cfn.CreateChangeSetInput{
		StackName:     aws.String(p.Stack),
		ChangeSetName: aws.String(set.Name),
		ChangeSetType: cfntypes.ChangeSetTypeUpdate,
		Capabilities:  []cfntypes.Capability{cfntypes.CapabilityCapabilityIam, cfntypes.CapabilityCapabilityNamedIam},
		Description:   aws.String("made by Sparta's cgo:provision"),
		Parameters:    p.Params,
		Tags:          CfnTags(p.Tags),
		ClientToken:   aws.String(set.Name),
	}
	if set.create {
		input.ChangeSetType = cfntypes.ChangeSetTypeCreate
	}
	if p.Url != "" {
		input.TemplateURL = aws.String(p.Url)
	} else {
		input.TemplateBody = aws.String(string(p.Body))
	}
	err = s.submit(ctx, input, set)
	if nothingToUpdate(err) {
		return nil, ErrNoChanges
	}
	if err != nil && connection.IsRefused(err) {
		return nil, fmt.Errorf("create change set for stack %s: %w", p.Stack, err)
	}
	if err == nil {
		err = s.inspect(ctx, set)
	} else {
		err = fmt.Errorf("create change set for stack %s: %w", p.Stack, err)
	}
	if err != nil {
		return nil, WithCleanup(err, s.Discard(ctx, set))
	}
	return set, nil
}

// submit sends the request, once more when there are too many change sets of
// earlier runs.
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
	if connection.HasCode(err, "LimitExceededException") && s.RemoveLeftovers(ctx, set) > 0 {
		err = create()
	}
	if connection.HasCode(err, "AlreadyExistsException") {
		return nil // the name is nobody else's: an answer was lost
	}
	return err
}

// inspect waits until a change set is ready and reads what it would do.
func (s Client) inspect(ctx context.Context, set *ChangeSet) error {
	for pause := connection.Pause(0); ; pause = connection.Pause(pause) {
		answer, err := s.describeChangeSet(ctx, set, nil)
		if err != nil {
			return err
		}
		switch status := answer.Status; status {
		case cfntypes.ChangeSetStatusCreateComplete:
			return s.readChanges(ctx, set, answer)
		case cfntypes.ChangeSetStatusCreatePending, cfntypes.ChangeSetStatusCreateInProgress:
		default:
			if noChanges(aws.ToString(answer.StatusReason)) {
				return ErrNoChanges
			}
			return fmt.Errorf("change set for stack %s is %s: %s", set.Stack, status, OrNoReason(answer.StatusReason))
		}
		connection.Sleep(ctx, pause)
		if ctx.Err() != nil {
			return fmt.Errorf("wait for the change set of stack %s: %w", set.Stack, context.Cause(ctx))
		}
	}
}

func (s Client) describeChangeSet(ctx context.Context, set *ChangeSet, next *string) (answer *cfn.DescribeChangeSetOutput, err error) {
	err = s.Call(ctx, "cloudformation:DescribeChangeSet", func(ctx context.Context) (err error) {
		answer, err = s.API.DescribeChangeSet(ctx, &cfn.DescribeChangeSetInput{
			ChangeSetName: &set.Name, StackName: set.stackRef(), NextToken: next,
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look at the change set of stack %s: %w", set.Stack, err)
	}
	return answer, nil
}

// stackRef is the stack's ID where it is known: a name may mean another stack later.
func (c *ChangeSet) stackRef() *string {
	if c.StackID != "" {
		return &c.StackID
	}
	return &c.Stack
}

// readChanges reads all pages of a change set, the first of which is given.
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
				continue // such as that of a hook
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

// Execute has CloudFormation carry a change set out. A cancelled context does not
// leave it open whether that was asked for.
func (s Client) Execute(ctx context.Context, set *ChangeSet) error {
	if ctx.Err() != nil {
		return fmt.Errorf("nothing has changed in stack %s: %w", set.Stack, context.Cause(ctx))
	}
	ctx, cancel := connection.Detach(ctx)
	defer cancel()
	err := s.Call(ctx, "cloudformation:ExecuteChangeSet", func(ctx context.Context) error {
		_, err := s.API.ExecuteChangeSet(ctx, &cfn.ExecuteChangeSetInput{
			ChangeSetName: &set.Name, StackName: set.stackRef(), ClientRequestToken: &set.Name,
		})
		return err
	})
	if err == nil {
		return nil
	}
	// The answer to a request that was carried out may be lost.
	if answer, lookErr := s.describeChangeSet(ctx, set, nil); lookErr == nil {
		switch answer.ExecutionStatus {
		case cfntypes.ExecutionStatusExecuteInProgress, cfntypes.ExecutionStatusExecuteComplete, cfntypes.ExecutionStatusExecuteFailed:
			return nil
		}
	}
	if connection.HasCode(err, "InvalidChangeSetStatus") || connection.HasCode(err, "ChangeSetNotFound") {
		return fmt.Errorf("execute the changes of stack %s: someone else changed it meanwhile, provision again: %w", set.Stack, err)
	}
	return fmt.Errorf("execute the changes of stack %s: %w", set.Stack, err)
}

// ExecutionFailed returns an error when CloudFormation gave a change set up
// before it began.
func (s Client) ExecutionFailed(set *ChangeSet) func(context.Context) error {
	return func(ctx context.Context) error {
		answer, err := s.describeChangeSet(ctx, set, nil)
		if err != nil || answer.ExecutionStatus != cfntypes.ExecutionStatusExecuteFailed {
			return nil // the events will tell
		}
		return fmt.Errorf("execute the changes of stack %s: CloudFormation did not begin: %s", set.Stack, OrNoReason(answer.StatusReason))
	}
}

// nothingToUpdate tells CloudFormation's refusal of an update without changes.
func nothingToUpdate(err error) bool {
	return noChanges(connection.ErrorMessage(err))
}

// noChanges tells by its words alone, as CloudFormation does, that there are no
// changes.
func noChanges(reason string) bool {
	return strings.Contains(reason, "didn't contain changes") || strings.Contains(reason, "No updates are to be performed")
}

// OrNoReason returns the reason, or says that CloudFormation gives none.
func OrNoReason(reason *string) string {
	if text := aws.ToString(reason); text != "" {
		return text
	}
	return "CloudFormation gives no reason"
}
