package decorator

import (
	"context"
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// CloudWatchErrorAlarmDecorator adds an alarm that goes off if a function has at least the given number of errors in
// each of the given number of periods. It notifies topic, the ARN of an SNS topic or an intrinsic that results in one;
// nil means no notification. The alarm's logical ID is the function's, followed by ErrorAlarm.
func CloudWatchErrorAlarmDecorator(periods, minutesPerPeriod, errors int, topic any) sparta.TemplateDecoratorHookFunc {
	return func(_ context.Context, w *sparta.Workflow) error {
		switch {
		case periods < 1 || minutesPerPeriod < 1 || errors < 1:
			return fmt.Errorf("error alarm: %d periods of %d minutes with %d errors are invalid: "+
				"each must be at least 1", periods, minutesPerPeriod, errors)
		case periods*minutesPerPeriod > 24*60:
			return fmt.Errorf("error alarm: %d periods of %d minutes are more than the 24 hours that CloudWatch "+
				"evaluates: use fewer or shorter ones", periods, minutesPerPeriod)
		}
		properties := map[string]any{
			"AlarmDescription": cloudformation.Sub(fmt.Sprintf(
				"${%s} of stack ${AWS::StackName} has %d or more errors within %d min",
				w.LogicalID, errors, minutesPerPeriod)),
			"Namespace":  "AWS/Lambda",
			"MetricName": "Errors",
			"Dimensions": []any{map[string]any{
				"Name": "FunctionName", "Value": cloudformation.Ref(w.LogicalID),
			}},
			"Statistic":          "Sum",
			"Period":             minutesPerPeriod * 60,
			"EvaluationPeriods":  periods,
			"Threshold":          errors,
			"ComparisonOperator": "GreaterThanOrEqualToThreshold",
			"TreatMissingData":   "notBreaching",
		}
		if topic != nil {
			properties["AlarmActions"] = []any{topic}
		}
		return w.Template.Add(errorAlarmID(w.LogicalID), &cloudformation.Resource{
			Type: "AWS::CloudWatch::Alarm", Properties: properties,
		})
	}
}

// errorAlarmID is the logical ID of a function's alarm.
func errorAlarmID(function string) string { return function + "ErrorAlarm" }
