package stack

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// Failure is the error about an operation on a stack that failed.
type Failure struct {
	Stack  string
	Status string // of the stack now
	Cause  Cause
	Advice string // what has happened to the stack, and what to do
}

// Cause is why an operation failed: the first failure that was not the consequence of another.
type Cause struct {
	Resource string // logical ID; within nested stacks a path: Inner/Table
	Type     string // AWS::Lambda::Function
	Status   string // CREATE_FAILED, or a hook's state
	Reason   string // in AWS's words
	Next     string // what to do about it, if that is known
}

func (f *Failure) Error() string {
	text := fmt.Sprintf("stack %s is %s: %s\n%s (%s) %s: %s", f.Stack, f.Status, f.Advice,
		f.Cause.Resource, f.Cause.Type, f.Cause.Status, f.Cause.Reason)
	if f.Cause.Next != "" {
		text += ": " + f.Cause.Next
	}
	return text
}

// Advice says what has happened to a stack whose deployment failed, and what to do.
func Advice(status cfntypes.StackStatus) string {
	switch status {
	case cfntypes.StackStatusRollbackComplete:
		return "CloudFormation removed everything it had created; fix the reason and run cgo:provision again"
	case cfntypes.StackStatusRollbackFailed:
		return "CloudFormation could not remove everything it had created; the next cgo:provision deletes the " +
			"stack first"
	case cfntypes.StackStatusUpdateRollbackComplete:
		return "CloudFormation restored the previous version; fix the reason and run cgo:provision again"
	case cfntypes.StackStatusUpdateRollbackFailed:
		return "the update and its rollback both failed; fix the reason and run cgo:recover"
	default:
		return "see cgo:status"
	}
}

// cancelledReason matches the reason of resources that failed only because another one did.
var cancelledReason = regexp.MustCompile(`(?i)^resource (creation|update|deletion) (was )?cancell?ed`)

// isOwnFailure reports whether an event is a resource's own failure.
func isOwnFailure(event *cfntypes.StackEvent) bool {
	return isFailure(event) && !IsOfStack(event) &&
		!cancelledReason.MatchString(aws.ToString(event.ResourceStatusReason))
}

// isRollbackStart reports whether a rollback begins with an event: what fails after it is a consequence.
func isRollbackStart(event *cfntypes.StackEvent) bool {
	return IsOfStack(event) && strings.HasSuffix(string(event.ResourceStatus), "ROLLBACK_IN_PROGRESS")
}

// Cause finds out why an operation failed, given its events with the oldest first.
func (s Client) Cause(ctx context.Context, events []*cfntypes.StackEvent) Cause {
	var last *cfntypes.StackEvent // of the stack itself, with a reason
	for _, event := range events {
		if IsOfStack(event) && aws.ToString(event.ResourceStatusReason) != "" &&
			(isRollbackStart(event) || isFailure(event)) {
			last = event
		}
		if isOwnFailure(event) {
			return s.nestedCause(ctx, event, events[0])
		}
		if isRollbackStart(event) {
			break
		}
	}
	if last == nil { // for example a rollback that was requested
		for _, event := range events {
			if isOwnFailure(event) {
				return s.nestedCause(ctx, event, events[0])
			}
		}
		return Cause{Resource: "the stack", Type: StackType, Status: "failed", Reason: noReason}
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
	if isHookFailure(event) {
		cause.Status = aws.ToString(event.HookType) + " " + string(event.HookStatus)
		cause.Reason = cmp.Or(aws.ToString(event.HookStatusReason), cause.Reason)
	}
	cause.Reason = cmp.Or(cause.Reason, noReason)
	cause.Next = existsAdvice(cause.Type, "", cause.Reason)
	return cause
}

// nestedCause is the cause of an event, which for a nested stack is what failed in that stack.
func (s Client) nestedCause(ctx context.Context, event, begin *cfntypes.StackEvent) Cause {
	own := CauseOf(event)
	nested := aws.ToString(event.PhysicalResourceId)
	if own.Type != StackType || nested == "" {
		return own
	}
	events, err := s.eventsSince(ctx, nested, aws.ToTime(begin.Timestamp))
	if err != nil {
		s.Log.Warnf("read the events of nested stack %s: %v", own.Resource, err)
		return own
	}
	if !slices.ContainsFunc(events, isFailure) && !slices.ContainsFunc(events, isRollbackStart) {
		return own
	}
	inner := s.Cause(ctx, events)
	inner.Resource = own.Resource + "/" + inner.Resource
	return inner
}

// RollbackFailures lists the events of resources that kept a stack from being rolled back.
func RollbackFailures(events []*cfntypes.StackEvent) []*cfntypes.StackEvent {
	from := slices.IndexFunc(events, isRollbackStart)
	if from < 0 {
		return nil
	}
	var found []*cfntypes.StackEvent
	for _, event := range events[from:] {
		if isOwnFailure(event) {
			found = append(found, event)
		}
	}
	return found
}

// RollbackError says what keeps a stack from being rolled back.
func RollbackError(name string, status cfntypes.StackStatus, events []*cfntypes.StackEvent) error {
	failure := &Failure{
		Stack:  name,
		Status: string(status),
		Advice: "see cgo:status",
		Cause:  Cause{Resource: name, Type: StackType, Status: string(status), Reason: noReason},
	}
	var names []string
	for i, event := range RollbackFailures(events) {
		if i == 0 {
			failure.Cause = CauseOf(event)
		}
		if id := aws.ToString(event.LogicalResourceId); !slices.Contains(names, id) {
			names = append(names, id)
		}
	}
	if len(names) > 0 {
		failure.Advice = fmt.Sprintf("fix what keeps %s from being rolled back and run cgo:recover again, "+
			"or skip it with -skip=%s",
			strings.Join(names, ", "), strings.Join(names, ","))
	}
	return failure
}
