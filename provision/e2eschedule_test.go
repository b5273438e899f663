package provision_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// TestASchedulesRoleInvokesAFunction deploys a schedule in a time zone, changes it and deletes it.
func TestASchedulesRoleInvokesAFunction(t *testing.T) {
	d := newDeployment(t)
	d.service.Hooks = adding(map[string]*cloudformation.Resource{
		"Lost": {Type: "AWS::SQS::Queue", Properties: map[string]any{"QueueName": "lost"}},
	})
	schedule := sparta.SchedulerSchedule{
		Description:                "Greets",
		ScheduleExpression:         "cron(0 9 ? * MON-FRI *)",
		ScheduleExpressionTimezone: "Europe/Berlin",
		EndDate:                    time.Date(2090, 1, 1, 0, 0, 0, 0, time.UTC),
		FlexibleTimeWindow:         15,
		Input:                      `{"name": "all"}`,
		DeadLetterConfigArn:        cloudformation.GetAtt{"Lost", "Arn"},
		RetryPolicy:                &sparta.EventRetryPolicy{MaximumEventAgeInSeconds: 600},
	}
	permissions := func() []sparta.LambdaPermissionExporter {
		return []sparta.LambdaPermissionExporter{
			sparta.SchedulerPermission{Schedules: map[string]sparta.SchedulerSchedule{"greeting": schedule}},
		}
	}
	d.service.Functions[0].Permissions = permissions()
	d.must()
	type found struct {
		Name, Description, ScheduleExpression, ScheduleExpressionTimezone, State string
		FlexibleTimeWindow                                                       map[string]any
		Target                                                                   struct {
			Arn, RoleArn, Input           string
			DeadLetterConfig, RetryPolicy map[string]any
		}
	}
	read := func() found {
		t.Helper()
		var list struct{ Schedules []struct{ Name string } }
		d.account.CLI(t, &list, "scheduler", "list-schedules")
		if len(list.Schedules) != 1 {
			t.Fatalf("the schedules are %v", list.Schedules)
		}
		var schedule found
		d.account.CLI(t, &schedule, "scheduler", "get-schedule", "--name", list.Schedules[0].Name)
		return schedule
	}
	first := read()
	account := d.account.ID
	if first.Description != "Greets" || first.ScheduleExpression != "cron(0 9 ? * MON-FRI *)" ||
		first.ScheduleExpressionTimezone != "Europe/Berlin" || first.State != "ENABLED" ||
		first.FlexibleTimeWindow["Mode"] != "FLEXIBLE" || first.FlexibleTimeWindow["MaximumWindowInMinutes"] != 15. ||
		first.Target.Arn != "arn:aws:lambda:us-east-1:"+account+":function:Tested-hello" ||
		first.Target.Input != `{"name": "all"}` || first.Target.RetryPolicy["MaximumEventAgeInSeconds"] != 600. ||
		first.Target.DeadLetterConfig["Arn"] != "arn:aws:sqs:us-east-1:"+account+":lost" {
		t.Errorf("the schedule is %+v", first)
	}
	_, role, _ := strings.Cut(first.Target.RoleArn, "role/")
	var policy struct{ PolicyDocument json.RawMessage }
	d.account.CLI(t, &policy, "iam", "get-role-policy", "--role-name", role, "--policy-name", "invoke")
	for _, part := range []string{"lambda:InvokeFunction", first.Target.Arn, "sqs:SendMessage", ":lost"} {
		if !strings.Contains(string(policy.PolicyDocument), part) {
			t.Errorf("the role's policy lacks %s: %s", part, policy.PolicyDocument)
		}
	}
	d.unchanged()

	schedule.ScheduleExpression, schedule.FlexibleTimeWindow, schedule.Disabled = "rate(2 hours)", 0, true
	d.service.Functions[0].Permissions = permissions()
	d.must()
	second := read()
	if second.Name != first.Name || second.ScheduleExpression != "rate(2 hours)" || second.State != "DISABLED" ||
		second.FlexibleTimeWindow["Mode"] != "OFF" {
		t.Errorf("after a change, the schedule is %+v", second)
	}
	if err := d.delete("", true); err != nil {
		t.Fatal(err)
	}
	if left := string(d.account.CLI(t, nil, "scheduler", "list-schedules")); strings.Contains(left, first.Name) {
		t.Errorf("deleting the stack left %s", left)
	}
}
