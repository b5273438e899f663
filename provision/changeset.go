//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/awserr"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
)

// errNoChanges says that a stack is as its template describes it.
var errNoChanges = errors.New("no changes to deploy")

// proposal is what a stack is to become.
type proposal struct {
	stack    string     // its name
	live     *cfn.Stack // as it is; nil means that it is to be created
	reviewed bool       // there is one already, under review, that something else made
	body     []byte     // the template
	url      string     // where a template is that is too large to be passed on
	params   []*cfn.Parameter
	tags     map[string]string
}

// changeSet is what CloudFormation would do to a stack.
type changeSet struct {
	name    string
	stack   string // name
	stackID string
	create  bool // the stack by executing it
	review  bool // the stack under review came with it
	created time.Time
	changes []Change
	raw     []*cfn.ResourceChange
}

// changeSetPrefix marks change sets as made here.
const changeSetPrefix = "sparta-"

// newToken makes a name that no one used before, which sorts by time.
func newToken(purpose string) string {
	return changeSetPrefix + purpose + "-" + time.Now().UTC().Format("20060102-150405") + "-" + randomText()
}

// propose makes a change set and waits until CloudFormation knows what it would
// do. Without changes the error is errNoChanges. Nothing is left behind when
// there is an error.
func (s stacks) propose(ctx context.Context, p proposal) (_ *changeSet, err error) {
	set := &changeSet{name: newToken("provision"), stack: p.stack, create: p.live == nil, review: p.live == nil && !p.reviewed}
	if p.live != nil {
		set.stackID = aws.StringValue(p.live.StackId)
	}
	input := &cfn.CreateChangeSetInput{
		StackName:     aws.String(p.stack),
		ChangeSetName: aws.String(set.name),
		ChangeSetType: aws.String(cfn.ChangeSetTypeUpdate),
		Capabilities:  aws.StringSlice([]string{cfn.CapabilityCapabilityIam, cfn.CapabilityCapabilityNamedIam}),
		Description:   aws.String("made by Sparta's cgo:provision"),
		Parameters:    p.params,
		Tags:          cfnTags(p.tags),
		ClientToken:   aws.String(set.name),
	}
	if set.create {
		input.ChangeSetType = aws.String(cfn.ChangeSetTypeCreate)
	}
	if p.url != "" {
		input.TemplateURL = aws.String(p.url)
	} else {
		input.TemplateBody = aws.String(string(p.body))
	}
	err = s.submit(ctx, input, set)
	if nothingToUpdate(err) {
		return nil, errNoChanges
	}
	if err != nil && refused(err) {
		return nil, fmt.Errorf("create change set for stack %s: %w", p.stack, err)
	}
	if err == nil {
		err = s.inspect(ctx, set)
	} else {
		err = fmt.Errorf("create change set for stack %s: %w", p.stack, err)
	}
	if err != nil {
		return nil, withCleanup(err, s.discard(ctx, set))
	}
	return set, nil
}

// submit sends the request, once more when there are too many change sets of
// earlier runs.
func (s stacks) submit(ctx context.Context, input *cfn.CreateChangeSetInput, set *changeSet) error {
	create := func() error {
		return s.call(ctx, "cloudformation:CreateChangeSet", func(ctx context.Context) error {
			answer, err := s.api.CreateChangeSetWithContext(ctx, input)
			if err == nil && aws.StringValue(answer.StackId) != "" {
				set.stackID = aws.StringValue(answer.StackId)
			}
			return err
		})
	}
	err := create()
	if hasCode(err, cfn.ErrCodeLimitExceededException) && s.removeLeftovers(ctx, set) > 0 {
		err = create()
	}
	if hasCode(err, cfn.ErrCodeAlreadyExistsException) {
		return nil // the name is nobody else's: an answer was lost
	}
	return err
}

// inspect waits until a change set is ready and reads what it would do.
func (s stacks) inspect(ctx context.Context, set *changeSet) error {
	for pause := pollPause(0); ; pause = pollPause(pause) {
		answer, err := s.describeChangeSet(ctx, set, nil)
		if err != nil {
			return err
		}
		switch status := aws.StringValue(answer.Status); status {
		case cfn.ChangeSetStatusCreateComplete:
			return s.readChanges(ctx, set, answer)
		case cfn.ChangeSetStatusCreatePending, cfn.ChangeSetStatusCreateInProgress:
		default:
			if noChanges(aws.StringValue(answer.StatusReason)) {
				return errNoChanges
			}
			return fmt.Errorf("change set for stack %s is %s: %s", set.stack, status, orNoReason(answer.StatusReason))
		}
		sleep(ctx, pause)
		if ctx.Err() != nil {
			return fmt.Errorf("wait for the change set of stack %s: %w", set.stack, context.Cause(ctx))
		}
	}
}

