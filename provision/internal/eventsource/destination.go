package eventsource

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/sparta"
)

// destination is a kind of resource that Lambda sends results or failures to.
type destination struct {
	kind
	statements func(arn any) []map[string]any // what the function's role has to allow
}

// sendTo is the statement of a destination that one action serves.
func sendTo(action string) func(arn any) []map[string]any {
	return func(arn any) []map[string]any { return []map[string]any{iam.Allow(arn, action)} }
}

func destinations() []destination {
	return []destination{
		{kind{"an SQS queue", "sqs", map[string][]string{"AWS::SQS::Queue": {"Arn"}}}, sendTo("sqs:SendMessage")},
		{
			kind{"an SNS topic", "sns", map[string][]string{"AWS::SNS::Topic": {"Ref", "TopicArn"}}},
			sendTo("sns:Publish"),
		},
		{
			kind{"an S3 bucket", "s3", map[string][]string{"AWS::S3::Bucket": {"Arn"}}},
			func(arn any) []map[string]any {
				return []map[string]any{
					iam.Allow(cloudformation.Join{Values: []any{arn, "/*"}}, "s3:PutObject"),
					iam.Allow(arn, "s3:ListBucket"),
				}
			},
		},
		{
			kind{"a Lambda function", "lambda", map[string][]string{
				"AWS::Lambda::Function": {"Arn"}, "AWS::Lambda::Alias": {"Ref"}, "AWS::Lambda::Version": {"Ref"},
			}},
			sendTo("lambda:InvokeFunction"),
		},
		{
			kind{"an event bus", "events", map[string][]string{"AWS::Events::EventBus": {"Arn"}}},
			sendTo("events:PutEvents"),
		},
	}
}

// destinationOf finds the kind of a destination among those of these services. Its errors begin with the value.
func destinationOf(template *cloudformation.Template, arn any, services ...string) (destination, error) {
	var allowed []destination
	var kinds []kind
	for _, destination := range destinations() {
		if slices.Contains(services, destination.service) {
			allowed, kinds = append(allowed, destination), append(kinds, destination.kind)
		}
	}
	position, resource, err := find(template, arn, kinds)
	if err != nil {
		return destination{}, err
	}
	if isFIFO(arn, resource) {
		return destination{}, fmt.Errorf("%s is a FIFO queue or topic, to which Lambda does not send: "+
			"use a standard one", words(arn))
	}
	return allowed[position], nil
}

// servicesForDiscarded are those that a mapping can report discarded records to.
func servicesForDiscarded() []string { return []string{"sqs", "sns", "s3"} }

// failureDestination is where the mapping reports discarded records to, or nil.
func failureDestination(m *sparta.EventSourceMapping) any {
	if m.DestinationConfig == nil || m.DestinationConfig.OnFailure == nil {
		return nil
	}
	return m.DestinationConfig.OnFailure.Destination
}

// checkDestination returns an error if discarded records cannot go to where the mapping says.
func (c connection) checkDestination() error {
	target := failureDestination(c.EventSourceMapping)
	if target == nil {
		return nil
	}
	if text, isText := target.(string); isText && strings.HasPrefix(text, "kafka://") {
		if len(c.Topics) > 0 {
			return nil
		}
		return fmt.Errorf("DestinationConfig.OnFailure.Destination %s is for Kafka sources: use an SQS queue, an SNS "+
			"topic or an S3 bucket", text)
	}
	_, err := destinationOf(c.template, target, servicesForDiscarded()...)
	if errors.Is(err, errUnknownKind) && c.roleIsForeign() {
		return nil
	}
	if err != nil {
		return fmt.Errorf("DestinationConfig.OnFailure.Destination %w", err)
	}
	return nil
}

// destinationStatements let Lambda report discarded records.
func (c connection) destinationStatements() []map[string]any {
	target := failureDestination(c.EventSourceMapping)
	if target == nil {
		return nil
	}
	if text, isText := target.(string); isText && strings.HasPrefix(text, "kafka://") {
		if c.EventSourceArn == nil || len(c.SourceAccessConfigurations) > 0 {
			return nil // the secret's user has to be allowed
		}
		topic := ofCluster(c.EventSourceArn, "topic", strings.TrimPrefix(text, "kafka://"))
		return []map[string]any{iam.Allow([]any{c.EventSourceArn, topic}, "kafka-cluster:Connect",
			"kafka-cluster:DescribeTopic", "kafka-cluster:WriteData")}
	}
	destination, err := destinationOf(c.template, target, servicesForDiscarded()...)
	if err != nil {
		return nil // checkDestination reports it; without a template it is not known
	}
	return destination.statements(target)
}
