package mapping

import (
	"slices"

	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/sparta"
)

// networkStatements let Lambda reach a source in a private network.
func networkStatements() []map[string]any {
	return []map[string]any{iam.Allow("*", // network interfaces have no ARN before they are created
		"ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces",
		"ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs")}
}

// secretStatements let Lambda read the secrets of a source and of its schema registry, and the schemas of Glue.
func secretStatements(m *sparta.EventSourceMapping) []map[string]any {
	accesses := m.SourceAccessConfigurations
	var statements []map[string]any
	if registry := schemaRegistry(m); registry != nil {
		accesses = slices.Concat(accesses, registry.AccessConfigs)
		if arn.Service(registry.SchemaRegistryURI) == "glue" {
			statements = append(statements, iam.Allow(registry.SchemaRegistryURI, "glue:GetRegistry"),
				iam.Allow("*", "glue:GetSchemaVersion")) // of any schema of the registry
		}
	}
	var secrets []any
	for _, access := range accesses {
		if slices.Contains(secretTypes(), access.Type) {
			secrets = append(secrets, access.URI)
		}
	}
	if len(secrets) > 0 {
		statements = append(statements, iam.Allow(secrets, "secretsmanager:GetSecretValue"))
	}
	return statements
}

// accessTypes are the kinds of SourceAccessConfigurations.
func accessTypes() []string {
	return append(secretTypes(), "VPC_SUBNET", "VPC_SECURITY_GROUP", "VIRTUAL_HOST")
}

// secretTypes are those whose URI is a secret.
func secretTypes() []string {
	return []string{
		"BASIC_AUTH", "SASL_SCRAM_256_AUTH", "SASL_SCRAM_512_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH",
		"SERVER_ROOT_CA_CERTIFICATE",
	}
}

// schemaRegistry is what validates the records of a Kafka topic, or nil.
func schemaRegistry(m *sparta.EventSourceMapping) *sparta.EventSourceSchemaRegistryConfig {
	for _, config := range []*sparta.EventSourceKafkaConfig{
		m.AmazonManagedKafkaEventSourceConfig, m.SelfManagedKafkaEventSourceConfig,
	} {
		if config != nil && config.SchemaRegistryConfig != nil {
			return config.SchemaRegistryConfig
		}
	}
	return nil
}
