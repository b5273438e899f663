package page

import (
	"reflect"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// mappingTrial is a valid mapping and another value for one of its settings.
type mappingTrial struct {
	base  sparta.EventSourceMapping
	value any
}

// mappingTrials are by the setting's path: each field of a mapping, and of the structs in it, must have one.
func mappingTrials() map[string]mappingTrial {
	type mapping = sparta.EventSourceMapping
	const account = "eu-west-1:123456789012:"
	secret := "arn:aws:secretsmanager:" + account + "secret:login"
	login := []sparta.EventSourceAccessConfiguration{{Type: "BASIC_AUTH", URI: secret}}
	queue := mapping{
		EventSourceArn: "arn:aws:sqs:" + account + "jobs",
		ScalingConfig:  &sparta.EventSourceScalingConfig{},
		MetricsConfig:  &sparta.EventSourceMetricsConfig{},
	}
	polled := mapping{
		EventSourceArn:          "arn:aws:sqs:" + account + "jobs",
		ProvisionedPollerConfig: &sparta.EventSourceProvisionedPollerConfig{MinimumPollers: 2},
	}
	filtered := mapping{
		EventSourceArn: "arn:aws:sqs:" + account + "jobs",
		FilterCriteria: &sparta.EventSourceFilterCriteria{Filters: []sparta.EventSourceFilter{
			{Pattern: `{"a": ["b"]}`},
		}},
	}
	stream := mapping{
		EventSourceArn:   "arn:aws:kinesis:" + account + "stream/clicks",
		StartingPosition: "LATEST",
		DestinationConfig: &sparta.EventSourceDestinationConfig{
			OnFailure: &sparta.EventSourceOnFailure{Destination: "arn:aws:sqs:" + account + "lost"},
		},
	}
	timed := stream
	timed.StartingPosition, timed.StartingPositionTimestamp = "AT_TIMESTAMP", 1
	pollers := &sparta.EventSourceProvisionedPollerConfig{MinimumPollers: 1}
	registry := &sparta.EventSourceSchemaRegistryConfig{
		SchemaRegistryURI:       "https://registry.example.com",
		EventRecordFormat:       "JSON",
		AccessConfigs:           []sparta.EventSourceAccessConfiguration{{Type: "BASIC_AUTH", URI: secret}},
		SchemaValidationConfigs: []sparta.EventSourceSchemaValidation{{Attribute: "KEY"}},
	}
	kafka := func() *sparta.EventSourceKafkaConfig {
		config := *registry
		config.AccessConfigs = append([]sparta.EventSourceAccessConfiguration{}, registry.AccessConfigs...)
		config.SchemaValidationConfigs = []sparta.EventSourceSchemaValidation{{Attribute: "KEY"}}
		return &sparta.EventSourceKafkaConfig{SchemaRegistryConfig: &config}
	}
	managed := mapping{
		EventSourceArn:                      "arn:aws:kafka:" + account + "cluster/events/1",
		Topics:                              []string{"a"},
		StartingPosition:                    "LATEST",
		ProvisionedPollerConfig:             pollers,
		LoggingConfig:                       &sparta.EventSourceLoggingConfig{},
		AmazonManagedKafkaEventSourceConfig: kafka(),
	}
	self := mapping{
		SelfManagedEventSource: &sparta.EventSourceSelfManaged{Endpoints: sparta.EventSourceEndpoints{
			KafkaBootstrapServers: []string{"b-1.example.com:9092"},
		}},
		Topics:                            []string{"a"},
		StartingPosition:                  "LATEST",
		ProvisionedPollerConfig:           pollers,
		SelfManagedKafkaEventSourceConfig: kafka(),
		SourceAccessConfigurations:        []sparta.EventSourceAccessConfiguration{{Type: "BASIC_AUTH", URI: secret}},
	}
	broker := mapping{
		EventSourceArn:             "arn:aws:mq:" + account + "broker:jobs:b-1",
		Queues:                     []string{"a"},
		SourceAccessConfigurations: login,
	}
	documents := mapping{
		EventSourceArn:              "arn:aws:rds:" + account + "cluster:docs",
		StartingPosition:            "LATEST",
		SourceAccessConfigurations:  login,
		DocumentDBEventSourceConfig: &sparta.EventSourceDocumentDBConfig{DatabaseName: "a"},
	}
	trials := map[string]mappingTrial{
		"EventSourceArn": {queue, "arn:aws:sqs:" + account + "other"},
		"SelfManagedEventSource.Endpoints.KafkaBootstrapServers": {self, []string{"b-2.example.com:9092"}},
		"Disabled":                                            {queue, true},
		"BatchSize":                                           {queue, int64(5)},
		"MaximumBatchingWindowInSeconds":                      {queue, int64(7)},
		"Queues":                                              {broker, []string{"b"}},
		"Topics":                                              {managed, []string{"b"}},
		"StartingPosition":                                    {stream, "TRIM_HORIZON"},
		"StartingPositionTimestamp":                           {timed, int64(2)},
		"FunctionResponseTypes":                               {queue, []string{"ReportBatchItemFailures"}},
		"BisectBatchOnFunctionError":                          {stream, true},
		"MaximumRecordAgeInSeconds":                           {stream, int64(77)},
		"MaximumRetryAttempts":                                {stream, sparta.NoRetries},
		"DestinationConfig.OnFailure.Destination":             {stream, "arn:aws:sns:" + account + "lost"},
		"FilterCriteria.Filters.Pattern":                      {filtered, map[string]any{"a": []string{"c"}}},
		"KmsKeyArn":                                           {filtered, "arn:aws:kms:" + account + "key/1"},
		"ParallelizationFactor":                               {stream, int64(3)},
		"TumblingWindowInSeconds":                             {stream, int64(9)},
		"ScalingConfig.MaximumConcurrency":                    {queue, int64(8)},
		"ProvisionedPollerConfig.MinimumPollers":              {polled, int64(3)},
		"ProvisionedPollerConfig.MaximumPollers":              {polled, int64(9)},
		"ProvisionedPollerConfig.PollerGroupName":             {managed, "shared"},
		"MetricsConfig.Metrics":                               {queue, []string{"EventCount"}},
		"LoggingConfig.SystemLogLevel":                        {managed, "DEBUG"},
		"SourceAccessConfigurations.Type":                     {self, "SASL_SCRAM_256_AUTH"},
		"SourceAccessConfigurations.URI":                      {self, secret + "2"},
		"AmazonManagedKafkaEventSourceConfig.ConsumerGroupID": {managed, "g"},
		"SelfManagedKafkaEventSourceConfig.ConsumerGroupID":   {self, "g"},
		"DocumentDBEventSourceConfig.DatabaseName":            {documents, "b"},
		"DocumentDBEventSourceConfig.CollectionName":          {documents, "b"},
		"DocumentDBEventSourceConfig.FullDocument":            {documents, "UpdateLookup"},
		"Tags": {queue, map[string]string{"team": "blue"}},
	}
	for prefix, base := range map[string]mapping{
		"AmazonManagedKafkaEventSourceConfig": managed, "SelfManagedKafkaEventSourceConfig": self,
	} {
		prefix += ".SchemaRegistryConfig."
		trials[prefix+"SchemaRegistryURI"] = mappingTrial{base, "https://other.example.com"}
		trials[prefix+"EventRecordFormat"] = mappingTrial{base, "SOURCE"}
		trials[prefix+"AccessConfigs.Type"] = mappingTrial{base, "CLIENT_CERTIFICATE_TLS_AUTH"}
		trials[prefix+"AccessConfigs.URI"] = mappingTrial{base, secret + "2"}
		trials[prefix+"SchemaValidationConfigs.Attribute"] = mappingTrial{base, "VALUE"}
	}
	return trials
}

// TestEachSettingOfAMappingArrives fails where a setting is missing in the template, in the description or on the page.
func TestEachSettingOfAMappingArrives(t *testing.T) {
	paths := optionPaths(reflect.TypeFor[sparta.EventSourceMapping](), "")
	for _, path := range paths {
		trial, ok := mappingTrials()[path]
		t.Run(path, func(t *testing.T) {
			if !ok {
				t.Fatal("mappingTrials has no value for this setting: add one")
			}
			before := renderMapping(t, trial.base)
			setOption(&trial.base, path, trial.value)
			after := renderMapping(t, trial.base)
			for place := range before {
				if before[place] == after[place] {
					t.Errorf("the setting does not reach the %s:\n%s", place, after[place])
				}
			}
		})
	}
	if trials := mappingTrials(); len(trials) != len(paths) {
		t.Errorf("there are %d trials for %d settings", len(trials), len(paths))
	}
}

func renderMapping(t *testing.T, mapping sparta.EventSourceMapping) map[string]string {
	t.Helper()
	function := pageFunction("f", sparta.IAMRoleDefinition{}, nil)
	function.EventSourceMappings = []*sparta.EventSourceMapping{&mapping}
	return render(t, function)
}

// A mapping is a trigger with the name of its source, its kind and its settings.
func TestAMappingIsATriggerOnThePage(t *testing.T) {
	function := pageFunction("work", sparta.IAMRoleDefinition{}, nil)
	function.EventSourceMappings = []*sparta.EventSourceMapping{{
		EventSourceArn: "arn:aws:sqs:eu-west-1:123456789012:jobs", BatchSize: 5,
		ScalingConfig: &sparta.EventSourceScalingConfig{MaximumConcurrency: 4},
	}}
	other := pageFunction("index", sparta.IAMRoleDefinition{}, nil)
	other.EventSourceMappings = []*sparta.EventSourceMapping{
		{EventSourceArn: cloudformation.GetAtt{"Orders", "StreamArn"}, StartingPosition: "LATEST"},
		{EventSourceArn: cloudformation.GetAtt{"Clicks", "Arn"}, StartingPosition: "LATEST"},
		{EventSourceArn: cloudformation.Ref("Cluster"), Topics: []string{"paid"}, StartingPosition: "LATEST"},
	}
	text := described(t, Service{Name: "Shop", Functions: []*sparta.LambdaAWSInfo{function, other}})
	for _, want := range []string{
		"Orders.StreamArn", "DynamoDB stream", "dynamodb:GetRecords", "Kinesis stream", "Cluster/paid", "MSK cluster",
		"arn:aws:sqs:eu-west-1:123456789012:jobs; BatchSize 5; ScalingConfig {&#34;MaximumConcurrency&#34;:4}",
		"SQS queue", "sqs:ReceiveMessage",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}
