package provision_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// adding are hooks that add resources to the template, for sources to refer to.
func adding(resources map[string]*cloudformation.Resource) *sparta.WorkflowHooks {
	return &sparta.WorkflowHooks{
		PreMarshall: []sparta.WorkflowHook{func(_ context.Context, w *sparta.Workflow) error {
			for name, resource := range resources {
				copied := *resource
				if err := w.Template.Add(name, &copied); err != nil {
					return err
				}
			}
			return nil
		}},
	}
}

// invokers are the statements of a function's resource policy.
func (d *deployment) invokers(function string) string {
	d.t.Helper()
	var found struct{ Policy string }
	d.account.CLI(d.t, &found, "lambda", "get-policy", "--function-name", function)
	return found.Policy
}

// unchanged provisions again, which must change nothing.
func (d *deployment) unchanged() {
	d.t.Helper()
	if result := d.must(); result.Changed {
		d.t.Errorf("a second run changed %v", result.Changes)
	}
}

// TestATopicOfTheStackInvokesAFunction deploys a subscription, changes it, and deletes it with the stack.
func TestATopicOfTheStackInvokesAFunction(t *testing.T) {
	d := newDeployment(t)
	d.service.Hooks = adding(map[string]*cloudformation.Resource{
		"Orders": {Type: "AWS::SNS::Topic", Properties: map[string]any{"TopicName": "orders"}},
		"Lost":   {Type: "AWS::SQS::Queue", Properties: map[string]any{"QueueName": "lost"}},
	})
	permission := sparta.SNSPermission{
		BasePermission: sparta.BasePermission{SourceArn: cloudformation.Ref("Orders")},
		FilterPolicy:   map[string]any{"colour": []any{"blue", map[string]any{"prefix": "green"}}},
		RedrivePolicy:  &sparta.SNSRedrivePolicy{DeadLetterTargetArn: cloudformation.GetAtt{"Lost", "Arn"}},
	}
	d.service.Functions[0].Permissions = []sparta.LambdaPermissionExporter{permission}
	d.must()
	topic := "arn:aws:sns:us-east-1:" + d.account.ID + ":orders"
	attributes := d.subscription(topic)
	for name, want := range map[string]string{
		"Endpoint":      "arn:aws:lambda:us-east-1:" + d.account.ID + ":function:Tested-hello",
		"Protocol":      "lambda",
		"FilterPolicy":  `{"colour": ["blue", {"prefix": "green"}]}`,
		"RedrivePolicy": `{"deadLetterTargetArn": "arn:aws:sqs:us-east-1:` + d.account.ID + `:lost"}`,
	} {
		if attributes[name] != want {
			t.Errorf("%s is %q, want %q", name, attributes[name], want)
		}
	}
	if policy := d.invokers("Tested-hello"); !strings.Contains(policy, "sns.amazonaws.com") ||
		!strings.Contains(policy, topic) {
		t.Errorf("the function's policy is %s", policy)
	}
	var queue struct{ Attributes struct{ Policy string } }
	d.account.CLI(t, &queue, "sqs", "get-queue-attributes", "--attribute-names", "Policy",
		"--queue-url", "https://queue.amazonaws.com/"+d.account.ID+"/lost")
	if policy := queue.Attributes.Policy; !strings.Contains(policy, "sqs:SendMessage") ||
		!strings.Contains(policy, topic) {
		t.Errorf("the queue's policy is %s", policy)
	}
	d.unchanged()

	permission.FilterPolicy, permission.FilterPolicyScope = map[string]any{"size": []any{1}}, "MessageBody"
	permission.RedrivePolicy = nil
	d.service.Functions[0].Permissions = []sparta.LambdaPermissionExporter{permission}
	d.must()
	attributes = d.subscription(topic)
	if attributes["FilterPolicy"] != `{"size": [1]}` || attributes["FilterPolicyScope"] != "MessageBody" ||
		attributes["RedrivePolicy"] != "" {
		t.Errorf("after a change, the subscription is %v", attributes)
	}

	if err := d.delete("", true); err != nil {
		t.Fatal(err)
	}
	if left := string(d.account.CLI(t, nil, "sns", "list-subscriptions")); strings.Contains(left, "orders") {
		t.Errorf("deleting the stack left %s", left)
	}
}

// subscription is the only one of a topic.
func (d *deployment) subscription(topic string) map[string]string {
	d.t.Helper()
	var found struct {
		Subscriptions []struct{ SubscriptionArn string }
	}
	d.account.CLI(d.t, &found, "sns", "list-subscriptions-by-topic", "--topic-arn", topic)
	if len(found.Subscriptions) != 1 {
		d.t.Fatalf("the topic has the subscriptions %v", found.Subscriptions)
	}
	text := d.account.CLI(d.t, nil, "sns", "get-subscription-attributes",
		"--subscription-arn", found.Subscriptions[0].SubscriptionArn)
	var attributes struct{ Attributes map[string]string }
	if err := json.Unmarshal(text, &attributes); err != nil {
		d.t.Fatal(err)
	}
	return attributes.Attributes
}
