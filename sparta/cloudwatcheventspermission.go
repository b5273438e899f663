package sparta

import (
	"errors"
	"fmt"
)

// CloudWatchEventsPermission invokes the function by rules of EventBridge, formerly CloudWatch Events, on the account's
// default event bus. SourceArn and SourceAccount stay empty: the rules are the source.
type CloudWatchEventsPermission struct {
	BasePermission
	Rules map[string]CloudWatchEventsRule `json:"rules"` // by name, which differs from the function's other rules
}

// CloudWatchEventsRule is a rule with a pattern of events, or with a schedule.
type CloudWatchEventsRule struct {
	Description  string         `json:"description,omitempty"`
	EventPattern map[string]any `json:"eventPattern,omitempty"`
	// ScheduleExpression is a rate, such as rate(5 minutes), or a time in UTC, such as cron(0 9 ? * MON-FRI *).
	ScheduleExpression string                      `json:"scheduleExpression,omitempty"`
	RuleTarget         *CloudWatchEventsRuleTarget `json:"ruleTarget,omitempty"`
	Disabled           bool                        `json:"disabled,omitempty"`
}

// CloudWatchEventsRuleTarget is what a rule sends to the function, and what happens if that fails. At most one of
// Input, InputPath and InputTransformer may be set. If none is, the function receives the event.
type CloudWatchEventsRuleTarget struct {
	Input            any                          `json:"input,omitempty"`     // JSON text, or an intrinsic
	InputPath        string                       `json:"inputPath,omitempty"` // for example $.detail
	InputTransformer *EventBridgeInputTransformer `json:"inputTransformer,omitempty"`
	// DeadLetterConfigArn is the ARN of an SQS queue that keeps the events that the function did not receive, or an
	// intrinsic that results in one. A queue of the same stack is allowed to receive them.
	DeadLetterConfigArn any               `json:"deadLetterConfigArn,omitempty"`
	RetryPolicy         *EventRetryPolicy `json:"retryPolicy,omitempty"`
}

// EventBridgeInputTransformer builds the function's event from values of the original one.
type EventBridgeInputTransformer struct {
	InputPathsMap map[string]string `json:"inputPathsMap,omitempty"` // for example "id": "$.detail.id"
	InputTemplate string            `json:"inputTemplate"`           // for example {"order": <id>}
}

// EventRetryPolicy limits how often, and how long, EventBridge tries to invoke a function. Zero values mean AWS's
// defaults.
type EventRetryPolicy struct {
	MaximumEventAgeInSeconds int64 `json:"maximumEventAgeInSeconds,omitempty"` // 60 to 86,400
	MaximumRetryAttempts     int64 `json:"maximumRetryAttempts,omitempty"`     // 1 to 185, or NoRetries
}

// The rules themselves are checked when the template is made, so that libraries need not do it at each start.
func (p CloudWatchEventsPermission) problems() []error {
	errs := p.refusedSource("the rules")
	if len(p.Rules) == 0 {
		errs = append(errs, errors.New("it has no Rules: add a rule"))
	}
	return errs
}

// refusedSource returns an error for each of SourceArn and SourceAccount that is set, for permissions with other
// sources.
func (b BasePermission) refusedSource(source string) []error {
	var errs []error
	if b.SourceArn != nil {
		errs = append(errs, fmt.Errorf("SourceArn is set, but the source is %s: remove it", source))
	}
	if b.SourceAccount != "" {
		errs = append(errs, fmt.Errorf("SourceAccount is set, but the source is %s: remove it", source))
	}
	return errs
}
