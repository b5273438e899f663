package sparta

import "errors"

// EventBridgePermission invokes the function by a rule of EventBridge, on any event bus. SourceArn and SourceAccount
// stay empty: the rule is the source.
type EventBridgePermission struct {
	BasePermission
	Rule *EventBridgeRule `json:"rule"`
}

// EventBridgeRule is a rule with a pattern of events, or with a schedule.
type EventBridgeRule struct {
	// Name distinguishes the rule from the function's other rules. Only one of them may have no name.
	Name        string `json:"name,omitempty"`
	Description string `json:"description,omitempty"`
	// EventBusName is the name or the ARN of an event bus, or an intrinsic that results in one, such as
	// cloudformation.Ref("Bus") of a bus in the same stack. Nil means the account's default bus.
	EventBusName       any                         `json:"eventBusName,omitempty"`
	EventPattern       map[string]any              `json:"eventPattern,omitempty"`
	ScheduleExpression string                      `json:"scheduleExpression,omitempty"` // of the default bus, in UTC
	RuleTarget         *CloudWatchEventsRuleTarget `json:"ruleTarget,omitempty"`
	Disabled           bool                        `json:"disabled,omitempty"`
}

func (p EventBridgePermission) problems() []error {
	errs := p.refusedSource("the rule")
	if p.Rule == nil {
		errs = append(errs, errors.New("it has no Rule: set it to the rule that invokes the function"))
	}
	return errs
}
