package page

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/sparta"
)

// permissionTrial is a kind of permission, or of its rules, schedules or filters, with another value for each setting.
// The base is a pointer to a struct that the function permission completes to a valid permission.
type permissionTrial struct {
	base       func() any
	permission func(base any) sparta.LambdaPermissionExporter
	values     map[string]any // by the setting's path
	refused    []string       // settings that AWS does not have for functions
}

func permissionTrials() map[string]permissionTrial {
	const account = "eu-west-1:123456789012:"
	queue, other := "arn:aws:sqs:"+account+"lost", "arn:aws:sqs:"+account+"other"
	target := map[string]any{
		"RuleTarget.Input":                                `{"a": 1}`,
		"RuleTarget.InputPath":                            "$.detail",
		"RuleTarget.InputTransformer.InputTemplate":       `{"b": 2}`,
		"RuleTarget.InputTransformer.InputPathsMap":       map[string]string{"id": "$.id"},
		"RuleTarget.DeadLetterConfigArn":                  queue,
		"RuleTarget.RetryPolicy.MaximumEventAgeInSeconds": int64(77),
		"RuleTarget.RetryPolicy.MaximumRetryAttempts":     int64(2),
	}
	rule := func(more map[string]any) map[string]any {
		values := map[string]any{
			"Description": "Cleans", "EventPattern": map[string]any{"source": []any{"b"}},
			"ScheduleExpression": "rate(2 days)", "Disabled": true,
		}
		for _, from := range []map[string]any{target, more} {
			for path, value := range from {
				values[path] = value
			}
		}
		return values
	}
	return map[string]permissionTrial{
		"LambdaPermission": {
			base: func() any { return &sparta.LambdaPermission{Principal: "alexa-appkit.amazon.com"} },
			permission: func(base any) sparta.LambdaPermissionExporter {
				permission := *base.(*sparta.LambdaPermission)
				if permission.PrincipalOrgID != "" {
					permission.Principal = "*"
				}
				return permission
			},
			values: map[string]any{
				"Principal": "iot.amazonaws.com", "EventSourceToken": "amzn1.ask.skill.1",
				"PrincipalOrgID": "o-a1b2c3d4e5", "BasePermission.SourceArn": "arn:aws:iot:" + account + "rule/a",
				"BasePermission.SourceAccount": "210987654321",
			},
		},
		"SNSPermission": {
			base: func() any {
				return &sparta.SNSPermission{
					BasePermission: sparta.BasePermission{SourceArn: "arn:aws:sns:" + account + "a"},
					FilterPolicy:   map[string]any{"a": []any{1}},
					RedrivePolicy:  &sparta.SNSRedrivePolicy{DeadLetterTargetArn: queue},
				}
			},
			permission: func(base any) sparta.LambdaPermissionExporter { return *base.(*sparta.SNSPermission) },
			values: map[string]any{
				"BasePermission.SourceArn":          "arn:aws:sns:" + account + "b",
				"BasePermission.SourceAccount":      "210987654321",
				"FilterPolicy":                      map[string]any{"a": []any{2}},
				"FilterPolicyScope":                 "MessageBody",
				"RedrivePolicy.DeadLetterTargetArn": other,
			},
			refused: []string{"RawMessageDelivery", "DeliveryPolicy"},
		},
		"SESPermission": {
			base: func() any { return &sparta.SESPermission{MessageBodyStorage: &sparta.MessageBodyStorage{}} },
			permission: func(base any) sparta.LambdaPermissionExporter {
				permission := *base.(*sparta.SESPermission)
				permission.ReceiptRules = []sparta.ReceiptRule{{Name: "a"}}
				if *permission.MessageBodyStorage == (sparta.MessageBodyStorage{}) {
					permission.MessageBodyStorage = nil
				}
				return permission
			},
			values: map[string]any{
				"BasePermission.SourceAccount": "210987654321", "InvocationType": "RequestResponse",
				"MessageBodyStorage.LogicalName": "Mails", "MessageBodyStorage.BucketName": "mails",
			},
			refused: append(settingPaths(reflect.TypeFor[sparta.ReceiptRule](), "ReceiptRules."),
				"BasePermission.SourceArn"),
		},
		"ReceiptRule": {
			base: func() any { return &sparta.ReceiptRule{Name: "a"} },
			permission: func(base any) sparta.LambdaPermissionExporter {
				return sparta.SESPermission{
					MessageBodyStorage: &sparta.MessageBodyStorage{BucketName: "mails"},
					ReceiptRules:       []sparta.ReceiptRule{*base.(*sparta.ReceiptRule)},
				}
			},
			values: map[string]any{
				"Name": "b", "Disabled": true, "Recipients": []string{"b@example.com"}, "ScanDisabled": true,
				"TLSPolicy": "Require", "TopicArn": "arn:aws:sns:" + account + "a",
				"InvocationType":                     "RequestResponse",
				"BodyStorageOptions.ObjectKeyPrefix": "b/",
				"BodyStorageOptions.KmsKeyArn":       "arn:aws:kms:" + account + "key/1",
				"BodyStorageOptions.TopicArn":        "arn:aws:sns:" + account + "b",
				"BodyStorageOptions.DisableStorage":  true,
			},
		},
		"CloudWatchEventsRule": {
			base: func() any {
				return &sparta.CloudWatchEventsRule{RuleTarget: &sparta.CloudWatchEventsRuleTarget{}}
			},
			permission: func(base any) sparta.LambdaPermissionExporter {
				rule := *base.(*sparta.CloudWatchEventsRule)
				if rule.EventPattern == nil && rule.ScheduleExpression == "" {
					rule.ScheduleExpression = "rate(1 day)"
				}
				rule.RuleTarget = completed(rule.RuleTarget)
				return sparta.CloudWatchEventsPermission{Rules: map[string]sparta.CloudWatchEventsRule{"a": rule}}
			},
			values: rule(nil),
		},
		"EventBridgeRule": {
			base: func() any {
				return &sparta.EventBridgeRule{RuleTarget: &sparta.CloudWatchEventsRuleTarget{}}
			},
			permission: func(base any) sparta.LambdaPermissionExporter {
				rule := *base.(*sparta.EventBridgeRule)
				if rule.EventPattern == nil && rule.ScheduleExpression == "" {
					rule.EventPattern = map[string]any{"source": []any{"a"}}
				}
				rule.RuleTarget = completed(rule.RuleTarget)
				return sparta.EventBridgePermission{Rule: &rule}
			},
			values: rule(map[string]any{"Name": "orders", "EventBusName": "shop"}),
		},
		"CodeCommitPermission": {
			base: func() any { return &sparta.CodeCommitPermission{RepositoryName: "a"} },
			permission: func(base any) sparta.LambdaPermissionExporter {
				return *base.(*sparta.CodeCommitPermission)
			},
			values: map[string]any{
				"BasePermission.SourceArn": "arn:aws:codecommit:" + account + "b", "RepositoryName": "b",
				"Branches": []string{"main"}, "Events": []string{"deleteReference"},
			},
			refused: []string{"BasePermission.SourceAccount"},
		},
		"SchedulerSchedule": {
			base: func() any {
				return &sparta.SchedulerSchedule{
					ScheduleExpression: "rate(1 day)", RetryPolicy: &sparta.EventRetryPolicy{},
				}
			},
			permission: func(base any) sparta.LambdaPermissionExporter {
				return sparta.SchedulerPermission{Schedules: map[string]sparta.SchedulerSchedule{
					"a": *base.(*sparta.SchedulerSchedule),
				}}
			},
			values: map[string]any{
				"Description":                          "Greets",
				"ScheduleExpression":                   "rate(2 days)",
				"ScheduleExpressionTimezone":           "Europe/Berlin",
				"StartDate":                            time.Date(2080, 1, 1, 0, 0, 0, 0, time.UTC),
				"EndDate":                              time.Date(2090, 1, 1, 0, 0, 0, 0, time.UTC),
				"FlexibleTimeWindow":                   int64(5),
				"GroupName":                            "shop",
				"Input":                                `{"a": 1}`,
				"DeadLetterConfigArn":                  queue,
				"RetryPolicy.MaximumEventAgeInSeconds": int64(77),
				"RetryPolicy.MaximumRetryAttempts":     int64(2),
				"KmsKeyArn":                            "arn:aws:kms:" + account + "key/1",
				"Disabled":                             true,
			},
		},
		"CloudWatchLogsSubscriptionFilter": {
			base: func() any { return &sparta.CloudWatchLogsSubscriptionFilter{LogGroupName: "/a"} },
			permission: func(base any) sparta.LambdaPermissionExporter {
				return sparta.CloudWatchLogsPermission{Filters: map[string]sparta.CloudWatchLogsSubscriptionFilter{
					"a": *base.(*sparta.CloudWatchLogsSubscriptionFilter),
				}}
			},
			values: map[string]any{"FilterPattern": "ERROR", "LogGroupName": "/b"},
		},
	}
}

