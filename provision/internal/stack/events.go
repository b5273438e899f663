package stack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// StackType is the type of stacks that are nested in others.
const StackType = "AWS::CloudFormation::Stack"

// eachEvent visits a stack's events, the newest first, until visit returns false.
func (s Client) eachEvent(ctx context.Context, stackID string, visit func(*cfntypes.StackEvent) bool) error {
	return s.eachEventPage(ctx, stackID, func(page []*cfntypes.StackEvent) bool {
		for _, event := range page {
			if !visit(event) {
				return false
			}
		}
		return true
	})
}

func (s Client) eachEventPage(ctx context.Context, stackID string, visit func([]*cfntypes.StackEvent) bool) error {
	input := &cfn.DescribeStackEventsInput{StackName: &stackID}
	for {
		var page *cfn.DescribeStackEventsOutput
		err := s.Call(ctx, "cloudformation:DescribeStackEvents", func(ctx context.Context) (err error) {
			page, err = s.API.DescribeStackEvents(ctx, input)
			return err
		})
		if err != nil {
			return fmt.Errorf("read events of stack %s: %w", nameOf(stackID), err)
		}
		if !visit(pointers(page.StackEvents)) || aws.ToString(page.NextToken) == "" {
			return nil
		}
		input.NextToken = page.NextToken
	}
}

func pointers(events []cfntypes.StackEvent) []*cfntypes.StackEvent {
	list := make([]*cfntypes.StackEvent, 0, len(events))
	for i := range events {
		list = append(list, &events[i])
	}
	return list
}

// IsOfStack reports whether an event is of a stack itself, not of one of its resources. A nested stack is a resource.
func IsOfStack(event *cfntypes.StackEvent) bool {
	return aws.ToString(event.ResourceType) == StackType &&
		aws.ToString(event.PhysicalResourceId) == aws.ToString(event.StackId)
}

// isFailure reports whether an event is a failure that CloudFormation reacts to.
func isFailure(event *cfntypes.StackEvent) bool {
	return strings.HasSuffix(string(event.ResourceStatus), "_FAILED") || isHookFailure(event)
}

// isHookFailure reports whether an event is of a CloudFormation hook that stops the operation.
func isHookFailure(event *cfntypes.StackEvent) bool {
	switch event.HookStatus {
	case cfntypes.HookStatusHookCompleteFailed, cfntypes.HookStatusHookFailed:
		return event.HookFailureMode != cfntypes.HookFailureModeWarn
	}
	return false
}

// eventsSince reads a stack's events from a time on, the oldest first.
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

// NewestEventTime is the time of a stack's newest event.
func (s Client) NewestEventTime(ctx context.Context, stackID string) (time.Time, error) {
	var newest time.Time
	err := s.eachEvent(ctx, stackID, func(event *cfntypes.StackEvent) bool {
		newest = aws.ToTime(event.Timestamp)
		return false
	})
	return newest, err
}
