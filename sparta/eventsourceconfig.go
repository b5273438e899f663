package sparta

// EventSourceAccessConfiguration is a setting of how Lambda connects to a source and authenticates.
type EventSourceAccessConfiguration struct {
	// Type is BASIC_AUTH, SASL_SCRAM_256_AUTH, SASL_SCRAM_512_AUTH, CLIENT_CERTIFICATE_TLS_AUTH or
	// SERVER_ROOT_CA_CERTIFICATE with a secret's ARN, VPC_SUBNET or VPC_SECURITY_GROUP with subnet:… or
	// security_group:…, or VIRTUAL_HOST with the name of a virtual host of RabbitMQ.
	Type string `json:"type"`
	URI  any    `json:"uri"` // a string or a CloudFormation intrinsic
}

// EventSourceSelfManaged is a Kafka cluster outside MSK.
type EventSourceSelfManaged struct {
	Endpoints EventSourceEndpoints `json:"endpoints"`
}

// EventSourceEndpoints has the addresses of a Kafka cluster.
type EventSourceEndpoints struct {
	KafkaBootstrapServers []string `json:"kafkaBootstrapServers"` // up to 10: host:port
}

// EventSourceKafkaConfig has settings for Kafka topics.
type EventSourceKafkaConfig struct {
	ConsumerGroupID string `json:"consumerGroupId,omitempty"` // empty means one of the mapping's own

	SchemaRegistryConfig *EventSourceSchemaRegistryConfig `json:"schemaRegistryConfig,omitempty"`
}

// EventSourceSchemaRegistryConfig makes Lambda validate records. It requires ProvisionedPollerConfig.
type EventSourceSchemaRegistryConfig struct {
	SchemaRegistryURI any    `json:"schemaRegistryURI"` // ARN of a Glue registry, or URL of Confluent's
	EventRecordFormat string `json:"eventRecordFormat"` // JSON or SOURCE
	// AccessConfigs are of the types BASIC_AUTH, CLIENT_CERTIFICATE_TLS_AUTH and SERVER_ROOT_CA_CERTIFICATE.
	AccessConfigs           []EventSourceAccessConfiguration `json:"accessConfigs,omitempty"`
	SchemaValidationConfigs []EventSourceSchemaValidation    `json:"schemaValidationConfigs"`
}

// EventSourceSchemaValidation is a part of records that is validated.
type EventSourceSchemaValidation struct {
	Attribute string `json:"attribute"` // KEY or VALUE
}

// EventSourceDocumentDBConfig says which changes of a DocumentDB cluster invoke the function.
type EventSourceDocumentDBConfig struct {
	DatabaseName   string `json:"databaseName"`
	CollectionName string `json:"collectionName,omitempty"` // empty means all
	FullDocument   string `json:"fullDocument,omitempty"`   // UpdateLookup (sends it with updates) or Default
}

// EventSourceFilterCriteria chooses the records that invoke the function: those that one of the filters matches.
type EventSourceFilterCriteria struct {
	Filters []EventSourceFilter `json:"filters,omitempty"` // AWS allows 5 at first, up to 20 on request
}

// EventSourceFilter matches records.
type EventSourceFilter struct {
	// Pattern is an object, as JSON text or as a Go value, such as
	// map[string]any{"body": map[string]any{"kind": []string{"order"}}}.
	Pattern any `json:"pattern"`
}