func (s stacks) describeChangeSet(ctx context.Context, set *changeSet, next *string) (answer *cfn.DescribeChangeSetOutput, err error) {
	err = s.call(ctx, "cloudformation:DescribeChangeSet", func(ctx context.Context) (err error) {
		answer, err = s.api.DescribeChangeSetWithContext(ctx, &cfn.DescribeChangeSetInput{
			ChangeSetName: &set.name, StackName: set.stackRef(), NextToken: next,
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look at the change set of stack %s: %w", set.stack, err)
	}
	return answer, nil
}

// stackRef is the stack's ID where it is known: a name may mean another stack later.
func (c *changeSet) stackRef() *string {
	if c.stackID != "" {
		return &c.stackID
	}
	return &c.stack
}

// readChanges reads all pages of a change set, the first of which is given.
func (s stacks) readChanges(ctx context.Context, set *changeSet, page *cfn.DescribeChangeSetOutput) (err error) {
	set.created = aws.TimeValue(page.CreationTime)
	if set.created.IsZero() {
		set.created = time.Now()
	}
	if id := aws.StringValue(page.StackId); id != "" {
		set.stackID = id
	}
	for {
		for _, change := range page.Changes {
			if change.ResourceChange == nil {
				continue // such as that of a hook
			}
			set.raw = append(set.raw, change.ResourceChange)
			set.changes = append(set.changes, newChange(change.ResourceChange))
		}
		if aws.StringValue(page.NextToken) == "" {
			return nil
		}
		if page, err = s.describeChangeSet(ctx, set, page.NextToken); err != nil {
			return err
		}
	}
}

// execute has CloudFormation carry a change set out. A cancelled context does not
// leave it open whether that was asked for.
func (s stacks) execute(ctx context.Context, set *changeSet) error {
	if ctx.Err() != nil {
		return fmt.Errorf("nothing has changed in stack %s: %w", set.stack, context.Cause(ctx))
	}
	ctx, cancel := detach(ctx)
	defer cancel()
	err := s.call(ctx, "cloudformation:ExecuteChangeSet", func(ctx context.Context) error {
		_, err := s.api.ExecuteChangeSetWithContext(ctx, &cfn.ExecuteChangeSetInput{
			ChangeSetName: &set.name, StackName: set.stackRef(), ClientRequestToken: &set.name,
		})
		return err
	})
	if err == nil {
		return nil
	}
	// The answer to a request that was carried out may be lost.
	if answer, lookErr := s.describeChangeSet(ctx, set, nil); lookErr == nil {
		switch aws.StringValue(answer.ExecutionStatus) {
		case cfn.ExecutionStatusExecuteInProgress, cfn.ExecutionStatusExecuteComplete, cfn.ExecutionStatusExecuteFailed:
			return nil
		}
	}
	if hasCode(err, cfn.ErrCodeInvalidChangeSetStatusException) || hasCode(err, cfn.ErrCodeChangeSetNotFoundException) {
		return fmt.Errorf("execute the changes of stack %s: someone else changed it meanwhile, provision again: %w", set.stack, err)
	}
	return fmt.Errorf("execute the changes of stack %s: %w", set.stack, err)
}

// executionFailed returns an error when CloudFormation gave a change set up
// before it began.
func (s stacks) executionFailed(set *changeSet) func(context.Context) error {
	return func(ctx context.Context) error {
		answer, err := s.describeChangeSet(ctx, set, nil)
		if err != nil || aws.StringValue(answer.ExecutionStatus) != cfn.ExecutionStatusExecuteFailed {
			return nil // the events will tell
		}
		return fmt.Errorf("execute the changes of stack %s: CloudFormation did not begin: %s", set.stack, orNoReason(answer.StatusReason))
	}
}

// nothingToUpdate tells CloudFormation's refusal of an update without changes.
func nothingToUpdate(err error) bool {
	var failure awserr.Error
	return errors.As(err, &failure) && noChanges(failure.Message())
}

// noChanges tells by its words alone, as CloudFormation does, that there are no
// changes.
func noChanges(reason string) bool {
	return strings.Contains(reason, "didn't contain changes") || strings.Contains(reason, "No updates are to be performed")
}

func orNoReason(reason *string) string {
	if text := aws.StringValue(reason); text != "" {
		return text
	}
	return "CloudFormation gives no reason"
}
