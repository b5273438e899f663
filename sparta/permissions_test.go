package sparta_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// TestPermissionsCrossAsJSON renders permissions, reads them, and renders them again: nothing may be lost on the way
// from a magefile to the program that deploys.
func TestPermissionsCrossAsJSON(t *testing.T) {
	target := &sparta.CloudWatchEventsRuleTarget{
		InputTransformer: &sparta.EventBridgeInputTransformer{
			InputTemplate: "<id>", InputPathsMap: map[string]string{"id": "$.id"},
		},
		DeadLetterConfigArn: cloudformation.GetAtt{"Lost", "Arn"},
		RetryPolicy: &sparta.EventRetryPolicy{
			MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: sparta.NoRetries,
		},
	}
	base := sparta.BasePermission{SourceArn: cloudformation.Ref("Source"), SourceAccount: "123456789012"}
	given := sparta.Permissions{
		sparta.LambdaPermission{BasePermission: base, Principal: "*", PrincipalOrgID: "o-a1b2c3d4e5"},
		sparta.LambdaPermission{Principal: "alexa-appkit.amazon.com", EventSourceToken: "amzn1.ask.skill.1"},
		sparta.SNSPermission{
			BasePermission: base, FilterPolicy: map[string]any{"a": []any{"b"}}, FilterPolicyScope: "MessageBody",
			RedrivePolicy: &sparta.SNSRedrivePolicy{DeadLetterTargetArn: cloudformation.GetAtt{"Lost", "Arn"}},
		},
		sparta.CloudWatchEventsPermission{Rules: map[string]sparta.CloudWatchEventsRule{
			"nightly": {Description: "a", ScheduleExpression: "rate(1 day)", RuleTarget: target, Disabled: true},
		}},
		sparta.EventBridgePermission{Rule: &sparta.EventBridgeRule{
			Name: "orders", EventBusName: cloudformation.Ref("Bus"), RuleTarget: target,
			EventPattern: map[string]any{"source": []any{"shop"}},
		}},
		sparta.SchedulerPermission{Schedules: map[string]sparta.SchedulerSchedule{"daily": {
			ScheduleExpression: "rate(1 day)", ScheduleExpressionTimezone: "Europe/Berlin",
			StartDate: time.Date(2030, 1, 1, 9, 0, 0, 0, time.UTC), FlexibleTimeWindow: 5, Input: "{}",
			GroupName: "shop", RetryPolicy: target.RetryPolicy, KmsKeyArn: cloudformation.GetAtt{"Key", "Arn"},
		}}},
		sparta.CloudWatchLogsPermission{Filters: map[string]sparta.CloudWatchLogsSubscriptionFilter{
			"errors": {FilterPattern: "ERROR", LogGroupName: cloudformation.Ref("Logs")},
		}},
		sparta.CodeCommitPermission{RepositoryName: "site", Branches: []string{"main"}, Events: []string{"all"}},
	}
	first, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	var read sparta.Permissions
	if err := json.Unmarshal(first, &read); err != nil {
		t.Fatal(err)
	}
	second, err := json.Marshal(read)
	if err != nil || string(first) != string(second) {
		t.Errorf("%s\nbecame (error: %v)\n%s", first, err, second)
	}
	for i := range given {
		if reflect.TypeOf(given[i]) != reflect.TypeOf(read[i]) {
			t.Errorf("%T became %T", given[i], read[i])
		}
	}
	if text := string(first); strings.Contains(text, "endDate") || strings.Contains(text, `"Schedules"`) {
		t.Errorf("%s has a zero value, or a name that is not in lower camel case", text)
	}
}

func TestPermissionsThatAreUnknown(t *testing.T) {
	for text, want := range map[string]string{
		`[{"SNSPermision": {}}]`: "permission 1 is not one of",
		`[{"SNSPermission": {"source": "a"}}]`: `permission 1 (SNSPermission): json: unknown field ` +
			`"source"`,
		`[{"SNSPermission": {}, "LambdaPermission": {}}]`: "permission 1 is not one of",
		`[{"SchedulerPermission": {"schedules": {"a": {"startDate": "tomorrow"}}}}]`: "permission 1 " +
			"(SchedulerPermission)",
	} {
		var read sparta.Permissions
		if err := json.Unmarshal([]byte(text), &read); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %s", text, err, want)
		}
	}
}

func TestPermissionsOfNoSource(t *testing.T) {
	type embedding struct{ sparta.SNSPermission }
	for name, permission := range map[string]sparta.LambdaPermissionExporter{
		"it is nil":                                    nil,
		"it is a *sparta.SNSPermission":                &sparta.SNSPermission{},
		"it is a sparta.BasePermission: use one of Cl": sparta.BasePermission{},
		"it is a sparta_test.embedding: use one of Cl": embedding{},
	} {
		info := sparta.HandleAWSLambda("hello", func() error { return nil }, "role")
		info.Permissions = []sparta.LambdaPermissionExporter{permission}
		err := sparta.Validate("Shop", []*sparta.LambdaAWSInfo{info})
		_, jsonErr := json.Marshal(sparta.Permissions{permission})
		for _, err := range []error{err, jsonErr} {
			if err == nil || !strings.Contains(err.Error(), "permission 1: "+name) {
				t.Errorf("%T: error %v, want one with %s", permission, err, name)
			}
		}
	}
}
