package eventsource

import (
	"fmt"

	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/sparta"
)

// queue is an SQS queue.
func queue() reader {
	return reader{
		title:        "an SQS queue",
		service:      "sqs",
		resourceType: "AWS::SQS::Queue",
		check: func(m *sparta.EventSourceMapping) error {
			if m.StartingPosition != "" {
				return fmt.Errorf("StartingPosition %s is for streams, not for a queue: leave it empty", m.StartingPosition)
			}
			return nil
		},
		statements: func(m *sparta.EventSourceMapping) []map[string]any {
			return []map[string]any{iam.Allow(m.EventSourceArn,
				"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")}
		},
	}
}
