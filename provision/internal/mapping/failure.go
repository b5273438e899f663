package mapping

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/destination"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/sparta"
)

// servicesForDiscarded are the services to which a mapping can report discarded records.
func servicesForDiscarded() []string { return []string{"sqs", "sns", "s3"} }

// failureDestination is where the mapping reports discarded records, or nil.
func failureDestination(m *sparta.EventSourceMapping) any {
	if m.DestinationConfig == nil || m.DestinationConfig.OnFailure == nil {
		return nil
	}
	return m.DestinationConfig.OnFailure.Destination
}

// checkDestination returns an error if the mapping cannot report discarded records to its destination.
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
	_, err := destination.Of(c.template, target, servicesForDiscarded()...)
	if errors.Is(err, arn.ErrUnknownKind) && c.foreign {
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
			return nil // the user of the secret needs the permission, not the role
		}
		topic := ofCluster(c.EventSourceArn, "topic", strings.TrimPrefix(text, "kafka://"))
		return []map[string]any{iam.Allow([]any{c.EventSourceArn, topic}, "kafka-cluster:Connect",
			"kafka-cluster:DescribeTopic", "kafka-cluster:WriteData")}
	}
	found, err := destination.Of(c.template, target, servicesForDiscarded()...)
	if err != nil {
		return nil // checkDestination reports it; without a template it is not known
	}
	return found.Statements(target)
}