// completed is a target with the settings that its other settings require.
func completed(target *sparta.CloudWatchEventsRuleTarget) *sparta.CloudWatchEventsRuleTarget {
	made := *target
	if made.InputTransformer != nil && made.InputTransformer.InputTemplate == "" {
		made.InputTransformer = &sparta.EventBridgeInputTransformer{
			InputTemplate: `{"a": 1}`, InputPathsMap: made.InputTransformer.InputPathsMap,
		}
	}
	return &made
}

// settingPaths are the fields of a struct and of its nested structs; a time is a value.
func settingPaths(of reflect.Type, prefix string) []string {
	var paths []string
	for i := range of.NumField() {
		field := of.Field(i)
		inner := field.Type
		for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct && inner != reflect.TypeFor[time.Time]() {
			paths = append(paths, settingPaths(inner, prefix+field.Name+".")...)
		} else {
			paths = append(paths, prefix+field.Name)
		}
	}
	return paths
}

// setSetting sets the setting at a path, and creates the structs on the way.
func setSetting(base any, path string, value any) {
	target := reflect.ValueOf(base).Elem()
	for name := range strings.SplitSeq(path, ".") {
		if target.Kind() == reflect.Pointer {
			if target.IsNil() {
				target.Set(reflect.New(target.Type().Elem()))
			}
			target = target.Elem()
		}
		target = target.FieldByName(name)
	}
	target.Set(reflect.ValueOf(value))
}

