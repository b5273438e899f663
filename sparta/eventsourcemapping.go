package sparta

import (
	"errors"
	"fmt"

	"github.com/go-sparta/sparta/internal/expression"
)

// EventSourceMapping lets Lambda read a queue, a stream, a topic or a collection, and invoke the function with batches
// of its records. Zero values mean Lambda's defaults. Each setting is only for some kinds of sources: a deployment
// refuses those that Lambda would refuse.
type EventSourceMapping struct {
	// EventSourceArn is the ARN of an SQS queue, a Kinesis stream or one of its consumers, a DynamoDB stream, an MSK
	// cluster, an Amazon MQ broker or a DocumentDB cluster, or an intrinsic that results in one, such as
	// cloudformation.GetAtt{"Queue", "Arn"} of a queue in the same stack. It is nil with SelfManagedEventSource.
	EventSourceArn         any                     `json:"eventSourceArn,omitempty"`
	SelfManagedEventSource *EventSourceSelfManaged `json:"selfManagedEventSource,omitempty"` // Kafka

	Disabled                       bool     `json:"disabled,omitempty"`
	BatchSize                      int64    `json:"batchSize,omitempty"`                      // records
	MaximumBatchingWindowInSeconds int64    `json:"maximumBatchingWindowInSeconds,omitempty"` // up to 300
	Queues                         []string `json:"queues,omitempty"`                         // of a broker: one
	Topics                         []string `json:"topics,omitempty"`                         // of Kafka: one

	// StartingPosition is where to begin with a stream or a topic: LATEST, TRIM_HORIZON for the oldest record, or
	// AT_TIMESTAMP with StartingPositionTimestamp, in seconds since 1970.
	StartingPosition          string `json:"startingPosition,omitempty"`
	StartingPositionTimestamp int64  `json:"startingPositionTimestamp,omitempty"`

	// FunctionResponseTypes is ReportBatchItemFailures if the function returns which records have failed.
	FunctionResponseTypes      []string                      `json:"functionResponseTypes,omitempty"`
	BisectBatchOnFunctionError bool                          `json:"bisectBatchOnFunctionError,omitempty"`
	MaximumRecordAgeInSeconds  int64                         `json:"maximumRecordAgeInSeconds,omitempty"`
	MaximumRetryAttempts       int64                         `json:"maximumRetryAttempts,omitempty"` // or NoRetries
	DestinationConfig          *EventSourceDestinationConfig `json:"destinationConfig,omitempty"`
	FilterCriteria             *EventSourceFilterCriteria    `json:"filterCriteria,omitempty"`
	KmsKeyArn                  any                           `json:"kmsKeyArn,omitempty"` // encrypts the filters

	ParallelizationFactor   int64                               `json:"parallelizationFactor,omitempty"` // up to 10
	TumblingWindowInSeconds int64                               `json:"tumblingWindowInSeconds,omitempty"`
	ScalingConfig           *EventSourceScalingConfig           `json:"scalingConfig,omitempty"`
	ProvisionedPollerConfig *EventSourceProvisionedPollerConfig `json:"provisionedPollerConfig,omitempty"`
	MetricsConfig           *EventSourceMetricsConfig           `json:"metricsConfig,omitempty"`
	LoggingConfig           *EventSourceLoggingConfig           `json:"loggingConfig,omitempty"`

	SourceAccessConfigurations []EventSourceAccessConfiguration `json:"sourceAccessConfigurations,omitempty"`

	AmazonManagedKafkaEventSourceConfig *EventSourceKafkaConfig `json:"amazonManagedKafkaEventSourceConfig,omitempty"`
	SelfManagedKafkaEventSourceConfig   *EventSourceKafkaConfig `json:"selfManagedKafkaEventSourceConfig,omitempty"`

	DocumentDBEventSourceConfig *EventSourceDocumentDBConfig `json:"documentDBEventSourceConfig,omitempty"`

	Tags map[string]string `json:"tags,omitempty"` // of the mapping itself
}

// EventSourceDestinationConfig says where discarded records are reported.
type EventSourceDestinationConfig struct {
	OnFailure *EventSourceOnFailure `json:"onFailure,omitempty"`
}

// EventSourceOnFailure is the destination of discarded records.
type EventSourceOnFailure struct {
	// Destination is the ARN of an SQS queue, an SNS topic or an S3 bucket, an intrinsic that results in one, or, for a
	// Kafka source, kafka:// and a topic of the same cluster.
	Destination any `json:"destination,omitempty"`
}

// EventSourceScalingConfig limits the concurrency of a queue.
type EventSourceScalingConfig struct {
	MaximumConcurrency int64 `json:"maximumConcurrency,omitempty"` // 2 to 1000
}

// EventSourceProvisionedPollerConfig reserves pollers of a source.
type EventSourceProvisionedPollerConfig struct {
	MinimumPollers  int64  `json:"minimumPollers,omitempty"`  // up to 200
	MaximumPollers  int64  `json:"maximumPollers,omitempty"`  // up to 2000
	PollerGroupName string `json:"pollerGroupName,omitempty"` // of Kafka: mappings that share pollers
}

// EventSourceMetricsConfig requests further metrics.
type EventSourceMetricsConfig struct {
	Metrics []string `json:"metrics,omitempty"` // EventCount; of Kafka also ErrorCount and KafkaMetrics
}

// EventSourceLoggingConfig requests logs of the pollers of Kafka.
type EventSourceLoggingConfig struct {
	SystemLogLevel string `json:"systemLogLevel,omitempty"` // DEBUG, INFO or WARN
}

// NoRetries is a MaximumRetryAttempts of zero. Zero itself means Lambda's default.
const NoRetries int64 = -2

func (m *EventSourceMapping) problems() []error {
	switch {
	case m.EventSourceArn != nil && m.SelfManagedEventSource != nil:
		return []error{errors.New("both EventSourceArn and SelfManagedEventSource are set: clear one")}
	case m.SelfManagedEventSource == nil && !expression.Is(m.EventSourceArn):
		return []error{fmt.Errorf("EventSourceArn of type %T is invalid: use the ARN of a queue, a stream, a cluster "+
			"or a broker, or a CloudFormation intrinsic", m.EventSourceArn)}
	}
	return nil
}
