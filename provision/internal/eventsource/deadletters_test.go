package eventsource

import (
	"encoding/json"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// TestAQueueKeepsItsOnePolicy adds statements for dead letters to a hook's policy, without changing the hook's own
// value, which it may use again.
func TestAQueueKeepsItsOnePolicy(t *testing.T) {
	allow := map[string]any{"Sid": "Theirs", "Effect": "Allow"}
	for name, statements := range map[string]any{
		"a list of anything": []any{allow}, "a list of maps": []map[string]any{allow},
	} {
		t.Run(name, func(t *testing.T) {
			document := map[string]any{"Statement": statements}
			theirs := &cloudformation.Resource{Type: "AWS::SQS::QueuePolicy", Properties: map[string]any{
				"Queues": []any{cloudformation.Ref("Queue")}, "PolicyDocument": document,
			}}
			info := sparta.HandleAWSLambda("hello", func() {}, sparta.IAMRoleDefinition{})
			target := &sparta.CloudWatchEventsRuleTarget{DeadLetterConfigArn: cloudformation.GetAtt{"Queue", "Arn"}}
			info.Permissions = one(sparta.CloudWatchEventsPermission{Rules: eventRules{
				"b": {ScheduleExpression: "rate(1 day)", RuleTarget: target},
				"a": {ScheduleExpression: "rate(1 day)", RuleTarget: target},
			}})
			before := asJSON(t, theirs)
			template := cloudformation.NewTemplate("")
			template.Resources["Queue"] = &cloudformation.Resource{Type: "AWS::SQS::Queue"}
			template.Resources["Guard"] = theirs
			if _, err := AddTo(template, info, Target{ID: "Hello"}); err != nil {
				t.Fatal(err)
			}
			var policy struct{ Statement []struct{ Sid string } }
			text := asJSON(t, template.Resources["Guard"].Properties["PolicyDocument"])
			if err := json.Unmarshal([]byte(text), &policy); err != nil {
				t.Fatal(err)
			}
			var sids []string
			for _, statement := range policy.Statement {
				sids = append(sids, statement.Sid)
			}
			if asJSON(t, sids) != `["Theirs","HelloARule","HelloBRule"]` {
				t.Errorf("the policy is %s", text)
			}
			if asJSON(t, theirs) != before {
				t.Errorf("the hook's policy became %s", asJSON(t, theirs))
			}
			for id, resource := range template.Resources {
				if resource.Type == "AWS::SQS::QueuePolicy" && id != "Guard" {
					t.Errorf("%s replaces the queue's policy", id)
				}
			}
		})
	}
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
