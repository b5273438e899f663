package template

import (
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// withBus is a template to which hooks have also added an event bus and a log group.
func withBus() *cloudformation.Template {
	template := withResources()
	template.Resources["Bus"] = &cloudformation.Resource{
		Type: "AWS::Events::EventBus", Properties: map[string]any{"Name": "shop"},
	}
	addLogGroup(template)
	return template
}

// eventRules are rules with every setting of a rule.
func eventRules() []sparta.LambdaPermissionExporter {
	return []sparta.LambdaPermissionExporter{
		sparta.CloudWatchEventsPermission{Rules: map[string]sparta.CloudWatchEventsRule{
			"nightly": {
				Description:        "Cleans up at night",
				ScheduleExpression: "cron(0 3 * * ? *)",
				RuleTarget:         &sparta.CloudWatchEventsRuleTarget{Input: `{"clean": "all"}`},
			},
			"stopped instances": {
				EventPattern: map[string]any{
					"source": []any{"aws.ec2"},
					"detail": map[string]any{"state": []any{"stopped", map[string]any{"prefix": "term"}}},
				},
				RuleTarget: &sparta.CloudWatchEventsRuleTarget{InputPath: "$.detail"},
				Disabled:   true,
			},
		}},
		sparta.EventBridgePermission{Rule: &sparta.EventBridgeRule{
			Name:         "orders",
			Description:  "Orders of the shop",
			EventBusName: cloudformation.Ref("Bus"),
			EventPattern: map[string]any{"source": []any{"shop"}},
			RuleTarget: &sparta.CloudWatchEventsRuleTarget{
				InputTransformer: &sparta.EventBridgeInputTransformer{
					InputPathsMap: map[string]string{"id": "$.detail.id"},
					InputTemplate: `{"order": <id>, "rule": <aws.events.rule-name>}`,
				},
				DeadLetterConfigArn: cloudformation.GetAtt{"Queue", "Arn"},
				RetryPolicy: &sparta.EventRetryPolicy{
					MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: sparta.NoRetries,
				},
			},
		}},
		sparta.EventBridgePermission{Rule: &sparta.EventBridgeRule{ScheduleExpression: "rate(5 minutes)"}},
		sparta.CodeCommitPermission{
			RepositoryName: "site", Branches: []string{"main"}, Events: []string{"createReference", "updateReference"},
		},
		sparta.CodeCommitPermission{BasePermission: sparta.BasePermission{
			SourceArn: "arn:aws:codecommit:us-east-1:123456789012:docs",
		}},
	}
}

// schedules are schedules with every setting of a schedule.
func schedules() []sparta.LambdaPermissionExporter {
	return []sparta.LambdaPermissionExporter{sparta.SchedulerPermission{
		Schedules: map[string]sparta.SchedulerSchedule{
			"greeting": {
				Description:                "Greets on working days",
				ScheduleExpression:         "cron(0 9 ? * MON-FRI *)",
				ScheduleExpressionTimezone: "Europe/Berlin",
				StartDate:                  time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC),
				EndDate:                    time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC),
				FlexibleTimeWindow:         15,
				GroupName:                  "shop",
				Input:                      `{"name": "all"}`,
				DeadLetterConfigArn:        cloudformation.GetAtt{"Queue", "Arn"},
				RetryPolicy:                &sparta.EventRetryPolicy{MaximumEventAgeInSeconds: 600},
				KmsKeyArn:                  "arn:aws:kms:us-east-1:123456789012:key/12345678-1234",
			},
			"party": {ScheduleExpression: "at(2099-12-31T23:59:59)", DeadLetterConfigArn: cloudformation.GetAtt{
				"Queue", "Arn",
			}},
			"paused": {ScheduleExpression: "rate(1 day)", Disabled: true},
		},
	}}
}

// logFilters select lines of a log group of the stack, and of another one.
func logFilters() []sparta.LambdaPermissionExporter {
	return []sparta.LambdaPermissionExporter{sparta.CloudWatchLogsPermission{
		BasePermission: sparta.BasePermission{SourceAccount: "123456789012"},
		Filters: map[string]sparta.CloudWatchLogsSubscriptionFilter{
			"errors": {FilterPattern: "ERROR", LogGroupName: cloudformation.Ref("Logs")},
			"trail":  {LogGroupName: "/aws/cloudtrail"},
		},
	}}
}
