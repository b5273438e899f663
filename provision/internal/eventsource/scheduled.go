package eventsource

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/internal/schedule"
	"github.com/go-sparta/sparta/provision/internal/delivery"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// scheduled is a schedule of EventBridge Scheduler, which invokes the function with the rights of a role.
type scheduled struct {
	name string
	sparta.SchedulerSchedule
}

func (s scheduled) addTo(template *cloudformation.Template, target Target) error {
	return at(s, s.add(template, target))
}

func (s scheduled) place() string { return fmt.Sprintf("schedule %q", s.name) }

func (s scheduled) add(template *cloudformation.Template, target Target) error {
	id := target.ID + logicalid.Words(s.name) + "Schedule"
	if err := unused(template, id); err != nil {
		return err
	}
	if err := s.settings(target.now()); err != nil {
		return err
	}
	if s.DeadLetterConfigArn != nil {
		if _, err := queueOf(template, s.DeadLetterConfigArn, "DeadLetterConfigArn"); err != nil {
			return err
		}
	}
	role, err := schedulerRole(template, target)
	if err != nil {
		return err
	}
	properties := map[string]any{
		"ScheduleExpression": s.ScheduleExpression,
		"FlexibleTimeWindow": map[string]any{"Mode": "OFF"},
		"Target":             s.target(target, role),
	}
	for name, value := range map[string]string{
		"Description":                s.Description,
		"ScheduleExpressionTimezone": s.ScheduleExpressionTimezone,
		"StartDate":                  date(s.StartDate),
		"EndDate":                    date(s.EndDate),
	} {
		if value != "" {
			properties[name] = value
		}
	}
	if s.FlexibleTimeWindow != 0 {
		properties["FlexibleTimeWindow"] = map[string]any{
			"Mode": "FLEXIBLE", "MaximumWindowInMinutes": s.FlexibleTimeWindow,
		}
	}
	if s.GroupName != nil {
		properties["GroupName"] = s.GroupName
	}
	if s.KmsKeyArn != nil {
		properties["KmsKeyArn"] = s.KmsKeyArn
	}
	if s.Disabled {
		properties["State"] = "DISABLED"
	}
	if s.KmsKeyArn != nil {
		role.allow(iam.Allow(s.KmsKeyArn, "kms:Decrypt"))
	}
	if s.DeadLetterConfigArn != nil {
		role.allow(iam.Allow(s.DeadLetterConfigArn, "sqs:SendMessage"))
	}
	return template.Add(id, &cloudformation.Resource{Type: "AWS::Scheduler::Schedule", Properties: properties})
}

// settings returns an error if the schedule never fires, or if what it sends is invalid.
func (s scheduled) settings(now time.Time) error {
	errs := []error{
		s.checkSchedule(now),
		delivery.AtMost("Description", s.Description, 512),
		delivery.Optional("GroupName", s.GroupName, "a name"),
		delivery.Optional("KmsKeyArn", s.KmsKeyArn, "an ARN"),
		delivery.Optional("DeadLetterConfigArn", s.DeadLetterConfigArn, "the ARN of an SQS queue"),
		delivery.CheckRetries("RetryPolicy", s.RetryPolicy),
	}
	if s.FlexibleTimeWindow < 0 || s.FlexibleTimeWindow > 1440 {
		errs = append(errs, fmt.Errorf("FlexibleTimeWindow %d is invalid: use 1 to 1440 minutes, or 0 for none",
			s.FlexibleTimeWindow))
	}
	if s.Input != nil {
		errs = append(errs, delivery.CheckInput("Input", s.Input, 256*1024))
	}
	return errors.Join(errs...)
}

// checkSchedule returns an error if the schedule never fires.
func (s scheduled) checkSchedule(now time.Time) error {
	dated := !s.StartDate.IsZero() || !s.EndDate.IsZero()
	switch {
	case s.ScheduleExpression == "":
		return errors.New("ScheduleExpression is missing: use rate(5 minutes), for example")
	case dated && strings.HasPrefix(s.ScheduleExpression, "at("):
		return fmt.Errorf("StartDate and EndDate have no effect on %s: remove them", s.ScheduleExpression)
	case !s.StartDate.IsZero() && !s.EndDate.IsZero() && !s.EndDate.After(s.StartDate):
		return fmt.Errorf("EndDate %s is not after StartDate %s: set a later one", date(s.EndDate), date(s.StartDate))
	}
	found, err := schedule.Parse(s.ScheduleExpression, s.ScheduleExpressionTimezone)
	if err != nil {
		return fmt.Errorf("ScheduleExpression %s in ScheduleExpressionTimezone %q: %w", s.ScheduleExpression,
			s.ScheduleExpressionTimezone, err)
	}
	return delivery.Fires(found, delivery.Firing{
		Expression: s.ScheduleExpression, Disabled: s.Disabled, Start: s.StartDate, End: s.EndDate, Now: now,
	})
}

