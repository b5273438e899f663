package product

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheScheduleExampleIsInvokedByEventSources runs the targets of examples/schedule: its template has what invokes
// each function, and the function works.
func TestTheScheduleExampleIsInvokedByEventSources(t *testing.T) {
	needHost(t)
	work := t.TempDir()
	p := project{dir: filepath.Join(work, "schedule"), env: bareEnvironment(work)}
	if err := writeModule(p.dir, "example.com/schedule"); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(p.dir, "magefile.go")); err != nil { // the example has its own
		t.Fatal(err)
	}
	copyTree(t, filepath.Join(repository(), "examples", "schedule"), p.dir)
	result := p.mage(t, nil, "cgo:provision", "-noop")
	var template struct {
		Resources map[string]struct{ Type string }
	}
	if err := json.Unmarshal([]byte(p.read(t, ".sparta/template.json")), &template); err != nil {
		t.Fatalf("%v\n%s", err, result.stderr)
	}
	for id, want := range map[string]string{
		"ReportDailySchedule":        "AWS::Scheduler::Schedule",
		"ReportMonthlySchedule":      "AWS::Scheduler::Schedule",
		"ReportSchedulerRole":        "AWS::IAM::Role",
		"StoppedStoppedRule":         "AWS::Events::Rule",
		"OrderSNSOrdersSubscription": "AWS::SNS::Subscription",
		"LostDeadLettersPolicy":      "AWS::SQS::QueuePolicy",
		"FailuresErrorsLogsFilter":   "AWS::Logs::SubscriptionFilter",
	} {
		if got := template.Resources[id].Type; got != want {
			t.Errorf("resource %s is of type %q, want %q\n%s", id, got, want, result.stderr)
		}
	}
	result = p.mage(t, nil, "cgo:invoke", "-function=report", `-event={"period": "day"}`)
	if strings.TrimSpace(result.stdout) != `"the report of the day"` {
		t.Errorf("the function returned %s\n%s", result.stdout, result.stderr)
	}
}
