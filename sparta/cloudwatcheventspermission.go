package sparta

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// CloudWatchEventsPermission invokes the function by rules of EventBridge, formerly CloudWatch Events, on the account's
// default event bus. SourceArn and SourceAccount stay empty: the rules are the source.
type CloudWatchEventsPermission struct {
	BasePermission
	Rules map[string]CloudWatchEventsRule `json:"rules"` // by a name that differs from the function's other rules
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

// CloudWatchEventsRuleTarget is what a rule sends to the function, and what happens if that fails. Of Input, InputPath
// and InputTransformer, at most one is set; otherwise the function receives the event.
type CloudWatchEventsRuleTarget struct {
	Input            any                          `json:"input,omitempty"`     // JSON in text, or an intrinsic
	InputPath        string                       `json:"inputPath,omitempty"` // for example $.detail
	InputTransformer *EventBridgeInputTransformer `json:"inputTransformer,omitempty"`
	// DeadLetterConfigArn is the ARN of an SQS queue that keeps the events which the function did not receive, or an
	// intrinsic that results in one. A queue of the same stack is allowed to receive them.
	DeadLetterConfigArn any               `json:"deadLetterConfigArn,omitempty"`
	RetryPolicy         *EventRetryPolicy `json:"retryPolicy,omitempty"`
}

// EventBridgeInputTransformer makes the function's event of values of the original one.
type EventBridgeInputTransformer struct {
	InputPathsMap map[string]string `json:"inputPathsMap,omitempty"` // for example "id": "$.detail.id"
	InputTemplate string            `json:"inputTemplate"`           // for example {"order": <id>}
}

// EventRetryPolicy limits how often, and how long, EventBridge tries to invoke a function. Zero values and nil mean
// AWS's defaults.
type EventRetryPolicy struct {
	MaximumEventAgeInSeconds int64  `json:"maximumEventAgeInSeconds,omitempty"` // 60 to 86,400
	MaximumRetryAttempts     *int64 `json:"maximumRetryAttempts,omitempty"`     // 0 to 185
}

func (p CloudWatchEventsPermission) problems() []error {
	errs := p.refusedSource("the rules")
	if len(p.Rules) == 0 {
		errs = append(errs, errors.New("it has no Rules: add a rule"))
	}
	for _, name := range slices.Sorted(maps.Keys(p.Rules)) {
		rule := p.Rules[name]
		found := ruleProblems(rule.Description, rule.EventPattern, rule.ScheduleExpression, rule.RuleTarget)
		errs = append(errs, within(fmt.Sprintf("rule %q", name), found)...)
	}
	return errs
}

// refusedSource returns errors for a source of a permission whose source is always something else.
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

// within says where errors are.
func within(place string, errs []error) []error {
	for i, err := range errs {
		errs[i] = fmt.Errorf("%s: %w", place, err)
	}
	return errs
}

// ruleProblems checks what all rules have. What takes longer is checked when the template is made.
func ruleProblems(description string, pattern map[string]any, schedule string, t *CloudWatchEventsRuleTarget) []error {
	var errs []error
	if len(description) > 512 {
		errs = append(errs, fmt.Errorf("the Description has %d characters: use at most 512", len(description)))
	}
	switch {
	case pattern == nil && schedule == "":
		errs = append(errs, errors.New("EventPattern and ScheduleExpression are missing: set one of them"))
	case pattern != nil && schedule != "":
		errs = append(errs, errors.New("EventPattern and ScheduleExpression are both set: make two rules of them"))
	}
	if t == nil {
		return errs
	}
	inputs := 0
	for _, set := range []bool{t.Input != nil, t.InputPath != "", t.InputTransformer != nil} {
		if set {
			inputs++
		}
	}
	if inputs > 1 {
		errs = append(errs, errors.New("RuleTarget has more than one of Input, InputPath and InputTransformer: "+
			"set one"))
	}
	errs = append(errs, inputProblems("RuleTarget.Input", t.Input)...)
	if t.InputPath != "" && t.InputPath[0] != '$' {
		errs = append(errs, fmt.Errorf("RuleTarget.InputPath %q is not a JSON path: use $.detail, for example",
			t.InputPath))
	}
	if t.InputTransformer != nil && t.InputTransformer.InputTemplate == "" {
		errs = append(errs, errors.New("RuleTarget.InputTransformer.InputTemplate is missing: set it to the "+
			"function's event, with <name> for each value of InputPathsMap"))
	}
	if t.DeadLetterConfigArn != nil {
		errs = append(errs, requiredQueue("RuleTarget.DeadLetterConfigArn", t.DeadLetterConfigArn)...)
	}
	return append(errs, within("RuleTarget.RetryPolicy", t.RetryPolicy.problems())...)
}

func inputProblems(field string, input any) []error {
	if input == nil || isExpression(input) {
		return nil
	}
	return []error{fmt.Errorf("%s of type %T is invalid: use JSON in text, or a CloudFormation intrinsic", field,
		input)}
}

func (p *EventRetryPolicy) problems() []error {
	var errs []error
	if p == nil {
		return nil
	}
	if age := p.MaximumEventAgeInSeconds; age != 0 && (age < 60 || age > 86400) {
		errs = append(errs, fmt.Errorf("MaximumEventAgeInSeconds %d is invalid: use 60 to 86400", age))
	}
	if tries := p.MaximumRetryAttempts; tries != nil && (*tries < 0 || *tries > 185) {
		errs = append(errs, fmt.Errorf("MaximumRetryAttempts %d is invalid: use 0 to 185", *tries))
	}
	return errs
}
