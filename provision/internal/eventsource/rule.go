package eventsource

import (
	"fmt"
	"strings"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/schedule"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// rule is a rule of EventBridge, whichever permission it is of.
type rule struct {
	field string // of the permission, for errors
	id    string // after the function's, in logical IDs
	sparta.EventBridgeRule
}

func (r rule) addTo(template *cloudformation.Template, target Target) error {
	if err := r.add(template, target); err != nil {
		return fmt.Errorf("%s: %w", r.field, err)
	}
	return nil
}

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
	properties := map[string]any{"Targets": []any{r.target(target)}}
	if r.Description != "" {
		properties["Description"] = r.Description
	}
	if r.EventBusName != nil && r.EventBusName != "" && r.EventBusName != "default" {
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

// settings returns an error if the rule never matches or fires, or cannot send what it is to send.
func (r rule) settings(now time.Time) error {
	if r.ScheduleExpression != "" {
		found, err := schedule.ParseRule(r.ScheduleExpression)
		if err != nil {
			return fmt.Errorf("ScheduleExpression %s: %w", r.ScheduleExpression, err)
		}
		err = fires(found, firing{expression: r.ScheduleExpression, disabled: r.Disabled, now: now})
		if err != nil {
			return err
		}
	}
	err := matcher{field: "EventPattern", nested: true}.check(r.EventPattern)
	if err == nil && r.RuleTarget != nil && r.RuleTarget.Input != nil {
		err = checkInput("RuleTarget.Input", r.RuleTarget.Input, 8192)
	}
	if err == nil && r.RuleTarget != nil && r.RuleTarget.InputTransformer != nil {
		err = checkTransformer(r.RuleTarget.InputTransformer)
	}
	return err
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

// target is the function as the rule's target.
func (r rule) target(target Target) map[string]any {
	callee := map[string]any{"Id": "Function", "Arn": target.arn()}
	t := r.RuleTarget
	if t == nil {
		return callee
	}
	if t.Input != nil {
		callee["Input"] = t.Input
	}
	if t.InputPath != "" {
		callee["InputPath"] = t.InputPath
	}
	if t.InputTransformer != nil {
		transformer := map[string]any{"InputTemplate": t.InputTransformer.InputTemplate}
		if len(t.InputTransformer.InputPathsMap) > 0 {
			transformer["InputPathsMap"] = t.InputTransformer.InputPathsMap
		}
		callee["InputTransformer"] = transformer
	}
	if t.DeadLetterConfigArn != nil {
		callee["DeadLetterConfig"] = map[string]any{"Arn": t.DeadLetterConfigArn}
	}
	if policy := retryPolicy(t.RetryPolicy); len(policy) > 0 {
		callee["RetryPolicy"] = policy
	}
	return callee
}

func retryPolicy(policy *sparta.EventRetryPolicy) map[string]any {
	properties := map[string]any{}
	if policy != nil && policy.MaximumEventAgeInSeconds != 0 {
		properties["MaximumEventAgeInSeconds"] = policy.MaximumEventAgeInSeconds
	}
	if policy != nil && policy.MaximumRetryAttempts != nil {
		properties["MaximumRetryAttempts"] = *policy.MaximumRetryAttempts
	}
	return properties
}

func (rule) statements(*cloudformation.Template) []map[string]any { return nil }

func (rule) permissions() []string {
	return append(permissionActions(), "events:PutRule", "events:DescribeRule", "events:DeleteRule",
		"events:PutTargets", "events:RemoveTargets", "sqs:GetQueueAttributes", "sqs:SetQueueAttributes")
}

func (r rule) neighbour() show.Neighbour {
	neighbour := show.Neighbour{
		Invokes: true, Name: r.ScheduleExpression, Title: r.ScheduleExpression, Subtitle: "EventBridge rule",
	}
	if r.ScheduleExpression == "" {
		neighbour.Name = show.Expression(r.EventPattern)
		neighbour.Title = "events"
		if sources := show.Expressions(r.EventPattern["source"]); r.EventPattern["source"] != nil {
			neighbour.Title = strings.Join(sources, ", ")
		}
	}
	if r.EventBusName != nil && r.EventBusName != "" {
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
	if r.EventBusName != nil && r.EventBusName != "" {
		value += " on bus " + show.Expression(r.EventBusName)
	}
	if r.Description != "" {
		value += " (" + r.Description + ")"
	}
	if r.Disabled {
		value += ", disabled"
	}
	return []show.Fact{{Name: name, Value: value + targetWords(r.RuleTarget)}}
}

func targetWords(t *sparta.CloudWatchEventsRuleTarget) string {
	if t == nil {
		return ""
	}
	words := ""
	switch {
	case t.Input != nil:
		words = ", sends " + show.Expression(t.Input)
	case t.InputPath != "":
		words = ", sends " + t.InputPath
	case t.InputTransformer != nil:
		words = ", sends " + t.InputTransformer.InputTemplate
		if len(t.InputTransformer.InputPathsMap) > 0 {
			words += " with " + show.Expression(t.InputTransformer.InputPathsMap)
		}
	}
	return words + retryWords(t.RetryPolicy) + deadLetterWords(t.DeadLetterConfigArn)
}

func retryWords(policy *sparta.EventRetryPolicy) string {
	words := ""
	if policy != nil && policy.MaximumRetryAttempts != nil {
		words += fmt.Sprintf(", %d retries", *policy.MaximumRetryAttempts)
	}
	if policy != nil && policy.MaximumEventAgeInSeconds != 0 {
		words += fmt.Sprintf(", for %d s", policy.MaximumEventAgeInSeconds)
	}
	return words
}

func deadLetterWords(queue any) string {
	if queue == nil {
		return ""
	}
	return ", dead letters to " + show.Expression(queue)
}
