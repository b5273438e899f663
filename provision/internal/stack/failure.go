package stack

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// Failure is an operation on a stack that CloudFormation gave up.
type Failure struct {
	Stack  string
	Status string // where the stack stands now
	Cause  Cause
	Advice string // what became of the stack, and what to do
}

// Cause is why CloudFormation gave up: the first thing that failed by itself.
type Cause struct {
	Resource string // logical id; within nested stacks a path: Inner/Table
	Type     string // AWS::Lambda::Function
	Status   string // CREATE_FAILED, or a hook's state
	Reason   string // in full, as AWS tells it
}

// Error ends with the reason.
func (f *Failure) Error() string {
	return fmt.Sprintf("stack %s is %s: %s\n%s (%s) %s: %s", f.Stack, f.Status, f.Advice,
		f.Cause.Resource, f.Cause.Type, f.Cause.Status, f.Cause.Reason)
}

// Advice says what became of a stack whose deployment failed.
func Advice(status cfntypes.StackStatus) string {
	switch status {
	case cfntypes.StackStatusRollbackComplete:
		return "what was created is gone again; the next cgo:provision starts anew"
	case cfntypes.StackStatusRollbackFailed:
		return "some of what was created could not be removed again; the next cgo:provision deletes the stack first"
	case cfntypes.StackStatusUpdateRollbackComplete:
		return "everything is as it was before"
	case cfntypes.StackStatusUpdateRollbackFailed:
		return "going back to what was before failed too; fix the reason and run cgo:recover"
	default:
		return "see cgo:status"
	}
}

// failed tells an event of a failure that CloudFormation acts on.
func failed(event *cfntypes.StackEvent) bool {
	return strings.HasSuffix(string(event.ResourceStatus), "_FAILED") || hookFailed(event)
}

// hookFailed tells a CloudFormation hook that stops the operation.
func hookFailed(event *cfntypes.StackEvent) bool {
	switch event.HookStatus {
	case cfntypes.HookStatusHookCompleteFailed, cfntypes.HookStatusHookFailed:
		return event.HookFailureMode != cfntypes.HookFailureModeWarn
	}
	return false
}

// cancelledReason is what CloudFormation says of resources that failed only
// because another did.
var cancelledReason = regexp.MustCompile(`(?i)^resource (creation|update|deletion) (was )?cancell?ed`)

// genuine tells a resource's own failure.
func genuine(event *cfntypes.StackEvent) bool {
	return failed(event) && !OfStack(event) && !cancelledReason.MatchString(aws.ToString(event.ResourceStatusReason))
}

// goesBack tells the event with which a rollback begins: what fails after it is
// a consequence.
func goesBack(event *cfntypes.StackEvent) bool {
	return OfStack(event) && strings.HasSuffix(string(event.ResourceStatus), "ROLLBACK_IN_PROGRESS")
}

// Cause finds out why an operation failed, given its events in order.
func (s Client) Cause(ctx context.Context, events []*cfntypes.StackEvent) Cause {
	var last *cfntypes.StackEvent // of the stack itself, with a reason
	for _, event := range events {
		if OfStack(event) && aws.ToString(event.ResourceStatusReason) != "" && (goesBack(event) || failed(event)) {
			last = event
		}
		if genuine(event) {
			return s.descend(ctx, event, events[0])
		}
		if goesBack(event) {
			break
		}
	}
	if last == nil { // such as a rollback that was asked for
		for _, event := range events {
			if genuine(event) {
				return s.descend(ctx, event, events[0])
			}
		}
		return Cause{Resource: "it", Type: StackType, Status: "failed", Reason: "CloudFormation gives no reason"}
	}
	return CauseOf(last)
}

// CauseOf reads the cause of a failure from an event.
func CauseOf(event *cfntypes.StackEvent) Cause {
	cause := Cause{
		Resource: aws.ToString(event.LogicalResourceId),
		Type:     aws.ToString(event.ResourceType),
		Status:   string(event.ResourceStatus),
		Reason:   aws.ToString(event.ResourceStatusReason),
	}
	if hookFailed(event) {
		cause.Status = aws.ToString(event.HookType) + " " + string(event.HookStatus)
		cause.Reason = cmp.Or(aws.ToString(event.HookStatusReason), cause.Reason)
	}
	cause.Reason = cmp.Or(cause.Reason, "CloudFormation gives no reason")
	return cause
}

// descend looks into a nested stack that failed for what failed in it.
func (s Client) descend(ctx context.Context, event, begin *cfntypes.StackEvent) Cause {
	own := CauseOf(event)
	nested := aws.ToString(event.PhysicalResourceId)
	if own.Type != StackType || nested == "" {
		return own
	}
	events, err := s.eventsSince(ctx, nested, aws.ToTime(begin.Timestamp))
	if err != nil {
		s.Log.Warnf("look into nested stack %s: %v", own.Resource, err)
		return own
	}
	if !slices.ContainsFunc(events, failed) && !slices.ContainsFunc(events, goesBack) {
		return own
	}
	inner := s.Cause(ctx, events)
	inner.Resource = own.Resource + "/" + inner.Resource
	return inner
}

// eventsSince reads a stack's events from a time on, in order.
func (s Client) eventsSince(ctx context.Context, stackID string, since time.Time) ([]*cfntypes.StackEvent, error) {
	var events []*cfntypes.StackEvent
	err := s.eachEvent(ctx, stackID, func(event *cfntypes.StackEvent) bool {
		if aws.ToTime(event.Timestamp).Before(since) {
			return false
		}
		events = append(events, event)
		return true
	})
	slices.Reverse(events)
	return events, err
}

// Stuck lists the resources that kept a stack from going back, in order.
func Stuck(events []*cfntypes.StackEvent) []*cfntypes.StackEvent {
	from := slices.IndexFunc(events, goesBack)
	if from < 0 {
		return nil
	}
	var found []*cfntypes.StackEvent
	for _, event := range events[from:] {
		if genuine(event) {
			found = append(found, event)
		}
	}
	return found
}

// StuckFailure tells what keeps a stack from going back.
func StuckFailure(name string, status cfntypes.StackStatus, events []*cfntypes.StackEvent) error {
	failure := &Failure{
		Stack: name, Status: string(status), Advice: "see cgo:status",
		Cause: Cause{Resource: name, Type: StackType, Status: string(status), Reason: OrNoReason(nil)},
	}
	var names []string
	for i, event := range Stuck(events) {
		if i == 0 {
			failure.Cause = CauseOf(event)
		}
		if id := aws.ToString(event.LogicalResourceId); !slices.Contains(names, id) {
			names = append(names, id)
		}
	}
	if len(names) > 0 {
		failure.Advice = fmt.Sprintf("put right what keeps %s from going back and run cgo:recover again, or leave it as it is with -skip=%s",
			strings.Join(names, ", "), strings.Join(names, ","))
	}
	return failure
}
