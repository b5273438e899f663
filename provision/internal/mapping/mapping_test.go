package mapping

import (
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

const (
	queueARN  = "arn:aws:sqs:eu-west-1:123456789012:jobs"
	streamARN = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
	tableARN  = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
	mskARN    = "arn:aws:kafka:eu-west-1:123456789012:cluster/events/12345678-1"
	brokerARN = "arn:aws:mq:eu-west-1:123456789012:broker:jobs:b-12345678"
	docsARN   = "arn:aws:rds:eu-west-1:123456789012:cluster:docs"
	secretARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:login"
)

// worker is a template of a function with its own role, and of what it may read.
func worker() *cloudformation.Template {
	template := cloudformation.NewTemplate("")
	for id, resource := range map[string]*cloudformation.Resource{
		"WorkerFunction": {Type: "AWS::Lambda::Function", Properties: map[string]any{
			"Timeout": int64(60), "Role": cloudformation.GetAtt{"WorkerRole", "Arn"},
		}},
		"WorkerRole": {Type: "AWS::IAM::Role"},
		"Queue":      {Type: "AWS::SQS::Queue", Properties: map[string]any{"VisibilityTimeout": 360}},
		"Hasty":      {Type: "AWS::SQS::Queue"},
		"Brief":      {Type: "AWS::SQS::Queue", Properties: map[string]any{"VisibilityTimeout": 59}},
		"Ordered": {Type: "AWS::SQS::Queue", Properties: map[string]any{
			"FifoQueue": true, "VisibilityTimeout": 360,
		}},
		"Topic":  {Type: "AWS::SNS::Topic"},
		"Stream": {Type: "AWS::Kinesis::Stream"},
		"Table":  {Type: "AWS::DynamoDB::Table", Properties: map[string]any{}},
		"Alarm":  {Type: "AWS::CloudWatch::Alarm"},
	} {
		template.Resources[id] = resource
	}
	template.Parameters["Given"] = cloudformation.Parameter{Type: "String"}
	return template
}

// onFailure reports discarded records to a destination.
func onFailure(destination any) *sparta.EventSourceDestinationConfig {
	return &sparta.EventSourceDestinationConfig{OnFailure: &sparta.EventSourceOnFailure{Destination: destination}}
}

func access(kinds ...string) []sparta.EventSourceAccessConfiguration {
	var list []sparta.EventSourceAccessConfiguration
	for _, kind := range kinds {
		list = append(list, sparta.EventSourceAccessConfiguration{Type: kind, URI: secretARN})
	}
	return list
}

func filter(pattern any) *sparta.EventSourceFilterCriteria {
	return &sparta.EventSourceFilterCriteria{Filters: []sparta.EventSourceFilter{{Pattern: pattern}}}
}

// Each mapping is one that Lambda would refuse, or whose source the function's role could not read.
func TestMappingsThatCannotWork(t *testing.T) {
	type mapping = sparta.EventSourceMapping
	getQueue := cloudformation.GetAtt{"Queue", "Arn"}
	self := &sparta.EventSourceSelfManaged{Endpoints: sparta.EventSourceEndpoints{
		KafkaBootstrapServers: []string{"b-1.example.com:9092"},
	}}
	stream := mapping{EventSourceArn: streamARN, StartingPosition: "LATEST"}
	of := func(base mapping, change func(*mapping)) mapping {
		change(&base)
		return base
	}
	tests := map[string]struct {
		mapping mapping
		want    string
	}{
		"a batch that is too large": {
			mapping{EventSourceArn: getQueue, BatchSize: 10_001, MaximumBatchingWindowInSeconds: 1},
			"BatchSize of 10001 is out of range: use 1 to 10000",
		},
		"a batch of a queue without time to collect it": {
			mapping{EventSourceArn: getQueue, BatchSize: 11}, "set MaximumBatchingWindowInSeconds to at least 1",
		},
		"a large batch of a FIFO queue in the template": {
			mapping{EventSourceArn: cloudformation.GetAtt{"Ordered", "Arn"}, BatchSize: 11},
			"BatchSize of 11 is too many for a FIFO queue: use up to 10",
		},
		"a large batch of another FIFO queue": {
			mapping{EventSourceArn: queueARN + ".fifo", BatchSize: 11}, "BatchSize of 11 is too many for a FIFO queue",
		},
		"a window of a FIFO queue": {
			mapping{EventSourceArn: queueARN + ".fifo", MaximumBatchingWindowInSeconds: 1}, "is not for a FIFO queue",
		},
		"a queue with the default visibility timeout, which is shorter than the function's": {
			mapping{EventSourceArn: cloudformation.GetAtt{"Hasty", "Arn"}},
			"the queue's VisibilityTimeout of 30 seconds is shorter than the function's Timeout of 60",
		},
		"a queue with a shorter visibility timeout than the function's": {
			mapping{EventSourceArn: cloudformation.GetAtt{"Brief", "Arn"}},
			"VisibilityTimeout of 59 seconds is shorter",
		},
		"the URL of a queue": {
			mapping{EventSourceArn: cloudformation.Ref("Queue")},
			`EventSourceArn is Ref of Queue, which is not the ARN of this AWS::SQS::Queue: ` +
				`use cloudformation.GetAtt{"Queue", "Arn"}`,
		},
		"a starting position in a queue": {
			mapping{EventSourceArn: getQueue, StartingPosition: "LATEST"},
			"StartingPosition is not for an SQS queue: leave it empty; it is for a Kinesis stream, ",
		},
		"a maximum concurrency and pollers": {
			mapping{
				EventSourceArn: getQueue, ScalingConfig: &sparta.EventSourceScalingConfig{MaximumConcurrency: 2},
				ProvisionedPollerConfig: &sparta.EventSourceProvisionedPollerConfig{MinimumPollers: 2},
			},
			"both ScalingConfig and ProvisionedPollerConfig are set: clear one",
		},
		"one poller of a queue": {
			mapping{
				EventSourceArn:          getQueue,
				ProvisionedPollerConfig: &sparta.EventSourceProvisionedPollerConfig{MinimumPollers: 1},
			},
			"use at least 2",
		},
		"a minimum of pollers above the maximum": {
			mapping{EventSourceArn: getQueue, ProvisionedPollerConfig: &sparta.EventSourceProvisionedPollerConfig{
				MinimumPollers: 5, MaximumPollers: 4,
			}},
			"MinimumPollers of 5, more than its MaximumPollers of 4: raise MaximumPollers",
		},
		"a concurrency of one": {
			mapping{EventSourceArn: getQueue, ScalingConfig: &sparta.EventSourceScalingConfig{MaximumConcurrency: 1}},
			"ScalingConfig.MaximumConcurrency of 1 is out of range: use 2 to 1000",
		},
		"metrics of Kafka": {
			mapping{
				EventSourceArn: getQueue,
				MetricsConfig:  &sparta.EventSourceMetricsConfig{Metrics: []string{"ErrorCount"}},
			},
			"MetricsConfig.Metrics: ErrorCount is for Kafka: use EventCount",
		},
		"an unknown metric": {
			mapping{EventSourceArn: getQueue, MetricsConfig: &sparta.EventSourceMetricsConfig{Metrics: []string{"X"}}},
			`MetricsConfig.Metrics "X" is unknown: use EventCount, ErrorCount or KafkaMetrics`,
		},
		"an unknown response": {
			mapping{EventSourceArn: getQueue, FunctionResponseTypes: []string{"All"}},
			`FunctionResponseTypes "All" is unknown: use ReportBatchItemFailures`,
		},
		"a filter that is not JSON": {
			mapping{EventSourceArn: getQueue, FilterCriteria: filter(`{"body": [}`)},
			`FilterCriteria.Filters: Pattern 1: {"body": [} is not a JSON object with fields`,
		},
		"a filter that is a list": {
			mapping{EventSourceArn: getQueue, FilterCriteria: filter([]string{"a"})},
			"is not a JSON object with fields",
		},
		"a filter that is too long": {
			mapping{EventSourceArn: getQueue, FilterCriteria: filter(map[string]any{"a": strings.Repeat("x", 4096)})},
			"it has 4104 characters, but Lambda allows 4096",
		},
		"no filters": {
			mapping{EventSourceArn: getQueue, FilterCriteria: &sparta.EventSourceFilterCriteria{}},
			"FilterCriteria has 0 filters",
		},
		"a key without filters": {
			mapping{EventSourceArn: getQueue, KmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1"},
			"clear KmsKeyArn",
		},
		"a stream without a position": {mapping{EventSourceArn: streamARN}, "StartingPosition is missing: use LATEST"},
		"an unknown position": {
			mapping{EventSourceArn: streamARN, StartingPosition: "NOW"},
			`StartingPosition "NOW" is unknown: use LATEST, TRIM_HORIZON or AT_TIMESTAMP`,
		},
		"AT_TIMESTAMP without a time": {
			mapping{EventSourceArn: streamARN, StartingPosition: "AT_TIMESTAMP"},
			`StartingPosition "AT_TIMESTAMP" does not fit StartingPositionTimestamp 0`,
		},
		"a time without AT_TIMESTAMP": {
			of(stream, func(m *mapping) { m.StartingPositionTimestamp = 1 }),
			"does not fit StartingPositionTimestamp 1",
		},
		"a time in the future": {
			mapping{
				EventSourceArn: streamARN, StartingPosition: "AT_TIMESTAMP",
				StartingPositionTimestamp: time.Now().Add(time.Hour).Unix(),
			},
			"is in the future",
		},
		"records that are too young to be discarded": {
			of(stream, func(m *mapping) { m.MaximumRecordAgeInSeconds = 59 }),
			"MaximumRecordAgeInSeconds of 59 is out of range: use 60 to 604800",
		},
		"too many retries": {
			of(stream, func(m *mapping) { m.MaximumRetryAttempts = 10_001 }), "MaximumRetryAttempts of 10001",
		},
		"too many batches of a shard": {
			of(stream, func(m *mapping) { m.ParallelizationFactor = 11 }), "ParallelizationFactor of 11",
		},
		"a window that is too long": {
			of(stream, func(m *mapping) { m.TumblingWindowInSeconds = 901 }), "TumblingWindowInSeconds of 901",
		},
		"a concurrency of a stream": {
			of(stream, func(m *mapping) {
				m.ScalingConfig = &sparta.EventSourceScalingConfig{MaximumConcurrency: 5}
			}),
			"ScalingConfig is not for a Kinesis stream: leave it empty; it is for an SQS queue",
		},
		"failures without a destination": {
			of(stream, func(m *mapping) { m.DestinationConfig = onFailure(nil) }),
			"DestinationConfig.OnFailure.Destination is not text",
		},
		"failures to a FIFO queue": {
			of(stream, func(m *mapping) { m.DestinationConfig = onFailure(cloudformation.GetAtt{"Ordered", "Arn"}) }),
			"DestinationConfig.OnFailure.Destination Ordered.Arn is a FIFO queue or topic",
		},
		"failures to an alarm": {
			of(stream, func(m *mapping) { m.DestinationConfig = onFailure(cloudformation.GetAtt{"Alarm", "Arn"}) }),
			"refers to a resource of type AWS::CloudWatch::Alarm: use an SQS queue, an SNS topic or an S3 bucket",
		},
		"failures to a function": {
			of(stream, func(m *mapping) { m.DestinationConfig = onFailure("arn:aws:lambda:eu-west-1:1:function:f") }),
			"is of service lambda: use an SQS queue, an SNS topic or an S3 bucket",
		},
		"failures to the URL of a queue": {
			of(stream, func(m *mapping) { m.DestinationConfig = onFailure(cloudformation.Ref("Queue")) }),
			`use cloudformation.GetAtt{"Queue", "Arn"}`,
		},
		"failures of a stream to Kafka": {
			of(stream, func(m *mapping) { m.DestinationConfig = onFailure("kafka://lost") }),
			"kafka://lost is for Kafka sources",
		},
		"a table instead of its stream": {
			mapping{EventSourceArn: tableARN, StartingPosition: "LATEST"}, "use the ARN of its stream",
		},
		"a table without a stream": {
			mapping{EventSourceArn: cloudformation.GetAtt{"Table", "StreamArn"}, StartingPosition: "LATEST"},
			"set its StreamSpecification",
		},
		"the ARN of a table of the stack": {
			mapping{EventSourceArn: cloudformation.GetAtt{"Table", "Arn"}, StartingPosition: "LATEST"},
			`use cloudformation.GetAtt{"Table", "StreamArn"}`,
		},
		"a starting time in a DynamoDB stream": {
			mapping{
				EventSourceArn: tableARN + "/stream/1", StartingPosition: "AT_TIMESTAMP", StartingPositionTimestamp: 1,
			},
			"StartingPosition AT_TIMESTAMP is not for a DynamoDB stream",
		},
		"a topic as a source": {
			mapping{EventSourceArn: cloudformation.Ref("Topic")},
			"EventSourceArn Topic refers to a resource of type AWS::SNS::Topic: use an SQS queue",
		},
		"a source of another service": {
			mapping{EventSourceArn: "arn:aws:sns:eu-west-1:123456789012:orders"},
			"EventSourceArn arn:aws:sns:eu-west-1:123456789012:orders is of service sns: use an SQS queue",
		},
		"a name instead of an ARN": {mapping{EventSourceArn: "jobs"}, `EventSourceArn "jobs" is not an ARN`},
		"a source of unknown kind": {
			mapping{EventSourceArn: cloudformation.Ref("Given")},
			"EventSourceArn Given: the kind of this resource is unknown, so the function's role cannot be given access",
		},
		"a source that is missing": {
			mapping{EventSourceArn: cloudformation.GetAtt{"Missing", "Arn"}},
			"EventSourceArn Missing.Arn: the template has no resource Missing: add it in a PreMarshall hook",
		},
		"a cluster without a topic": {
			mapping{EventSourceArn: mskARN, StartingPosition: "LATEST"}, "no topic is named: set Topics",
		},
		"two topics": {
			mapping{EventSourceArn: mskARN, StartingPosition: "LATEST", Topics: []string{"a", "b"}},
			"describe a mapping for each of a, b",
		},
		"a password for MSK": {
			mapping{
				EventSourceArn: mskARN, StartingPosition: "LATEST", Topics: []string{"a"},
				SourceAccessConfigurations: access("BASIC_AUTH"),
			},
			"Type BASIC_AUTH is not for this source: use SASL_SCRAM_512_AUTH or CLIENT_CERTIFICATE_TLS_AUTH",
		},
		"a consumer group of another kind of cluster": {
			mapping{
				EventSourceArn: mskARN, StartingPosition: "LATEST", Topics: []string{"a"},
				SelfManagedKafkaEventSourceConfig: &sparta.EventSourceKafkaConfig{ConsumerGroupID: "g"},
			},
			"SelfManagedKafkaEventSourceConfig is not for an MSK cluster: leave it empty; " +
				"it is for a self-managed Kafka cluster",
		},
		"a schema registry without pollers": {
			mapping{
				EventSourceArn: mskARN, StartingPosition: "LATEST", Topics: []string{"a"},
				AmazonManagedKafkaEventSourceConfig: &sparta.EventSourceKafkaConfig{
					SchemaRegistryConfig: &sparta.EventSourceSchemaRegistryConfig{},
				},
			},
			"SchemaRegistryConfig requires provisioned pollers: set ProvisionedPollerConfig",
		},
		"a server without a port": {
			mapping{
				SelfManagedEventSource: &sparta.EventSourceSelfManaged{Endpoints: sparta.EventSourceEndpoints{
					KafkaBootstrapServers: []string{"b-1.example.com"},
				}},
				StartingPosition: "LATEST", Topics: []string{"a"},
			},
			`bootstrap server "b-1.example.com" is invalid: use host:port`,
		},
		"self-managed Kafka without a position": {
			mapping{SelfManagedEventSource: self, Topics: []string{"a"}}, "StartingPosition is missing",
		},
		"a broker without a secret": {
			mapping{EventSourceArn: brokerARN, Queues: []string{"a"}}, "SourceAccessConfigurations lacks BASIC_AUTH",
		},
		"a broker without a queue": {
			mapping{EventSourceArn: brokerARN, SourceAccessConfigurations: access("BASIC_AUTH")},
			"no queue is named: set Queues",
		},
		"an unknown type of access": {
			mapping{
				EventSourceArn: brokerARN, Queues: []string{"a"}, SourceAccessConfigurations: access("BASIC_AUTH", "X"),
			},
			`SourceAccessConfigurations: Type "X" is unknown`,
		},
		"a document cluster without a database": {
			mapping{
				EventSourceArn: docsARN, StartingPosition: "LATEST", SourceAccessConfigurations: access("BASIC_AUTH"),
				DocumentDBEventSourceConfig: &sparta.EventSourceDocumentDBConfig{FullDocument: "All"},
			},
			"DocumentDBEventSourceConfig.DatabaseName is missing",
		},
		"a document cluster without settings": {
			mapping{
				EventSourceArn: docsARN, StartingPosition: "LATEST", SourceAccessConfigurations: access("BASIC_AUTH"),
			},
			"DocumentDBEventSourceConfig is missing",
		},
		"a tag with a reserved name": {
			mapping{EventSourceArn: getQueue, Tags: map[string]string{"aws:x": "y"}}, "tag aws:x is reserved",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := Check(worker(), &test.mapping, Function{"WorkerFunction", "WorkerRole"})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}

// Mappings that resemble the mistakes above but are valid.
func TestMappingsThatWork(t *testing.T) {
	for name, mapping := range map[string]sparta.EventSourceMapping{
		"a queue": {
			EventSourceArn: cloudformation.GetAtt{"Queue", "Arn"}, BatchSize: 10_000, MaximumBatchingWindowInSeconds: 1,
		},
		"an attribute in a map": {
			EventSourceArn: map[string]any{"Fn::GetAtt": []string{"Queue", "Arn"}},
		},
		"a queue's ARN joined from parts": {EventSourceArn: cloudformation.Join{Separator: ":", Values: []any{
			"arn", cloudformation.Partition, "sqs", cloudformation.Region, cloudformation.AccountID, "jobs",
		}}},
		"a stream whose records are kept and retried without limit": {
			EventSourceArn: cloudformation.GetAtt{"Stream", "Arn"}, StartingPosition: "LATEST",
			MaximumRecordAgeInSeconds: -1, MaximumRetryAttempts: -1,
			DestinationConfig: onFailure(cloudformation.Ref("Topic")),
		},
		"a topic with failures in another": {
			EventSourceArn: mskARN, StartingPosition: "LATEST", Topics: []string{"a"},
			DestinationConfig: onFailure("kafka://lost"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := Check(worker(), &mapping, Function{"WorkerFunction", "WorkerRole"}); err != nil {
				t.Error(err)
			}
		})
	}
}

// With an existing role, only AWS has to know the kind of the source.
func TestASourceOfUnknownKindWithAnExistingRole(t *testing.T) {
	template := worker()
	delete(template.Resources, "WorkerRole")
	template.Resources["WorkerFunction"].Properties["Role"] = "arn:aws:iam::123456789012:role/mine"
	mapping := sparta.EventSourceMapping{EventSourceArn: cloudformation.Ref("Given"), BatchSize: 5}
	function := Function{"WorkerFunction", "WorkerRole"}
	if err := Check(template, &mapping, function); err != nil {
		t.Fatal(err)
	}
	mapping.BatchSize = 10_001
	if err := Check(template, &mapping, function); err == nil {
		t.Error("a batch size that no source has is accepted")
	}
}
