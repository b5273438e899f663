package provision

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/sparta"
)

// TestAPreviewRefusesSourcesThatNeverInvoke needs no account to refuse sources that would never invoke a function, or
// would never stop invoking it.
func TestAPreviewRefusesSourcesThatNeverInvoke(t *testing.T) {
	rule := func(expression string) sparta.LambdaPermissionExporter {
		return sparta.CloudWatchEventsPermission{Rules: map[string]sparta.CloudWatchEventsRule{
			"nightly": {ScheduleExpression: expression},
		}}
	}
	schedule := func(expression, zone string) sparta.LambdaPermissionExporter {
		return sparta.SchedulerPermission{Schedules: map[string]sparta.SchedulerSchedule{
			"nightly": {ScheduleExpression: expression, ScheduleExpressionTimezone: zone},
		}}
	}
	for name, test := range map[string]struct {
		permission sparta.LambdaPermissionExporter
		want       string
	}{
		"a rule that never fires": {
			rule("cron(0 0 31 2 ? *)"),
			`function hello: rule "nightly": ScheduleExpression cron(0 0 31 2 ? *) never fires`,
		},
		"a rate of zero": {
			rule("rate(0 minutes)"),
			`function hello: rule "nightly": ScheduleExpression rate(0 minutes): it never fires`,
		},
		"a time in the past": {
			schedule("at(2020-01-01T00:00:00)", "Europe/Berlin"),
			`function hello: schedule "nightly": ScheduleExpression at(2020-01-01T00:00:00) never fires`,
		},
		"an unknown time zone": {
			schedule("rate(1 day)", "Europe/Bonn"), `time zone "Europe/Bonn" is unknown`,
		},
		"a function that subscribes to its own log": {
			sparta.CloudWatchLogsPermission{Filters: map[string]sparta.CloudWatchLogsSubscriptionFilter{
				"all": {LogGroupName: "/aws/lambda/svc-hello"},
			}},
			`function hello: filter "all": LogGroupName /aws/lambda/svc-hello is the function's own log group`,
		},
		"a topic that is not in the template": {
			sparta.SNSPermission{BasePermission: sparta.BasePermission{SourceArn: cloudformation.Ref("Topik")}},
			"refers to Topik, which is neither a resource nor a parameter of the template",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newPreview(t)
			w.noAWS = connection.ErrNoRegion
			w.service.Functions[0].Permissions = []sparta.LambdaPermissionExporter{test.permission}
			_, err := w.run(t.Context())
			if err == nil {
				t.Fatal("there is no error")
			}
			has(t, err.Error(), test.want)
			if _, err := os.Stat(filepath.Join(w.options.Workspace, "template.json")); err == nil {
				t.Error("the template was written")
			}
		})
	}
}
