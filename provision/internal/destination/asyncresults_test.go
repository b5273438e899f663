package destination

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

func config(success, failure any) *sparta.LambdaEventInvokeConfig {
	destinations := &sparta.LambdaEventInvokeDestinationConfig{}
	if success != nil {
		destinations.OnSuccess = &sparta.LambdaEventInvokeDestination{Destination: success}
	}
	if failure != nil {
		destinations.OnFailure = &sparta.LambdaEventInvokeDestination{Destination: failure}
	}
	return &sparta.LambdaEventInvokeConfig{DestinationConfig: destinations}
}

func template() *cloudformation.Template {
	template := cloudformation.NewTemplate("")
	for id, resource := range map[string]*cloudformation.Resource{
		"Queue":   {Type: "AWS::SQS::Queue"},
		"Ordered": {Type: "AWS::SQS::Queue", Properties: map[string]any{"FifoQueue": true}},
		"Topic":   {Type: "AWS::SNS::Topic"},
		"Stream":  {Type: "AWS::Kinesis::Stream"},
	} {
		template.Resources[id] = resource
	}
	return template
}

func TestOutcomesThatCannotBeSent(t *testing.T) {
	for name, test := range map[string]struct {
		config *sparta.LambdaEventInvokeConfig
		want   string
	}{
		"successes to a bucket": {
			config("arn:aws:s3:::done", nil),
			"EventInvokeConfig.DestinationConfig.OnSuccess: Destination arn:aws:s3:::done is of service s3: " +
				"use an SQS queue, an SNS topic, a Lambda function or an event bus",
		},
		"failures to a stream": {
			config(nil, cloudformation.GetAtt{"Stream", "Arn"}),
			"EventInvokeConfig.DestinationConfig.OnFailure: Destination Stream.Arn refers to a resource of type " +
				"AWS::Kinesis::Stream: use an SQS queue, an SNS topic, an S3 bucket, a Lambda function or an event bus",
		},
		"failures to a FIFO queue": {
			config(nil, cloudformation.GetAtt{"Ordered", "Arn"}), "Destination Ordered.Arn is a FIFO queue or topic",
		},
		"failures to a FIFO topic": {
			config(nil, "arn:aws:sns:eu-west-1:123456789012:lost.fifo"), "is a FIFO queue or topic",
		},
		"the URL of a queue": {
			config(cloudformation.Ref("Queue"), nil), `use cloudformation.GetAtt{"Queue", "Arn"}`,
		},
		"the name of a topic": {
			config(cloudformation.GetAtt{"Topic", "TopicName"}, nil), `use cloudformation.Ref("Topic")`,
		},
		"a destination of unknown kind": {
			config(cloudformation.ImportValue{Name: "x"}, nil), "the kind of this resource is unknown",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := OutcomeStatements(template(), test.config)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}

func TestStatementsForOutcomes(t *testing.T) {
	for name, test := range map[string]struct {
		config *sparta.LambdaEventInvokeConfig
		want   string
	}{
		"a queue and a topic": {
			config(cloudformation.GetAtt{"Queue", "Arn"}, cloudformation.Ref("Topic")),
			"sqs:SendMessage Queue.Arn, sns:Publish Topic",
		},
		"a function and a bucket": {
			config("arn:aws:lambda:eu-west-1:123456789012:function:next", "arn:aws:s3:::lost"),
			"lambda:InvokeFunction arn:aws:lambda:eu-west-1:123456789012:function:next, " +
				`s3:PutObject {"Fn::Join":["",["arn:aws:s3:::lost","/*"]]}, s3:ListBucket arn:aws:s3:::lost`,
		},
		"an event bus": {
			config("arn:aws:events:eu-west-1:123456789012:event-bus/default", nil),
			"events:PutEvents arn:aws:events:eu-west-1:123456789012:event-bus/default",
		},
		"nowhere":      {config(nil, nil), ""},
		"no settings":  {nil, ""},
		"only retries": {&sparta.LambdaEventInvokeConfig{MaximumRetryAttempts: 1}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			statements, err := OutcomeStatements(template(), test.config)
			if err != nil {
				t.Fatal(err)
			}
			var texts []string
			for _, statement := range statements {
				actions, _ := statement["Action"].([]string)
				texts = append(texts, strings.Join(actions, " ")+" "+show.Expression(statement["Resource"]))
			}
			if got := strings.Join(texts, ", "); got != test.want {
				t.Errorf("the statements are %s\n    want %s", got, test.want)
			}
		})
	}
}
