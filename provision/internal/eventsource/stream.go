package eventsource

import (
	"errors"

	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/sparta"
)

// stream is a Kinesis data stream.
func stream() reader {
	return reader{
		title:        "a Kinesis stream",
		service:      "kinesis",
		resourceType: "AWS::Kinesis::Stream",
		check:        startsSomewhere,
		statements: func(m *sparta.EventSourceMapping) []map[string]any {
			return []map[string]any{iam.Allow(m.EventSourceArn, "kinesis:DescribeStream",
				"kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards")}
		},
	}
}

// tableStream is the stream of a DynamoDB table.
func tableStream() reader {
	return reader{
		title:        "a DynamoDB stream",
		service:      "dynamodb",
		resourceType: "AWS::DynamoDB::Table",
		check:        startsSomewhere,
		statements: func(m *sparta.EventSourceMapping) []map[string]any {
			return []map[string]any{
				iam.Allow(m.EventSourceArn, "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
				iam.Allow("*", "dynamodb:ListStreams"),
			}
		},
	}
}

// startsSomewhere returns an error if a stream's mapping has no starting position.
func startsSomewhere(m *sparta.EventSourceMapping) error {
	if m.StartingPosition == "" {
		return errors.New("StartingPosition is missing: use LATEST for new records only, " +
			"or TRIM_HORIZON for those that the stream still has")
	}
	return nil
}
