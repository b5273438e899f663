package stack

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// saysValidation reports whether a change set failed because CloudFormation's early validation rejects it, whose
// findings are in events of their own.
func saysValidation(reason string) bool {
	return strings.Contains(reason, "EarlyValidation") || strings.Contains(reason, "DescribeEvents")
}

// ValidationError says what CloudFormation's early validation found.
type ValidationError struct {
	text string
	keep bool // the change set, which somebody has to look at
}

func (e *ValidationError) Error() string { return e.text }

// validationError explains a change set that early validation has rejected. If its events cannot be read, the error
// says how to read them, and the change set has to be kept for that.
func (s Client) validationError(ctx context.Context, set *ChangeSet, reason string) *ValidationError {
	events, err := s.failedValidations(ctx, set)
	if err != nil || len(events) == 0 {
		text := fmt.Sprintf("change set for stack %s is FAILED: %s\nits events say why: look at them with "+
			"`aws cloudformation describe-events --stack-name %s --change-set-name %s`, for which change set %s and "+
			"its stack are kept; cgo:delete removes a stack in REVIEW_IN_PROGRESS",
			set.Stack, reason, *set.stackRef(), set.Name, set.Name)
		if err != nil {
			text += ": " + err.Error()
		}
		return &ValidationError{text: text, keep: true}
	}
	text := fmt.Sprintf("CloudFormation rejects the template of stack %s, and nothing was changed", set.Stack)
	for _, event := range events {
		text += "\n" + describeValidation(event)
	}
	return &ValidationError{text: text}
}

func (s Client) failedValidations(ctx context.Context, set *ChangeSet) ([]cfntypes.OperationEvent, error) {
	pages := cfn.NewDescribeEventsPaginator(s.API, &cfn.DescribeEventsInput{
		StackName:     set.stackRef(),
		ChangeSetName: &set.Name,
		Filters:       &cfntypes.EventFilter{FailedEvents: aws.Bool(true)},
	})
	var found []cfntypes.OperationEvent
	err := connection.EachPage(ctx, s.Caller, "cloudformation:DescribeEvents", pages,
		func(page *cfn.DescribeEventsOutput) {
			for _, event := range page.OperationEvents {
				if event.ValidationStatus == cfntypes.ValidationStatusFailed &&
					event.ValidationFailureMode != cfntypes.HookFailureModeWarn {
					found = append(found, event)
				}
			}
		})
	return found, err
}

func describeValidation(event cfntypes.OperationEvent) string {
	reason, kind := OrNoReason(event.ValidationStatusReason), aws.ToString(event.ResourceType)
	text := fmt.Sprintf("%s (%s)", aws.ToString(event.LogicalResourceId), kind)
	if path := aws.ToString(event.ValidationPath); path != "" {
		text += " at " + path
	}
	text += ": " + reason
	about := aws.ToString(event.ValidationName) + " " + reason
	if advice := existsAdvice(kind, aws.ToString(event.PhysicalResourceId), about); advice != "" {
		text += ": " + advice
	}
	return text
}
