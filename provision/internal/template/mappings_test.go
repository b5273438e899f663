package template

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

const (
	secretARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:login-AbCdEf"
	mskARN    = cloudformation.Sub("arn:${AWS::Partition}:kafka:${AWS::Region}:${AWS::AccountId}:" +
		"cluster/events/12345678-1234-1234-1234-123456789012-1")
)

// addSources adds what the mappings of mappingKinds read, and where they report failures.
func addSources() *cloudformation.Template {
	template := withResources()
	for id, resource := range map[string]*cloudformation.Resource{
		"Key": {Type: "AWS::KMS::Key", Properties: map[string]any{"KeyPolicy": map[string]any{
			"Version": "2012-10-17",
			"Statement": []any{map[string]any{
				"Effect": "Allow", "Action": "kms:*", "Resource": "*",
				"Principal": map[string]any{
					"AWS": cloudformation.Sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root"),
				},
			}},
		}}},
		"Ordered": {Type: "AWS::SQS::Queue", Properties: map[string]any{
			"FifoQueue": true, "VisibilityTimeout": 60, "KmsMasterKeyId": cloudformation.Ref("Key"),
		}},
		"Clicks": {Type: "AWS::Kinesis::Stream", Properties: map[string]any{
			"ShardCount":       1,
			"StreamEncryption": map[string]any{"EncryptionType": "KMS", "KeyId": cloudformation.Ref("Key")},
		}},
		"Reader": {Type: "AWS::Kinesis::StreamConsumer", Properties: map[string]any{
			"ConsumerName": "reader", "StreamARN": cloudformation.GetAtt{"Clicks", "Arn"},
		}},
		"Orders": {Type: "AWS::DynamoDB::Table", Properties: map[string]any{
			"AttributeDefinitions": []any{map[string]any{"AttributeName": "id", "AttributeType": "S"}},
			"BillingMode":          "PAY_PER_REQUEST",
			"KeySchema":            []any{map[string]any{"AttributeName": "id", "KeyType": "HASH"}},
			"StreamSpecification":  map[string]any{"StreamViewType": "NEW_AND_OLD_IMAGES"},
		}, DeletionPolicy: cloudformation.Delete, UpdateReplacePolicy: cloudformation.Delete},
		"Lost": {
			Type: "AWS::S3::Bucket", DeletionPolicy: cloudformation.Delete, UpdateReplacePolicy: cloudformation.Delete,
		},
	} {
		template.Resources[id] = resource
	}
	return template
}

