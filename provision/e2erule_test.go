package provision_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// foundRule is a rule as EventBridge describes it.
type foundRule struct {
	Arn, Name, Description, EventBusName, EventPattern, ScheduleExpression, State string
	Targets                                                                       []map[string]any
}

// rules are those of a bus, with their targets.
func (d *deployment) rules(bus string) []foundRule {
	d.t.Helper()
	var found struct{ Rules []foundRule }
	d.account.CLI(d.t, &found, "events", "list-rules", "--event-bus-name", bus)
	for i, rule := range found.Rules {
		var targets struct{ Targets []map[string]any }
		d.account.CLI(d.t, &targets, "events", "list-targets-by-rule", "--rule", rule.Name, "--event-bus-name", bus)
		found.Rules[i].Targets = targets.Targets
	}
	return found.Rules
}

// TestRulesInvokeAFunction deploys a schedule on the default bus and a pattern on a bus of the stack, changes them and
// deletes them.
func TestRulesInvokeAFunction(t *testing.T) {
	d := newDeployment(t)
	d.service.Hooks = adding(map[string]*cloudformation.Resource{
		"Bus":  {Type: "AWS::Events::EventBus", Properties: map[string]any{"Name": "shop"}},
		"Lost": {Type: "AWS::SQS::Queue", Properties: map[string]any{"QueueName": "lost"}},
	})
	nightly := sparta.CloudWatchEventsRule{
		Description: "Cleans up", ScheduleExpression: "cron(0 3 * * ? *)",
		RuleTarget: &sparta.CloudWatchEventsRuleTarget{Input: `{"clean": "all"}`},
	}
	ordered := sparta.EventBridgeRule{
		EventBusName: cloudformation.Ref("Bus"),
		EventPattern: map[string]any{"source": []any{"shop"}, "detail": map[string]any{"size": []any{1}}},
		RuleTarget: &sparta.CloudWatchEventsRuleTarget{
			InputTransformer: &sparta.EventBridgeInputTransformer{
				InputPathsMap: map[string]string{"id": "$.detail.id"}, InputTemplate: `{"order": <id>}`,
			},
			DeadLetterConfigArn: cloudformation.GetAtt{"Lost", "Arn"},
			RetryPolicy: &sparta.EventRetryPolicy{
				MaximumEventAgeInSeconds: 120, MaximumRetryAttempts: sparta.NoRetries,
			},
		},
	}
	permissions := func() []sparta.LambdaPermissionExporter {
		return []sparta.LambdaPermissionExporter{
			sparta.CloudWatchEventsPermission{Rules: map[string]sparta.CloudWatchEventsRule{"nightly": nightly}},
			sparta.EventBridgePermission{Rule: &ordered},
		}
	}
	d.service.Functions[0].Permissions = permissions()
	d.must()
	scheduled, matched := d.rules("default"), d.rules("shop")
	if len(scheduled) != 1 || len(matched) != 1 {
		t.Fatalf("the rules are %v on the default bus and %v on the other one", scheduled, matched)
	}
	if rule := scheduled[0]; rule.ScheduleExpression != "cron(0 3 * * ? *)" || rule.Description != "Cleans up" ||
		rule.State != "ENABLED" || len(rule.Targets) != 1 || rule.Targets[0]["Input"] != `{"clean": "all"}` {
		t.Errorf("the schedule is %+v", rule)
	}
	target, err := json.Marshal(matched[0].Targets)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"Arn":"arn:aws:lambda:us-east-1:` + d.account.ID + `:function:Tested-hello",` +
		`"DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:` + d.account.ID + `:lost"},"Id":"Function",` +
		`"InputTransformer":{"InputPathsMap":{"id":"$.detail.id"},"InputTemplate":"{\"order\": \u003cid\u003e}"},` +
		`"RetryPolicy":{"MaximumEventAgeInSeconds":120,"MaximumRetryAttempts":0}}]`
	if string(target) != want {
		t.Errorf("the target of the pattern is %s\nwant %s", target, want)
	}
	policy := d.invokers("Tested-hello")
	for _, rule := range append(scheduled, matched...) {
		if !strings.Contains(policy, rule.Arn) {
			t.Errorf("the function's policy lacks %s: %s", rule.Arn, policy)
		}
	}
	d.unchanged()

	nightly.ScheduleExpression, nightly.Disabled = "rate(1 day)", true
	d.service.Functions[0].Permissions = permissions()
	d.must()
	changed := d.rules("default")
	if len(changed) != 1 || changed[0].ScheduleExpression != "rate(1 day)" || changed[0].State != "DISABLED" ||
		changed[0].Arn != scheduled[0].Arn {
		t.Errorf("after a change, the rules are %+v", changed)
	}
	if err := d.delete("", true); err != nil {
		t.Fatal(err)
	}
	if left := d.rules("default"); len(left) != 0 {
		t.Errorf("deleting the stack left %+v", left)
	}
}