// target is the function as the schedule's target.
func (s scheduled) target(target Target, role scheduleRole) map[string]any {
	callee := map[string]any{"Arn": target.arn(), "RoleArn": cloudformation.GetAtt{role.id, "Arn"}}
	if s.Input != nil {
		callee["Input"] = s.Input
	}
	if s.DeadLetterConfigArn != nil {
		callee["DeadLetterConfig"] = map[string]any{"Arn": s.DeadLetterConfigArn}
	}
	if policy := delivery.RetryPolicy(s.RetryPolicy); len(policy) > 0 {
		callee["RetryPolicy"] = policy
	}
	return callee
}

func date(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

// scheduleRole is the role that all schedules of a function use.
type scheduleRole struct {
	id       string
	document map[string]any
}

// schedulerRole finds the role in the template, or adds it: it may only invoke the function.
func schedulerRole(template *cloudformation.Template, target Target) (scheduleRole, error) {
	role := scheduleRole{id: target.ID + "SchedulerRole"}
	if template.Resources[role.id] == nil {
		properties := map[string]any{
			"AssumeRolePolicyDocument": iam.Policy(map[string]any{
				"Effect":    "Allow",
				"Principal": map[string]any{"Service": "scheduler.amazonaws.com"},
				"Action":    "sts:AssumeRole",
				"Condition": map[string]any{
					"StringEquals": map[string]any{"aws:SourceAccount": cloudformation.AccountID},
				},
			}),
			"Policies": []any{map[string]any{
				"PolicyName":     "invoke",
				"PolicyDocument": iam.Policy(iam.Allow(target.arn(), "lambda:InvokeFunction")),
			}},
		}
		if target.Boundary != nil {
			properties["PermissionsBoundary"] = target.Boundary
		}
		template.Resources[role.id] = &cloudformation.Resource{Type: "AWS::IAM::Role", Properties: properties}
	}
	if policies, _ := template.Resources[role.id].Properties["Policies"].([]any); len(policies) == 1 {
		policy, _ := policies[0].(map[string]any)
		role.document, _ = policy["PolicyDocument"].(map[string]any)
	}
	if _, own := role.document["Statement"].([]map[string]any); !own {
		return role, fmt.Errorf("a hook has added %s, which is reserved for the role of the function's schedules: "+
			"rename it", role.id)
	}
	return role, nil
}

// allow adds a statement, once.
func (r scheduleRole) allow(statement map[string]any) {
	statements, _ := r.document["Statement"].([]map[string]any)
	if slices.ContainsFunc(statements, func(one map[string]any) bool { return reflect.DeepEqual(one, statement) }) {
		return
	}
	r.document["Statement"] = append(statements, statement)
}

func (scheduled) statements(*cloudformation.Template) []map[string]any { return nil }

func (scheduled) permissions() []string {
	return []string{
		"scheduler:CreateSchedule", "scheduler:GetSchedule", "scheduler:UpdateSchedule", "scheduler:DeleteSchedule",
		"iam:PassRole",
	}
}

func (s scheduled) neighbour() show.Neighbour {
	return show.Neighbour{
		Invokes: true, Name: s.when(), Title: s.when(), Subtitle: "EventBridge Scheduler", Sample: "scheduler",
	}
}

// when is the expression with its time zone.
func (s scheduled) when() string {
	if s.ScheduleExpressionTimezone == "" {
		return s.ScheduleExpression
	}
	return s.ScheduleExpression + " " + s.ScheduleExpressionTimezone
}

func (s scheduled) facts() []show.Fact {
	value := s.when()
	if s.Description != "" {
		value += " (" + s.Description + ")"
	}
	if !s.StartDate.IsZero() {
		value += ", from " + date(s.StartDate)
	}
	if !s.EndDate.IsZero() {
		value += ", until " + date(s.EndDate)
	}
	if s.FlexibleTimeWindow != 0 {
		value += fmt.Sprintf(", within %d minutes", s.FlexibleTimeWindow)
	}
	if s.GroupName != nil {
		value += ", in group " + show.Expression(s.GroupName)
	}
	if s.Input != nil {
		value += ", sends " + show.Expression(s.Input)
	}
	value += delivery.RetryWords(s.RetryPolicy) + delivery.DeadLetterWords(s.DeadLetterConfigArn)
	if s.KmsKeyArn != nil {
		value += ", encrypted with " + show.Expression(s.KmsKeyArn)
	}
	if s.Disabled {
		value += ", disabled"
	}
	return []show.Fact{{Name: "Schedule " + s.name, Value: value}}
}
