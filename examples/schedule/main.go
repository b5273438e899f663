// Schedule is a service whose functions are invoked on schedules, by events, by messages of a topic and by lines of a
// log.
package main

import (
	"context"
	"fmt"

	"github.com/aws/aws-lambda-go/events"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// report is invoked by schedules, with the input of each.
func report(_ context.Context, input struct{ Period string }) (string, error) {
	return "the report of the " + input.Period, nil
}

// stopped is invoked by EventBridge when an instance of EC2 stops.
func stopped(_ context.Context, event events.CloudWatchEvent) error {
	logrus.WithField("detail", string(event.Detail)).Info("An instance has stopped")
	return nil
}

// order is invoked by messages of a topic.
func order(_ context.Context, event events.SNSEvent) error {
	for _, record := range event.Records {
		logrus.WithField("message", record.SNS.Message).Info("An order")
	}
	return nil
}

// failures is invoked by lines of the log of order.
func failures(_ context.Context, event events.CloudwatchLogsEvent) error {
	lines, err := event.AWSLogs.Parse()
	if err != nil {
		return fmt.Errorf("read the lines of a log: %w", err)
	}
	logrus.WithField("lines", len(lines.LogEvents)).Warn("Orders have failed")
	return nil
}

// resources adds the topic, and the queue of what was not delivered.
func resources(_ context.Context, workflow *sparta.Workflow) error {
	if err := workflow.Template.Add("Orders", &cloudformation.Resource{Type: "AWS::SNS::Topic"}); err != nil {
		return err
	}
	return workflow.Template.Add("Lost", &cloudformation.Resource{Type: "AWS::SQS::Queue"})
}

func function(name string, handler any, permission sparta.LambdaPermissionExporter) *sparta.LambdaAWSInfo {
	info, err := sparta.NewAWSLambda(name, handler, sparta.IAMRoleDefinition{})
	if err != nil {
		panic(err)
	}
	info.Permissions = []sparta.LambdaPermissionExporter{permission}
	return info
}

func main() {
	functions := []*sparta.LambdaAWSInfo{
		function("report", report, sparta.SchedulerPermission{
			Schedules: map[string]sparta.SchedulerSchedule{
				"daily": {
					ScheduleExpression:         "cron(0 9 ? * MON-FRI *)",
					ScheduleExpressionTimezone: "Europe/Berlin",
					Input:                      `{"period": "day"}`,
				},
				"monthly": {
					ScheduleExpression: "cron(0 6 L * ? *)", // the last day of the month, in UTC
					FlexibleTimeWindow: 60,
					Input:              `{"period": "month"}`,
				},
			},
		}),
		function("stopped", stopped, sparta.CloudWatchEventsPermission{
			Rules: map[string]sparta.CloudWatchEventsRule{
				"stopped": {EventPattern: map[string]any{
					"source":      []any{"aws.ec2"},
					"detail-type": []any{"EC2 Instance State-change Notification"},
					"detail":      map[string]any{"state": []any{"stopped", "terminated"}},
				}},
			},
		}),
		function("order", order, sparta.SNSPermission{
			BasePermission: sparta.BasePermission{SourceArn: cloudformation.Ref("Orders")},
			FilterPolicy:   map[string]any{"country": []any{"DE", "FR"}},
			RedrivePolicy:  &sparta.SNSRedrivePolicy{DeadLetterTargetArn: cloudformation.GetAtt{"Lost", "Arn"}},
		}),
		function("failures", failures, sparta.CloudWatchLogsPermission{
			Filters: map[string]sparta.CloudWatchLogsSubscriptionFilter{
				"errors": {FilterPattern: "ERROR", LogGroupName: cloudformation.Ref("OrderLogGroup")},
			},
		}),
	}
	hooks := &sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{resources}}
	err := cgo.MainEx("SpartaSchedule", "Functions that schedules and events invoke", functions, nil, nil, hooks)
	if err != nil {
		panic(err)
	}
}
