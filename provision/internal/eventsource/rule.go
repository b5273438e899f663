package eventsource

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/schedule"
	"github.com/go-sparta/sparta/provision/internal/delivery"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// rule is a rule of EventBridge, which different types of permissions describe.
type rule struct {
	field string // of the permission, for errors
	id    string // after the function's, in logical IDs
	sparta.EventBridgeRule
}

func (r rule) addTo(template *cloudformation.Template, target Target) error {
	return at(r, r.add(template, target))
}

func (r rule) place() string { return r.field }

func (r rule) add(template *cloudformation.Template, target Target) error {
	id := target.ID + r.id
	if err := unused(template, id); err != nil {
		return err
	}
	if err := r.settings(target.now()); err != nil {
		return err
	}
	if err := checkBus(template, r.EventBusName); err != nil {
		return err
	}
	callee := delivery.Target{CloudWatchEventsRuleTarget: r.RuleTarget}.Properties()
	callee["Id"], callee["Arn"] = "Function", target.arn()
	properties := map[string]any{"Targets": []any{callee}}
	if r.Description != "" {
		properties["Description"] = r.Description
	}
	if !isDefaultBus(r.EventBusName) {
		properties["EventBusName"] = r.EventBusName
	}
	if r.EventPattern != nil {
		properties["EventPattern"] = r.EventPattern
	}
	if r.ScheduleExpression != "" {
		properties["ScheduleExpression"] = r.ScheduleExpression
	}
	if r.Disabled {
		properties["State"] = "DISABLED"
	}
	err := template.Add(id, &cloudformation.Resource{Type: "AWS::Events::Rule", Properties: properties})
	if err != nil {
		return err
	}
	source := cloudformation.GetAtt{id, "Arn"}
	if r.RuleTarget != nil && r.RuleTarget.DeadLetterConfigArn != nil {
		err := letSend(template, r.RuleTarget.DeadLetterConfigArn, "RuleTarget.DeadLetterConfigArn", sender{
			id: id, principal: "events.amazonaws.com", source: source,
		})
		if err != nil {
			return err
		}
	}
	return addPermission(template, target, r.id, "events.amazonaws.com", sparta.BasePermission{SourceArn: source})
}

// settings returns an error if the rule never matches or fires, or if what it sends is invalid.
func (r rule) settings(now time.Time) error {
	errs := []error{
		delivery.AtMost("Description", r.Description, 512),
		r.checkSchedule(now),
		delivery.Matcher{Field: "EventPattern", Nested: true}.Check(r.EventPattern),
		delivery.Target{CloudWatchEventsRuleTarget: r.RuleTarget}.Check(),
	}
	switch {
	case r.EventPattern == nil && r.ScheduleExpression == "":
		errs = append(errs, errors.New("EventPattern and ScheduleExpression are missing: set one of them"))
	case r.EventPattern != nil && r.ScheduleExpression != "":
		errs = append(errs, errors.New("EventPattern and ScheduleExpression are both set: make a rule of each"))
	}
	if bus := r.EventBusName; !isDefaultBus(bus) {
		errs = append(errs, delivery.Required("EventBusName", bus, "a name or an ARN"))
		if r.ScheduleExpression != "" {
			errs = append(errs, errors.New("EventBusName is set, but only the default bus has schedules: remove it"))
		}
	}
	return errors.Join(errs...)
}

func isDefaultBus(name any) bool { return name == nil || name == "" || name == "default" }

// checkSchedule returns an error if the rule has a schedule that never fires.
func (r rule) checkSchedule(now time.Time) error {
	if r.ScheduleExpression == "" {
		return nil
	}
	found, err := schedule.ParseRule(r.ScheduleExpression)
	if err != nil {
		return fmt.Errorf("ScheduleExpression %s: %w", r.ScheduleExpression, err)
	}
	return delivery.Fires(found, delivery.Firing{
		Expression: r.ScheduleExpression, Disabled: r.Disabled, Now: now,
	})
}

// checkBus returns an error if a bus's name refers to a resource that is not a bus.
func checkBus(template *cloudformation.Template, name any) error {
	if name == nil {
		return nil
	}
	targets, err := cloudformation.References(name)
	if err != nil || len(targets) != 1 || template.Resources[targets[0]] == nil {
		return err
	}
	if kind := template.Resources[targets[0]].Type; kind != "AWS::Events::EventBus" {
		return fmt.Errorf("EventBusName %s refers to a resource of type %s: use an event bus", show.Expression(name),
			kind)
	}
	return nil
}

func (rule) statements(*cloudformation.Template) []map[string]any { return nil }

func (rule) permissions() []string {
	return append(permissionActions(), "events:PutRule", "events:DescribeRule", "events:DeleteRule",
		"events:PutTargets", "events:RemoveTargets", "sqs:GetQueueAttributes", "sqs:SetQueueAttributes")
}

func (r rule) neighbour() show.Neighbour {
	neighbour := show.Neighbour{
		Invokes: true, Name: r.ScheduleExpression, Title: r.ScheduleExpression, Subtitle: "EventBridge rule",
		Sample: "schedule",
	}
	if r.ScheduleExpression == "" {
		neighbour.Name = show.Expression(r.EventPattern)
		neighbour.Title, neighbour.Sample = "events", "eventbridge"
		if sources := show.Expressions(r.EventPattern["source"]); r.EventPattern["source"] != nil {
			neighbour.Title = strings.Join(sources, ", ")
		}
	}
	if !isDefaultBus(r.EventBusName) {
		neighbour.Name += " " + show.Expression(r.EventBusName)
		neighbour.Subtitle += " on " + show.Expression(r.EventBusName)
	}
	return neighbour
}

func (r rule) facts() []show.Fact {
	name := "Rule"
	if r.Name != "" {
		name += " " + r.Name
	}
	value := r.ScheduleExpression
	if value == "" {
		value = "events " + show.Expression(r.EventPattern)
	}
	if !isDefaultBus(r.EventBusName) {
		value += " on bus " + show.Expression(r.EventBusName)
	}
	if r.Description != "" {
		value += " (" + r.Description + ")"
	}
	if r.Disabled {
		value += ", disabled"
	}
	return []show.Fact{{Name: name, Value: value + delivery.Target{CloudWatchEventsRuleTarget: r.RuleTarget}.Words()}}
}