// mappingKinds has functions that read each kind of source.
func mappingKinds() templateCase {
	failures := func(destination any) *sparta.EventSourceDestinationConfig {
		return &sparta.EventSourceDestinationConfig{OnFailure: &sparta.EventSourceOnFailure{Destination: destination}}
	}
	login := []sparta.EventSourceAccessConfiguration{{Type: "BASIC_AUTH", URI: secretARN}}
	report := []string{"ReportBatchItemFailures"}
	queues := []*sparta.EventSourceMapping{
		{
			EventSourceArn: cloudformation.GetAtt{"Queue", "Arn"}, BatchSize: 100, MaximumBatchingWindowInSeconds: 5,
			FunctionResponseTypes: report,
			ScalingConfig:         &sparta.EventSourceScalingConfig{MaximumConcurrency: 10},
			MetricsConfig:         &sparta.EventSourceMetricsConfig{Metrics: []string{"EventCount"}},
			FilterCriteria: &sparta.EventSourceFilterCriteria{Filters: []sparta.EventSourceFilter{
				{Pattern: map[string]any{"body": map[string]any{"kind": []string{"order", "<refund>"}}}},
				{Pattern: `{"body": {"kind": ["gift"]}}`},
			}},
			KmsKeyArn: cloudformation.GetAtt{"Key", "Arn"},
			Tags:      map[string]string{"team": "blue"},
		},
		{EventSourceArn: cloudformation.GetAtt{"Ordered", "Arn"}, BatchSize: 10},
		{
			EventSourceArn:          "arn:aws:sqs:us-east-1:123456789012:busy",
			ProvisionedPollerConfig: &sparta.EventSourceProvisionedPollerConfig{MinimumPollers: 2, MaximumPollers: 20},
		},
	}
	streams := []*sparta.EventSourceMapping{
		{
			EventSourceArn: cloudformation.GetAtt{"Clicks", "Arn"}, StartingPosition: "AT_TIMESTAMP",
			StartingPositionTimestamp: 1_700_000_000, BisectBatchOnFunctionError: true, MaximumRecordAgeInSeconds: 3600,
			MaximumRetryAttempts: sparta.NoRetries, ParallelizationFactor: 2, FunctionResponseTypes: report,
			DestinationConfig: failures(cloudformation.GetAtt{"Queue", "Arn"}),
		},
		{EventSourceArn: cloudformation.Ref("Reader"), StartingPosition: "LATEST", MaximumRetryAttempts: 3},
		{
			EventSourceArn:   "arn:aws:kinesis:us-east-1:123456789012:stream/a/consumer/b:1700000000",
			StartingPosition: "LATEST",
		},
		{
			EventSourceArn: cloudformation.GetAtt{"Orders", "StreamArn"}, StartingPosition: "TRIM_HORIZON",
			TumblingWindowInSeconds: 60, DestinationConfig: failures(cloudformation.GetAtt{"Lost", "Arn"}),
		},
	}
	poller := &sparta.EventSourceProvisionedPollerConfig{MinimumPollers: 1, PollerGroupName: "shared"}
	clusters := []*sparta.EventSourceMapping{
		{
			EventSourceArn: mskARN, Topics: []string{"orders"}, StartingPosition: "LATEST",
			ProvisionedPollerConfig: poller,
			AmazonManagedKafkaEventSourceConfig: &sparta.EventSourceKafkaConfig{
				ConsumerGroupID: "shop",
				SchemaRegistryConfig: &sparta.EventSourceSchemaRegistryConfig{
					SchemaRegistryURI:       "arn:aws:glue:us-east-1:123456789012:registry/shop",
					EventRecordFormat:       "JSON",
					SchemaValidationConfigs: []sparta.EventSourceSchemaValidation{{Attribute: "VALUE"}},
				},
			},
			DestinationConfig: failures("kafka://failed"),
			LoggingConfig:     &sparta.EventSourceLoggingConfig{SystemLogLevel: "WARN"},
			MetricsConfig:     &sparta.EventSourceMetricsConfig{Metrics: []string{"EventCount", "KafkaMetrics"}},
		},
		{
			EventSourceArn: mskARN, Topics: []string{"order.events"}, StartingPosition: "TRIM_HORIZON",
			SourceAccessConfigurations: []sparta.EventSourceAccessConfiguration{
				{Type: "SASL_SCRAM_512_AUTH", URI: secretARN},
			},
			DestinationConfig: failures(cloudformation.Ref("Topic")),
		},
		{
			SelfManagedEventSource: &sparta.EventSourceSelfManaged{Endpoints: sparta.EventSourceEndpoints{
				KafkaBootstrapServers: []string{"b-1.example.com:9092", "b-2.example.com:9092"},
			}},
			Topics: []string{"orders"}, StartingPosition: "LATEST",
			SelfManagedKafkaEventSourceConfig: &sparta.EventSourceKafkaConfig{ConsumerGroupID: "shop"},
			SourceAccessConfigurations: append([]sparta.EventSourceAccessConfiguration{
				{Type: "VPC_SUBNET", URI: "subnet:subnet-12345678"},
				{Type: "VPC_SECURITY_GROUP", URI: "security_group:sg-12345678"},
			}, login...),
		},
	}
	others := []*sparta.EventSourceMapping{
		{
			EventSourceArn: "arn:aws:mq:us-east-1:123456789012:broker:jobs:b-12345678-1234-1234-1234-123456789012",
			Queues:         []string{"todo"},
			SourceAccessConfigurations: append([]sparta.EventSourceAccessConfiguration{
				{Type: "VIRTUAL_HOST", URI: "/"},
			}, login...),
		},
		{
			EventSourceArn: cloudformation.Sub(
				"arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:docs"),
			StartingPosition: "LATEST",
			DocumentDBEventSourceConfig: &sparta.EventSourceDocumentDBConfig{
				DatabaseName: "shop", CollectionName: "orders", FullDocument: "UpdateLookup",
			},
			SourceAccessConfigurations: login,
		},
	}
	unknown := invoked("other", nil, []*sparta.EventSourceMapping{
		{EventSourceArn: cloudformation.ImportValue{Name: "jobs"}, BatchSize: 10},
	}, nil)
	unknown.RoleName, unknown.RoleDefinition = "reads-everything", nil
	return templateCase{before: addSources, service: testService(
		invoked("queues", nil, queues, nil), invoked("streams", nil, streams, nil),
		invoked("clusters", nil, clusters, func(o *sparta.LambdaFunctionOptions) { o.Alias = "live" }),
		invoked("others", nil, others, nil), unknown,
	)}
}

// destinations has functions whose asynchronous invocations are reported.
func destinations() templateCase {
	reported := func(success, failure any) func(*sparta.LambdaFunctionOptions) {
		return func(o *sparta.LambdaFunctionOptions) {
			o.EventInvokeConfig = &sparta.LambdaEventInvokeConfig{
				MaximumEventAgeInSeconds: 600,
				MaximumRetryAttempts:     1,
				DestinationConfig: &sparta.LambdaEventInvokeDestinationConfig{
					OnSuccess: &sparta.LambdaEventInvokeDestination{Destination: success},
					OnFailure: &sparta.LambdaEventInvokeDestination{Destination: failure},
				},
			}
		}
	}
	bus := "arn:aws:events:us-east-1:123456789012:event-bus/shop"
	return templateCase{before: addSources, service: testService(
		invoked("plain", nil, nil,
			reported(cloudformation.GetAtt{"Queue", "Arn"}, cloudformation.GetAtt{"Lost", "Arn"})),
		invoked("chained", nil, nil, func(o *sparta.LambdaFunctionOptions) {
			reported(cloudformation.GetAtt{"PlainFunction", "Arn"}, cloudformation.Ref("Topic"))(o)
			o.Alias = "live"
		}),
		invoked("bus", nil, nil, reported(bus, "arn:aws:s3:::failed-events")),
		invoked("once", nil, nil, func(o *sparta.LambdaFunctionOptions) {
			o.EventInvokeConfig = &sparta.LambdaEventInvokeConfig{MaximumRetryAttempts: sparta.NoRetries}
		}),
	)}
}
