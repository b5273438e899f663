package sparta

import "fmt"

// EventSourceMapping lets Lambda read a queue or a stream and invoke the function with batches of its records.
// Zero values mean Lambda's defaults.
type EventSourceMapping struct {
	// EventSourceArn is the ARN of an SQS queue, or of a Kinesis or DynamoDB stream, or an intrinsic that results in
	// one, such as cloudformation.GetAtt{"Queue", "Arn"} of a queue in the same stack.
	EventSourceArn   any    `json:"eventSourceArn"`
	StartingPosition string `json:"startingPosition,omitempty"` // of a stream: TRIM_HORIZON or LATEST
	Disabled         bool   `json:"disabled,omitempty"`
	BatchSize        int64  `json:"batchSize,omitempty"` // records
}

func (m *EventSourceMapping) problems() []error {
	var errs []error
	if !isExpression(m.EventSourceArn) {
		errs = append(errs, fmt.Errorf("EventSourceArn of type %T is invalid: "+
			"use the ARN of a queue or a stream, or a CloudFormation intrinsic", m.EventSourceArn))
	}
	return errs
}
