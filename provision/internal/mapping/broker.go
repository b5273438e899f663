package mapping

import (
	"errors"

	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/iam"
)

// broker is a broker of Amazon MQ: ActiveMQ or RabbitMQ.
func broker() reader {
	return reader{
		Kind: arn.Kind{
			Title:      "an Amazon MQ broker",
			Service:    "mq",
			Attributes: map[string][]string{"AWS::AmazonMQ::Broker": {"Arn"}},
		},
		allows: []string{"Queues", "SourceAccessConfigurations", "ProvisionedPollerConfig"},
		check: func(c connection) error {
			errs := []error{c.checkAccess(true, "BASIC_AUTH", "VIRTUAL_HOST")}
			if len(c.Queues) == 0 {
				errs = append(errs, errors.New("no queue is named: set Queues to the broker's queue to read"))
			}
			return errors.Join(errs...)
		},
		statements: func(c connection) []map[string]any {
			return append(append(networkStatements(), iam.Allow(c.EventSourceArn, "mq:DescribeBroker")),
				secretStatements(c.EventSourceMapping)...)
		},
	}
}
