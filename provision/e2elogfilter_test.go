package provision_test

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// TestLinesOfALogGroupInvokeAFunction deploys a subscription to a log group of the stack, changes it and deletes it.
func TestLinesOfALogGroupInvokeAFunction(t *testing.T) {
	d := newDeployment(t)
	d.service.Hooks = adding(map[string]*cloudformation.Resource{
		"Access": {Type: "AWS::Logs::LogGroup", Properties: map[string]any{"LogGroupName": "/shop/access"}},
	})
	filter := sparta.CloudWatchLogsSubscriptionFilter{
		FilterPattern: "ERROR", LogGroupName: cloudformation.Ref("Access"),
	}
	permissions := func() []sparta.LambdaPermissionExporter {
		return []sparta.LambdaPermissionExporter{sparta.CloudWatchLogsPermission{
			Filters: map[string]sparta.CloudWatchLogsSubscriptionFilter{"errors": filter},
		}}
	}
	d.service.Functions[0].Permissions = permissions()
	d.must()
	pattern := func() string {
		t.Helper()
		var found struct {
			SubscriptionFilters []struct{ FilterPattern, DestinationArn string }
		}
		d.account.CLI(t, &found, "logs", "describe-subscription-filters", "--log-group-name", "/shop/access")
		if filters := found.SubscriptionFilters; len(filters) != 1 ||
			!strings.HasSuffix(filters[0].DestinationArn, ":function:Tested-hello") {
			t.Fatalf("the log group has the filters %v", filters)
		}
		return found.SubscriptionFilters[0].FilterPattern
	}
	if got := pattern(); got != "ERROR" {
		t.Errorf("the pattern is %q", got)
	}
	arn := "arn:aws:logs:us-east-1:" + d.account.ID + ":log-group:/shop/access:*"
	if policy := d.invokers("Tested-hello"); !strings.Contains(policy, arn) {
		t.Errorf("the function's policy lacks %s: %s", arn, policy)
	}
	d.unchanged()

	filter.FilterPattern = ""
	d.service.Functions[0].Permissions = permissions()
	d.must()
	if got := pattern(); got != "" {
		t.Errorf("after a change, the pattern is %q", got)
	}
	if err := d.delete("", true); err != nil {
		t.Fatal(err)
	}
}
