package mapping

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/iam"
)

// settingsOfStreams are those that Kinesis and DynamoDB streams have.
func settingsOfStreams(more ...string) []string {
	return append(more, "StartingPosition", "BisectBatchOnFunctionError", "DestinationConfig",
		"MaximumRecordAgeInSeconds", "MaximumRetryAttempts", "ParallelizationFactor", "TumblingWindowInSeconds",
		"FunctionResponseTypes", "MetricsConfig")
}

// stream is a Kinesis data stream, or a consumer of one, with its own throughput.
func stream() reader {
	return reader{
		Kind: arn.Kind{
			Title:   "a Kinesis stream",
			Service: "kinesis",
			Attributes: map[string][]string{
				"AWS::Kinesis::Stream":         {"Arn"},
				"AWS::Kinesis::StreamConsumer": {"Ref", "ConsumerARN"},
			},
		},
		allows:     settingsOfStreams("StartingPositionTimestamp"),
		check:      checkStream,
		statements: streamStatements,
	}
}

func checkStream(c connection) error {
	errs := []error{c.checkStart()}
	if at := c.StartingPositionTimestamp; at > time.Now().Unix() {
		errs = append(errs, fmt.Errorf("StartingPositionTimestamp %d is in the future, at %s: use a time before now",
			at, time.Unix(at, 0).UTC().Format(time.RFC3339)))
	}
	return errors.Join(append(errs, c.checkMetrics(), c.checkDestination())...)
}

func streamStatements(c connection) []map[string]any {
	stream := c.EventSourceArn
	consumer := false
	if c.source != nil && c.source.Type == "AWS::Kinesis::StreamConsumer" {
		consumer, stream = true, c.source.Properties["StreamARN"]
	} else if arn, _, found := strings.Cut(arn.Outline(c.EventSourceArn), "/consumer/"); found && c.source == nil {
		consumer = true
		if _, isText := c.EventSourceArn.(string); isText {
			stream = arn
		} else {
			stream = "*"
		}
	}
	statements := []map[string]any{iam.Allow(stream, "kinesis:DescribeStream",
		"kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards")}
	if consumer {
		statements = append(statements, iam.Allow(c.EventSourceArn, "kinesis:DescribeStreamConsumer",
			"kinesis:SubscribeToShard"))
	}
	if source := c.resourceOf(stream); source != nil {
		encryption, _ := arn.Generic(source.Properties["StreamEncryption"]).(map[string]any)
		statements = append(statements, decrypt(c.template, encryption["KeyId"])...)
	}
	return append(statements, c.destinationStatements()...)
}

// tableStream is the stream of a DynamoDB table.
func tableStream() reader {
	return reader{
		Kind: arn.Kind{
			Title:   "a DynamoDB stream",
			Service: "dynamodb",
			Attributes: map[string][]string{
				"AWS::DynamoDB::Table":       {"StreamArn"},
				"AWS::DynamoDB::GlobalTable": {"StreamArn"},
			},
		},
		allows: settingsOfStreams(),
		check: func(c connection) error {
			errs := []error{checkStream(c)}
			if c.StartingPosition == "AT_TIMESTAMP" {
				errs = append(errs, errors.New("StartingPosition AT_TIMESTAMP is not for a DynamoDB stream: "+
					"use LATEST or TRIM_HORIZON"))
			}
			if c.source != nil && c.source.Properties["StreamSpecification"] == nil {
				errs = append(errs, errors.New("the table of EventSourceArn has no stream: set its "+
					`StreamSpecification, for example to {"StreamViewType": "NEW_AND_OLD_IMAGES"}`))
			}
			if text := arn.Outline(c.EventSourceArn); c.source == nil && !strings.Contains(text, "/stream/") {
				errs = append(errs, fmt.Errorf("EventSourceArn %s is the ARN of a table: use the ARN of its stream, "+
					"which ends in /stream/ and a time", text))
			}
			return errors.Join(errs...)
		},
		statements: func(c connection) []map[string]any {
			return append([]map[string]any{
				iam.Allow(c.EventSourceArn, "dynamodb:DescribeStream", "dynamodb:GetRecords",
					"dynamodb:GetShardIterator"),
				iam.Allow("*", "dynamodb:ListStreams"), // this action cannot be limited to a stream
			}, c.destinationStatements()...)
		},
	}
}
