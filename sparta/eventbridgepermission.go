package sparta

import (
	"errors"
	"fmt"
)

// EventBridgePermission invokes the function by a rule of EventBridge, on any event bus. SourceArn and SourceAccount
// stay empty: the rule is the source.
type EventBridgePermission struct {
	BasePermission
	Rule *EventBridgeRule `json:"rule"`
}

// EventBridgeRule is a rule with a pattern of events, or with a schedule.
type EventBridgeRule struct {
	// Name tells the rule from the function's others. Only one of them may be without a name.
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
	rule := p.Rule
	if rule == nil {
		return append(errs, errors.New("it has no Rule: set it to the rule that invokes the function"))
	}
	found := ruleProblems(rule.Description, rule.EventPattern, rule.ScheduleExpression, rule.RuleTarget)
	switch bus := rule.EventBusName; {
	case bus == nil || bus == "default" || bus == "":
	case !isExpression(bus):
		found = append(found, fmt.Errorf("EventBusName of type %T is invalid: use a name, an ARN or a CloudFormation "+
			"intrinsic", bus))
	case rule.ScheduleExpression != "":
		found = append(found, errors.New("EventBusName is set, but only the default bus has schedules: remove it"))
	}
	return append(errs, within("Rule", found)...)
}