// TestEachSettingOfAPermissionArrives fails where a setting is missing in the template, in the description or on the
// page: in each, another value must result in another text.
func TestEachSettingOfAPermissionArrives(t *testing.T) {
	for kind, trial := range permissionTrials() {
		left := map[string]bool{}
		for path := range trial.values {
			left[path] = true
		}
		for _, path := range trial.refused {
			left[path] = true
		}
		before := renderPermission(t, trial.permission(trial.base()))
		for _, path := range settingPaths(reflect.TypeOf(trial.base()).Elem(), "") {
			if !left[path] {
				t.Errorf("%s: permissionTrials has no value for %s: add one", kind, path)
			}
			delete(left, path)
			value, arrives := trial.values[path]
			if !arrives {
				continue
			}
			t.Run(kind+"."+path, func(t *testing.T) {
				base := trial.base()
				setSetting(base, path, value)
				after := renderPermission(t, trial.permission(base))
				for place := range before {
					if before[place] == after[place] {
						t.Errorf("the setting does not reach the %s:\n%s", place, after[place])
					}
				}
			})
		}
		for path := range left {
			t.Errorf("%s: permissionTrials has a value for %s, which is not a setting", kind, path)
		}
	}
}

// renderPermission returns all texts in which a function's permission appears.
func renderPermission(t *testing.T, permission sparta.LambdaPermissionExporter) map[string]string {
	t.Helper()
	function := pageFunction("f", sparta.IAMRoleDefinition{}, nil)
	function.Permissions = []sparta.LambdaPermissionExporter{permission}
	service := template.Service{Name: "Shop", Stack: "Shop", Functions: []*sparta.LambdaAWSInfo{function}}
	document, err := template.New(service,
		template.Package{SHA256: strings.Repeat("0", 64), GOARCH: "amd64", Python: "python3.13"},
		template.Code{Bucket: "packages", Key: "x.zip"})
	if err != nil {
		t.Fatal(err)
	}
	summary, err := sparta.NewServiceDescription("Shop", "", service.Functions, nil)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"template": jsonOf(t, document), "description": jsonOf(t, summary),
		"page": described(t, Service{Name: "Shop", Functions: service.Functions}),
	}
}

func jsonOf(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
