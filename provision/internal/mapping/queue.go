package mapping

import (
	"errors"
	"fmt"

	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/iam"
)

// queue is an SQS queue.
func queue() reader {
	return reader{
		Kind: arn.Kind{
			Title:      "an SQS queue",
			Service:    "sqs",
			Attributes: map[string][]string{"AWS::SQS::Queue": {"Arn"}},
		},
		allows:     []string{"FunctionResponseTypes", "ScalingConfig", "MetricsConfig", "ProvisionedPollerConfig"},
		check:      checkQueue,
		statements: queueStatements,
	}
}

func checkQueue(c connection) error {
	var errs []error
	report := func(format string, values ...any) { errs = append(errs, fmt.Errorf(format, values...)) }
	window := c.MaximumBatchingWindowInSeconds
	if arn.IsFIFO(c.EventSourceArn, c.source) {
		if c.BatchSize > 10 {
			report("BatchSize of %d is too many for a FIFO queue: use up to 10", c.BatchSize)
		}
		if window != 0 {
			report("MaximumBatchingWindowInSeconds of %d is not for a FIFO queue: leave it empty", window)
		}
	} else if c.BatchSize > 10 && window == 0 {
		report("BatchSize of %d requires time to collect messages: set MaximumBatchingWindowInSeconds to at least 1, "+
			"or use up to 10", c.BatchSize)
	}
	errs = append(errs, checkVisibility(c), c.checkMetrics())
	if pollers := c.ProvisionedPollerConfig; pollers != nil {
		if c.ScalingConfig != nil {
			report("both ScalingConfig and ProvisionedPollerConfig are set: clear one")
		}
		if pollers.MinimumPollers == 1 || pollers.MaximumPollers == 1 {
			report("ProvisionedPollerConfig of a queue has 1 poller: use at least 2")
		}
		if pollers.PollerGroupName != "" {
			report("ProvisionedPollerConfig.PollerGroupName is for Kafka: leave it empty")
		}
	}
	return errors.Join(errs...)
}

// defaultVisibility is the default VisibilityTimeout of a queue, in seconds.
const defaultVisibility = 30

// checkVisibility returns an error if messages become visible again while the function still works on them: Lambda
// refuses such a queue.
func checkVisibility(c connection) error {
	if c.source == nil || c.function == nil {
		return nil
	}
	visibility := float64(defaultVisibility)
	if value := c.source.Properties["VisibilityTimeout"]; value != nil {
		known := false
		if visibility, known = number(value); !known {
			return nil
		}
	}
	if timeout, known := number(c.function.Properties["Timeout"]); known && visibility < timeout {
		return fmt.Errorf("the queue's VisibilityTimeout of %g seconds is shorter than the function's Timeout of %g: "+
			"raise it to at least that; AWS recommends six times the Timeout", visibility, timeout)
	}
	return nil
}

func queueStatements(c connection) []map[string]any {
	statements := []map[string]any{iam.Allow(c.EventSourceArn,
		"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")}
	if c.source == nil {
		return statements
	}
	return append(statements, decrypt(c.template, c.source.Properties["KmsMasterKeyId"])...)
}
