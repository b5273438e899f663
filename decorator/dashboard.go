package decorator

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/sparta"
)

// OutputDashboardURL is the stack's output with the address of the dashboard.
const OutputDashboardURL = "CloudWatchDashboardURL"

// Sizes in the dashboard's grid, which is 24 units wide.
const (
	widgetWidth  = 8
	widgetHeight = 6
	perRow       = 3
	textHeight   = 3
)

// maxWidgets is the number of widgets that CloudWatch accepts.
const maxWidgets = 500

// DashboardDecorator adds a dashboard with the invocations, errors, throttles and durations of functions. The period
// must be a multiple of 60 seconds. The dashboard's address is the output CloudWatchDashboardURL.
func DashboardDecorator(functions []*sparta.LambdaAWSInfo, periodSeconds int) sparta.ServiceDecoratorHookFunc {
	return func(_ context.Context, w *sparta.Workflow) error {
		switch {
		case periodSeconds < 60 || periodSeconds%60 != 0:
			return fmt.Errorf("dashboard: a period of %d seconds is invalid: use a multiple of 60", periodSeconds)
		case len(functions) == 0:
			return errors.New("dashboard: there are no functions: list some")
		case len(functions) > (maxWidgets-1)/2:
			return fmt.Errorf("dashboard: %d functions are too many: use up to %d", len(functions), (maxWidgets-1)/2)
		}
		var widgets []any
		var logs strings.Builder
		for i, info := range functions {
			id, known := "", false
			if info != nil {
				id, known = w.FunctionIDs[info.Name()]
			}
			if !known {
				return fmt.Errorf("dashboard: function %d of the list does not belong to the service: leave it out",
					i+1)
			}
			fmt.Fprintf(&logs, "\n* [${%s}](%s#logsV2:log-groups/log-group/$252Faws$252Flambda$252F${%s})",
				id, consoleURL, id)
			row, column := i/perRow*2*widgetHeight+textHeight, i%perRow*widgetWidth
			widgets = append(widgets,
				metrics(column, row, id, "${"+id+"}", periodSeconds, "Sum", "Invocations", "Errors", "Throttles"),
				metrics(column, row+widgetHeight, id, "${"+id+"}: duration", periodSeconds, "p95", "Duration"))
		}
		title := map[string]any{
			"type": "text", "x": 0, "y": 0, "width": perRow * widgetWidth, "height": textHeight,
			"properties": map[string]any{"markdown": "## ${AWS::StackName}" + logs.String()},
		}
		body, err := plainjson.Marshal(map[string]any{"widgets": append([]any{title}, widgets...)})
		if err != nil {
			return fmt.Errorf("dashboard: %w", err)
		}
		w.Template.Outputs[OutputDashboardURL] = cloudformation.Output{
			Description: "Dashboard of the functions",
			Value:       cloudformation.Sub(consoleURL + "#dashboards:name=${SpartaDashboard}"),
		}
		return w.Template.Add("SpartaDashboard", &cloudformation.Resource{
			Type: "AWS::CloudWatch::Dashboard",
			Properties: map[string]any{
				// Dashboard names are unique in an account, across all regions.
				"DashboardName": cloudformation.Sub("${AWS::StackName}-${AWS::Region}"),
				"DashboardBody": cloudformation.Sub(strings.TrimSpace(string(body))),
			},
		})
	}
}

const consoleURL = "https://console.aws.amazon.com/cloudwatch/home?region=${AWS::Region}"

// metrics is a widget with metrics of a function.
func metrics(x, y int, function, title string, period int, statistic string, names ...string) map[string]any {
	var lines []any
	for _, name := range names {
		lines = append(lines, []any{"AWS/Lambda", name, "FunctionName", "${" + function + "}"})
	}
	return map[string]any{
		"type": "metric", "x": x, "y": y, "width": widgetWidth, "height": widgetHeight,
		"properties": map[string]any{
			"title": title, "view": "timeSeries", "stacked": false, "region": "${AWS::Region}",
			"period": period, "stat": statistic, "metrics": lines,
		},
	}
}
