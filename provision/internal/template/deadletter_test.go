package template

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
)

func TestDeadLetterTargetsOfTheTemplateAreNotFIFO(t *testing.T) {
	arn := cloudformation.GetAtt{"Target", "Arn"}
	for name, c := range map[string]struct {
		target  *cloudformation.Resource
		arn     any
		refused bool
	}{
		"a standard queue": {&cloudformation.Resource{Type: "AWS::SQS::Queue"}, arn, false},
		"a FIFO queue": {&cloudformation.Resource{
			Type: "AWS::SQS::Queue", Properties: map[string]any{"FifoQueue": true},
		}, arn, true},
		"a FIFO queue, with text": {&cloudformation.Resource{
			Type: "AWS::SQS::Queue", Properties: map[string]any{"FifoQueue": "true"},
		}, arn, true},
		"a FIFO topic": {&cloudformation.Resource{
			Type: "AWS::SNS::Topic", Properties: map[string]any{"FifoTopic": true},
		}, cloudformation.Ref("Target"), true},
		"a queue that is not FIFO": {&cloudformation.Resource{
			Type: "AWS::SQS::Queue", Properties: map[string]any{"FifoQueue": false},
		}, arn, false},
		"a resource of another type": {&cloudformation.Resource{
			Type: "Custom::Queue", Properties: map[string]any{"FifoQueue": true},
		}, arn, false},
		"an ARN of its own": {&cloudformation.Resource{
			Type: "AWS::SQS::Queue", Properties: map[string]any{"FifoQueue": true},
		}, "arn:aws:sqs:eu-west-1:123456789012:q", false},
	} {
		template := cloudformation.NewTemplate("")
		template.Resources = map[string]*cloudformation.Resource{
			"HelloFunction": {Type: "AWS::Lambda::Function", Properties: map[string]any{
				"DeadLetterConfig": map[string]any{"TargetArn": c.arn},
			}},
			"Target": c.target,
		}
		err := CheckDeadLetters(template)
		const want = "Target of HelloFunction is a FIFO"
		if (err != nil) != c.refused || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
