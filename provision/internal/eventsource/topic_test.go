package eventsource

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// refused adds a function's permissions to a template with some resources, and returns the error.
func refused(t *testing.T, permissions ...sparta.LambdaPermissionExporter) string {
	t.Helper()
	info := sparta.HandleAWSLambda("hello", func() {}, sparta.IAMRoleDefinition{})
	info.Permissions = permissions
	if err := sparta.Validate("Test", []*sparta.LambdaAWSInfo{info}); err != nil {
		return err.Error()
	}
	template := cloudformation.NewTemplate("")
	for name, resource := range map[string]*cloudformation.Resource{
		"Topic":     {Type: "AWS::SNS::Topic"},
		"Ordered":   {Type: "AWS::SNS::Topic", Properties: map[string]any{"FifoTopic": true}},
		"Queue":     {Type: "AWS::SQS::Queue"},
		"Fifo":      {Type: "AWS::SQS::Queue", Properties: map[string]any{"FifoQueue": true}},
		"Guarded":   {Type: "AWS::SQS::Queue"},
		"Bus":       {Type: "AWS::Events::EventBus"},
		"OtherLogs": {Type: "AWS::Logs::LogGroup"},
		"HelloLogGroup": {
			Type: "AWS::Logs::LogGroup", Properties: map[string]any{"LogGroupName": "/aws/lambda/Test-hello"},
		},
		"Guard": {Type: "AWS::SQS::QueuePolicy", Properties: map[string]any{
			"Queues": []any{cloudformation.Ref("Guarded")}, "PolicyDocument": "{}",
		}},
	} {
		template.Resources[name] = resource
	}
	if _, err := AddTo(template, info, Target{ID: "Hello"}); err != nil {
		return err.Error()
	}
	return ""
}

// refusals are permissions that fail when the template is made, with a part of the error, by what is wrong.
type refusals map[string]struct {
	permissions []sparta.LambdaPermissionExporter
	want        string
}

func (r refusals) test(t *testing.T) {
	t.Helper()
	for name, test := range r {
		t.Run(name, func(t *testing.T) {
			if got := refused(t, test.permissions...); !strings.Contains(got, test.want) || got == "" {
				t.Errorf("the error is %q\nwant one with %q", got, test.want)
			}
		})
	}
}

func one(permission sparta.LambdaPermissionExporter) []sparta.LambdaPermissionExporter {
	return []sparta.LambdaPermissionExporter{permission}
}

func TestTopicsThatAreRefused(t *testing.T) {
	topic := func(source any, change func(*sparta.SNSPermission)) []sparta.LambdaPermissionExporter {
		permission := sparta.SNSPermission{BasePermission: sparta.BasePermission{SourceArn: source}}
		if change != nil {
			change(&permission)
		}
		return one(permission)
	}
	filtered := func(scope string, filter map[string]any) []sparta.LambdaPermissionExporter {
		return topic(cloudformation.Ref("Topic"), func(p *sparta.SNSPermission) {
			p.FilterPolicy, p.FilterPolicyScope = filter, scope
		})
	}
	redriven := func(queue any) []sparta.LambdaPermissionExporter {
		return topic(cloudformation.Ref("Topic"), func(p *sparta.SNSPermission) {
			p.RedrivePolicy = &sparta.SNSRedrivePolicy{DeadLetterTargetArn: queue}
		})
	}
	refusals{
		"no topic": {topic(nil, nil), "SourceArn is missing: set it to the ARN of an SNS topic"},
		"a queue of the stack": {
			topic(cloudformation.Ref("Queue"), nil),
			"SourceArn Queue refers to a resource of type AWS::SQS::Queue: use an SNS topic",
		},
		"the ARN of a queue": {
			topic("arn:aws:sqs:us-east-1:123456789012:jobs", nil),
			"SourceArn arn:aws:sqs:us-east-1:123456789012:jobs is not the ARN of an SNS topic",
		},
		"a FIFO topic": {
			topic("arn:aws:sns:us-east-1:123456789012:a.fifo", nil), "is a FIFO topic, which delivers to queues only",
		},
		"a FIFO topic of the stack": {topic(cloudformation.Ref("Ordered"), nil), "SourceArn Ordered is a FIFO topic"},
		"a topic twice": {
			append(topic(cloudformation.Ref("Topic"), nil), topic(cloudformation.Ref("Topic"), nil)...),
			"SourceArn Topic is the topic of two SNSPermissions",
		},
		"raw delivery": {
			topic(cloudformation.Ref("Topic"), func(p *sparta.SNSPermission) { p.RawMessageDelivery = true }),
			"RawMessageDelivery is for queues, HTTP and Firehose",
		},
		"a delivery policy": {
			topic(cloudformation.Ref("Topic"), func(p *sparta.SNSPermission) {
				p.DeliveryPolicy = map[string]any{"healthyRetryPolicy": map[string]any{"numRetries": 3}}
			}),
			"DeliveryPolicy is for HTTP",
		},
		"an empty filter": {filtered("", map[string]any{}), "FilterPolicy is empty"},
		"a scope without a filter": {
			filtered("MessageBody", nil), "FilterPolicyScope MessageBody has no FilterPolicy",
		},
		"an unknown scope": {
			filtered("Body", map[string]any{"a": []any{1}}), `FilterPolicyScope "Body" is invalid`,
		},
		"a filter without a list": {
			filtered("", map[string]any{"a": "b"}), `FilterPolicy.a is "b", which is not a list`,
		},
		"an empty list": {filtered("", map[string]any{"a": []any{}}), "FilterPolicy.a is an empty list"},
		"a nested attribute": {
			filtered("", map[string]any{"a": map[string]any{"b": []any{1}}}), "set FilterPolicyScope to MessageBody",
		},
		"six attributes": {
			filtered("", map[string]any{
				"a": []any{1}, "b": []any{1}, "c": []any{1}, "d": []any{1}, "e": []any{1}, "f": []any{1},
			}),
			"FilterPolicy has 6 keys: use at most 5",
		},
		"many combinations": {
			filtered("MessageBody", map[string]any{
				"a": map[string]any{"b": []any{1, 2, 3, 4, 5, 6, 7, 8}}, "c": []any{1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
				"d": []any{1, 2},
			}),
			"FilterPolicy has 160 combinations of values",
		},
		"an unknown operator": {
			filtered("MessageBody", map[string]any{"a": map[string]any{"b": []any{map[string]any{"prefx": "x"}}}}),
			`FilterPolicy.a.b[0] has the key "prefx", which is not an operator`,
		},
		"a redrive policy without a queue": {
			redriven(nil), "RedrivePolicy.DeadLetterTargetArn of type <nil> is invalid",
		},
		"dead letters to a topic": {
			redriven(cloudformation.Ref("Topic")),
			"RedrivePolicy.DeadLetterTargetArn Topic refers to a resource of type AWS::SNS::Topic: use an SQS queue",
		},
		"dead letters to a FIFO queue": {
			redriven(cloudformation.GetAtt{"Fifo", "Arn"}), "Fifo.Arn is a FIFO queue",
		},
		"dead letters to a queue with a policy in text": {
			redriven(cloudformation.GetAtt{"Guarded", "Arn"}),
			"queue Guarded has the policy Guard, which cannot be extended",
		},
	}.test(t)
}
