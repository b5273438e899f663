package decorator

import (
	"context"
	"errors"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// LogAggregatorDecorator sends the logs of functions to one Kinesis stream, which a function reads. It is a decorator
// of each of the functions and of the service:
//
//	aggregator := decorator.NewLogAggregatorDecorator(nil, nil, relay)
//	for _, function := range functions {
//		function.Decorators = append(function.Decorators, aggregator)
//	}
//	hooks := &sparta.WorkflowHooks{ServiceDecorators: []sparta.ServiceDecoratorHookHandler{aggregator}}
type LogAggregatorDecorator struct {
	// FilterPattern selects what is sent, as a CloudWatch Logs filter pattern. Empty means everything.
	FilterPattern string

	stream *cloudformation.Resource
	relay  *sparta.LambdaAWSInfo
}

// Logical IDs of the resources that all functions share.
const (
	logStreamID = "LogAggregatorStream"
	logRoleID   = "LogAggregatorRole"
)

// NewLogAggregatorDecorator makes a stream of logs that the relay function reads. A nil stream means a stream with
// on-demand capacity, and a nil mapping means that reading starts at the stream's end. The call itself adds the mapping
// to the relay. The relay's own logs are not sent, even if it has the decorator.
func NewLogAggregatorDecorator(
	stream *cloudformation.Resource, mapping *sparta.EventSourceMapping, relay *sparta.LambdaAWSInfo,
) *LogAggregatorDecorator {
	if stream == nil {
		stream = &cloudformation.Resource{
			Type: "AWS::Kinesis::Stream",
			Properties: map[string]any{
				"StreamModeDetails": map[string]any{"StreamMode": "ON_DEMAND"},
				"StreamEncryption":  map[string]any{"EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"},
			},
			DeletionPolicy:      cloudformation.Delete,
			UpdateReplacePolicy: cloudformation.Delete,
		}
	}
	own := sparta.EventSourceMapping{StartingPosition: "LATEST"}
	if mapping != nil {
		own = *mapping
	}
	own.EventSourceArn = cloudformation.GetAtt{logStreamID, "Arn"}
	if relay != nil { // DecorateService reports it
		relay.EventSourceMappings = append(relay.EventSourceMappings, &own)
	}
	return &LogAggregatorDecorator{stream: stream, relay: relay}
}

// KinesisLogicalResourceName is the logical ID of the stream.
func (d *LogAggregatorDecorator) KinesisLogicalResourceName() string { return logStreamID }

// DecorateService adds the stream, and the role with which CloudWatch Logs writes to it.
func (d *LogAggregatorDecorator) DecorateService(_ context.Context, w *sparta.Workflow) error {
	if d.relay == nil || w.FunctionIDs[d.relay.Name()] == "" {
		return errors.New("log aggregation: the relay is not one of the service's functions: add it to them")
	}
	if err := w.Template.Add(logStreamID, d.stream); err != nil {
		return err
	}
	arn := cloudformation.GetAtt{logStreamID, "Arn"}
	return w.Template.Add(logRoleID, &cloudformation.Resource{
		Type: "AWS::IAM::Role",
		Properties: map[string]any{
			"AssumeRolePolicyDocument": policy(map[string]any{
				"Effect": "Allow", "Action": "sts:AssumeRole",
				"Principal": map[string]any{"Service": "logs.amazonaws.com"},
				"Condition": map[string]any{
					"StringEquals": map[string]any{"aws:SourceAccount": cloudformation.AccountID},
				},
			}),
			"Policies": []any{map[string]any{
				"PolicyName": "stream",
				"PolicyDocument": policy(map[string]any{
					"Effect": "Allow", "Action": []string{"kinesis:PutRecord", "kinesis:PutRecords"}, "Resource": arn,
				}),
			}},
		},
	})
}

// DecorateTemplate sends the log of a function to the stream.
func (d *LogAggregatorDecorator) DecorateTemplate(_ context.Context, w *sparta.Workflow) error {
	if w.Function == d.relay {
		return nil
	}
	var group any = cloudformation.Ref(w.LogGroupID)
	if w.LogGroupID == "" {
		group = w.Function.Options.LoggingConfig.LogGroup
	}
	return w.Template.Add(w.LogicalID+"LogAggregation", &cloudformation.Resource{
		Type: "AWS::Logs::SubscriptionFilter",
		Properties: map[string]any{
			"LogGroupName":   group,
			"FilterPattern":  d.FilterPattern,
			"DestinationArn": cloudformation.GetAtt{logStreamID, "Arn"},
			"RoleArn":        cloudformation.GetAtt{logRoleID, "Arn"},
		},
	})
}

// policy is a policy document.
func policy(statements ...any) map[string]any {
	return map[string]any{"Version": "2012-10-17", "Statement": statements}
}
