package provision_test

import (
	"context"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// eventSourceMapping is one in the output of the AWS command line.
type eventSourceMapping struct {
	UUID, EventSourceArn, FunctionArn, State  string
	BatchSize, MaximumBatchingWindowInSeconds int64
	FunctionResponseTypes                     []string
}

// mappings are those of the account.
func (d *deployment) mappings() []eventSourceMapping {
	d.t.Helper()
	var found struct{ EventSourceMappings []eventSourceMapping }
	d.account.CLI(d.t, &found, "lambda", "list-event-source-mappings")
	return found.EventSourceMappings
}

// rolePolicy is the policy of the role of hello.
func (d *deployment) rolePolicy() string {
	d.t.Helper()
	var function configuration
	d.account.CLI(d.t, &function, "lambda", "get-function", "--function-name", "Tested-hello")
	role := function.Configuration.Role[strings.LastIndex(function.Configuration.Role, "/")+1:]
	return string(d.account.CLI(d.t, nil, "iam", "get-role-policy", "--role-name", role, "--policy-name", "Tested-hello"))
}

// TestAFunctionReadsAQueueOfItsStack deploys, reads back, deploys again, changes and deletes a function with its queue.
func TestAFunctionReadsAQueueOfItsStack(t *testing.T) {
	d := newDeployment(t)
	d.service.Hooks = &sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{
		func(_ context.Context, w *sparta.Workflow) error {
			return w.Template.Add("Jobs", &cloudformation.Resource{Type: "AWS::SQS::Queue"})
		},
	}}
	mapping := &sparta.EventSourceMapping{EventSourceArn: cloudformation.GetAtt{"Jobs", "Arn"}, BatchSize: 5}
	d.service.Functions[0].EventSourceMappings = []*sparta.EventSourceMapping{mapping}
	d.must()
	found := d.mappings()
	if len(found) != 1 || found[0].BatchSize != 5 || found[0].State != "Enabled" ||
		!strings.HasSuffix(found[0].FunctionArn, ":function:Tested-hello") ||
		!strings.Contains(found[0].EventSourceArn, ":sqs:") {
		t.Fatalf("the account has the mappings %+v, want that of the queue", found)
	}
	policy := d.rolePolicy()
	for _, want := range []string{"sqs:ReceiveMessage", found[0].EventSourceArn} {
		if !strings.Contains(policy, want) {
			t.Errorf("the role's policy lacks %s:\n%s", want, policy)
		}
	}
	if result := d.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}

	mapping.BatchSize, mapping.Disabled = 0, true
	d.must()
	changed := d.mappings()
	if len(changed) != 1 || changed[0].UUID != found[0].UUID || changed[0].BatchSize != 10 ||
		changed[0].State != "Disabled" {
		t.Errorf("after a change the mapping is %+v, want the same one, disabled, with a batch of 10", changed)
	}

	if err := d.delete("", true); err != nil {
		t.Fatal(err)
	}
	if left := d.mappings(); len(left) != 0 {
		t.Errorf("mappings %+v are left", left)
	}
}
