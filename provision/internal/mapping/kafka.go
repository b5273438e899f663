package mapping

import (
	"errors"
	"strings"

	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/iam"
)

// settingsOfKafka are those that both kinds of clusters have.
func settingsOfKafka(more ...string) []string {
	return append(more, "Topics", "StartingPosition", "StartingPositionTimestamp", "SourceAccessConfigurations",
		"DestinationConfig", "ProvisionedPollerConfig", "BisectBatchOnFunctionError", "MaximumRecordAgeInSeconds",
		"MaximumRetryAttempts", "FunctionResponseTypes", "MetricsConfig", "LoggingConfig")
}

// managedKafka is a cluster of MSK.
func managedKafka() reader {
	return reader{
		Kind: arn.Kind{
			Title:   "an MSK cluster",
			Service: "kafka",
			Attributes: map[string][]string{
				"AWS::MSK::Cluster":           {"Ref", "Arn"},
				"AWS::MSK::ServerlessCluster": {"Ref", "Arn"},
				"AWS::MSK::VpcConnection":     {"Ref", "Arn"},
			},
		},
		allows: settingsOfKafka("AmazonManagedKafkaEventSourceConfig"),
		check: func(c connection) error {
			return errors.Join(c.checkTopic(), c.checkStart(), c.checkDestination(),
				c.checkAccess(false, "SASL_SCRAM_512_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH"))
		},
		statements: managedKafkaStatements,
	}
}

func managedKafkaStatements(c connection) []map[string]any {
	statements := append(networkStatements(), iam.Allow(c.EventSourceArn, "kafka:DescribeCluster",
		"kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers", "kafka:DescribeVpcConnection"))
	statements = append(statements, secretStatements(c.EventSourceMapping)...)
	if len(c.SourceAccessConfigurations) == 0 && len(c.Topics) == 1 {
		group := "*" // the mapping's ID, which is not known yet
		if config := c.AmazonManagedKafkaEventSourceConfig; config != nil && config.ConsumerGroupID != "" {
			group = config.ConsumerGroupID
		}
		statements = append(statements, iam.Allow(
			[]any{
				c.EventSourceArn,
				ofCluster(c.EventSourceArn, "topic", c.Topics[0]),
				ofCluster(c.EventSourceArn, "group", group),
			},
			"kafka-cluster:Connect", "kafka-cluster:DescribeClusterDynamicConfiguration", "kafka-cluster:DescribeTopic",
			"kafka-cluster:ReadData", "kafka-cluster:DescribeGroup", "kafka-cluster:AlterGroup"))
	}
	return append(statements, c.destinationStatements()...)
}

// selfManagedKafka is a cluster outside of MSK.
func selfManagedKafka() reader {
	return reader{
		Kind:   arn.Kind{Title: "a self-managed Kafka cluster"},
		allows: settingsOfKafka("SelfManagedEventSource", "SelfManagedKafkaEventSourceConfig"),
		check: func(c connection) error {
			return errors.Join(c.checkTopic(), c.checkStart(), c.checkDestination(), c.checkAccess(false, "BASIC_AUTH",
				"SASL_SCRAM_256_AUTH", "SASL_SCRAM_512_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH",
				"SERVER_ROOT_CA_CERTIFICATE", "VPC_SUBNET", "VPC_SECURITY_GROUP"))
		},
		statements: func(c connection) []map[string]any {
			var statements []map[string]any
			for _, access := range c.SourceAccessConfigurations {
				if strings.HasPrefix(access.Type, "VPC_") {
					statements = networkStatements()
				}
			}
			return append(append(statements, secretStatements(c.EventSourceMapping)...), c.destinationStatements()...)
		},
	}
}

func (c connection) checkTopic() error {
	if len(c.Topics) == 0 {
		return errors.New("no topic is named: set Topics to the topic to read")
	}
	return nil
}
