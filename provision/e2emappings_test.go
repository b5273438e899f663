package provision_test

import (
	"context"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// eventSourceMapping is a mapping in the output of the AWS command line.
type eventSourceMapping struct {
	UUID, EventSourceArn, FunctionArn, State  string
	BatchSize, MaximumBatchingWindowInSeconds int64
	FunctionResponseTypes                     []string
}

// mappings returns the account's event source mappings.
func (d *deployment) mappings() []eventSourceMapping {
	d.t.Helper()
	var found struct{ EventSourceMappings []eventSourceMapping }
	d.account.CLI(d.t, &found, "lambda", "list-event-source-mappings")
	return found.EventSourceMappings
}

// rolePolicy is the policy of the role of hello.
func (d *deployment) rolePolicy() string {
	d.t.Helper()
	var function configuration
	d.account.CLI(d.t, &function, "lambda", "get-function", "--function-name", "Tested-hello")
	role := function.Configuration.Role[strings.LastIndex(function.Configuration.Role, "/")+1:]
	return string(d.account.CLI(d.t, nil,
		"iam", "get-role-policy", "--role-name", role, "--policy-name", "Tested-hello"))
}

// TestAFunctionReadsAQueueOfItsStack deploys, reads back, deploys again, changes and deletes a function with its queue.
func TestAFunctionReadsAQueueOfItsStack(t *testing.T) {
	d := newDeployment(t)
	d.service.Hooks = &sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{
		func(_ context.Context, w *sparta.Workflow) error {
			return w.Template.Add("Jobs", &cloudformation.Resource{Type: "AWS::SQS::Queue"})
		},
	}}
	mapping := &sparta.EventSourceMapping{EventSourceArn: cloudformation.GetAtt{"Jobs", "Arn"}, BatchSize: 5}
	d.service.Functions[0].EventSourceMappings = []*sparta.EventSourceMapping{mapping}
	d.must()
	found := d.mappings()
	if len(found) != 1 || found[0].BatchSize != 5 || found[0].State != "Enabled" ||
		!strings.HasSuffix(found[0].FunctionArn, ":function:Tested-hello") ||
		!strings.Contains(found[0].EventSourceArn, ":sqs:") {
		t.Fatalf("the account has the mappings %+v, want that of the queue", found)
	}
	policy := d.rolePolicy()
	for _, want := range []string{"sqs:ReceiveMessage", found[0].EventSourceArn} {
		if !strings.Contains(policy, want) {
			t.Errorf("the role's policy lacks %s:\n%s", want, policy)
		}
	}
	if result := d.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}

	mapping.BatchSize, mapping.Disabled = 0, true
	d.must()
	changed := d.mappings()
	if len(changed) != 1 || changed[0].UUID != found[0].UUID || changed[0].BatchSize != 10 ||
		changed[0].State != "Disabled" {
		t.Errorf("after a change the mapping is %+v, want the same one, disabled, with a batch of 10", changed)
	}

	d.service.Functions[0].Options.Alias = "live"
	d.must()
	if found := d.mappings(); len(found) != 1 || !strings.HasSuffix(found[0].FunctionArn, ":Tested-hello:live") {
		t.Errorf("the mappings %+v do not invoke the alias", found)
	}

	if err := d.delete("", true); err != nil {
		t.Fatal(err)
	}
	if left := d.mappings(); len(left) != 0 {
		t.Errorf("mappings %+v are left", left)
	}
}

// Mistakes are reported before anything is written, with the function and the field.
func TestMistakesOfMappings(t *testing.T) {
	d := newDeployment(t)
	d.options.NoOp = true
	d.service.Hooks = &sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{addStreams}}
	for name, test := range map[string]struct {
		mapping sparta.EventSourceMapping
		want    string
	}{
		"a number out of range": {
			sparta.EventSourceMapping{EventSourceArn: cloudformation.GetAtt{"Lost", "Arn"}, BatchSize: -1},
			"function hello: event source mapping of Lost.Arn: BatchSize of -1 is out of range: " +
				"use 1 to 10000, or 0 for Lambda's default",
		},
		"a setting of another kind of source": {
			sparta.EventSourceMapping{EventSourceArn: cloudformation.GetAtt{"Lost", "Arn"}, ParallelizationFactor: 2},
			"function hello: event source mapping of Lost.Arn: ParallelizationFactor is not for an SQS queue: " +
				"leave it empty; it is for a Kinesis stream or a DynamoDB stream",
		},
		"a source that a hook has not added": {
			sparta.EventSourceMapping{EventSourceArn: cloudformation.GetAtt{"Missing", "Arn"}},
			"function hello: event source mapping of Missing.Arn: EventSourceArn Missing.Arn: the template has " +
				"no resource Missing: add it in a PreMarshall hook, or in the Resources of a magefile's Service",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d.service.Functions[0].EventSourceMappings = []*sparta.EventSourceMapping{&test.mapping}
			if _, err := d.run(); err == nil || err.Error() != test.want {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}

// TestStreamsAndClustersAreRead deploys a function with a source of each kind that the stack can have or name.
func TestStreamsAndClustersAreRead(t *testing.T) {
	d := newDeployment(t)
	d.service.Hooks = &sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{addStreams}}
	secret := "arn:aws:secretsmanager:us-east-1:123456789012:secret:login"
	d.service.Functions[0].EventSourceMappings = []*sparta.EventSourceMapping{
		{
			EventSourceArn: cloudformation.GetAtt{"Clicks", "Arn"}, StartingPosition: "LATEST",
			MaximumRetryAttempts: sparta.NoRetries,
			DestinationConfig: &sparta.EventSourceDestinationConfig{
				OnFailure: &sparta.EventSourceOnFailure{Destination: cloudformation.GetAtt{"Lost", "Arn"}},
			},
		},
		{EventSourceArn: cloudformation.Ref("Reader"), StartingPosition: "LATEST"},
		{EventSourceArn: cloudformation.GetAtt{"Orders", "StreamArn"}, StartingPosition: "TRIM_HORIZON"},
		{
			EventSourceArn: "arn:aws:mq:us-east-1:123456789012:broker:jobs:b-1", Queues: []string{"todo"},
			SourceAccessConfigurations: []sparta.EventSourceAccessConfiguration{{Type: "BASIC_AUTH", URI: secret}},
		},
		{
			SelfManagedEventSource: &sparta.EventSourceSelfManaged{Endpoints: sparta.EventSourceEndpoints{
				KafkaBootstrapServers: []string{"b-1.example.com:9092"},
			}},
			Topics: []string{"orders"}, StartingPosition: "LATEST",
		},
	}
	d.must()
	found := d.mappings()
	text := string(d.account.CLI(t, nil, "lambda", "list-event-source-mappings"))
	for _, want := range []string{
		":stream/", "/consumer/reader", ":table/", ":broker:jobs", "b-1.example.com:9092", `"MaximumRetryAttempts": 0`,
		`"StartingPosition": "TRIM_HORIZON"`, "todo", "orders", ":sqs:",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the mappings lack %s:\n%s", want, text)
		}
	}
	policy := d.rolePolicy()
	for _, want := range []string{
		"kinesis:GetRecords", "kinesis:SubscribeToShard", "dynamodb:GetRecords", "mq:DescribeBroker", "sqs:SendMessage",
		"secretsmanager:GetSecretValue", "ec2:CreateNetworkInterface",
	} {
		if !strings.Contains(policy, want) {
			t.Errorf("the role's policy lacks %s:\n%s", want, policy)
		}
	}
	if result := d.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}

	// A new mapping at the start of the list does not replace the others.
	d.service.Functions[0].EventSourceMappings = append([]*sparta.EventSourceMapping{
		{EventSourceArn: cloudformation.GetAtt{"Lost", "Arn"}},
	}, d.service.Functions[0].EventSourceMappings...)
	d.must()
	after := map[string]bool{}
	for _, mapping := range d.mappings() {
		after[mapping.UUID] = true
	}
	for _, mapping := range found {
		if !after[mapping.UUID] {
			t.Errorf("the mapping of %s was replaced", mapping.EventSourceArn)
		}
	}
	if len(after) != len(found)+1 {
		t.Errorf("there are %d mappings, want %d", len(after), len(found)+1)
	}
	if err := d.delete("", true); err != nil {
		t.Fatal(err)
	}
	if left := d.mappings(); len(left) != 0 {
		t.Errorf("mappings %+v are left", left)
	}
}

func addStreams(_ context.Context, w *sparta.Workflow) error {
	for id, resource := range map[string]*cloudformation.Resource{
		"Lost":   {Type: "AWS::SQS::Queue"},
		"Clicks": {Type: "AWS::Kinesis::Stream", Properties: map[string]any{"ShardCount": 1}},
		"Reader": {Type: "AWS::Kinesis::StreamConsumer", Properties: map[string]any{
			"ConsumerName": "reader", "StreamARN": cloudformation.GetAtt{"Clicks", "Arn"},
		}},
		"Orders": {Type: "AWS::DynamoDB::Table", Properties: map[string]any{
			"AttributeDefinitions": []any{map[string]any{"AttributeName": "id", "AttributeType": "S"}},
			"BillingMode":          "PAY_PER_REQUEST",
			"KeySchema":            []any{map[string]any{"AttributeName": "id", "KeyType": "HASH"}},
			"StreamSpecification":  map[string]any{"StreamViewType": "NEW_IMAGE"},
		}},
	} {
		if err := w.Template.Add(id, resource); err != nil {
			return err
		}
	}
	return nil
}

// TestResultsGoToDestinations deploys, reads back, changes and removes the destinations of asynchronous invocations.
func TestResultsGoToDestinations(t *testing.T) {
	d := newDeployment(t)
	d.service.Hooks = &sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{addStreams}}
	options := d.service.Functions[0].Options
	options.EventInvokeConfig = &sparta.LambdaEventInvokeConfig{
		MaximumRetryAttempts: sparta.NoRetries,
		DestinationConfig: &sparta.LambdaEventInvokeDestinationConfig{
			OnFailure: &sparta.LambdaEventInvokeDestination{Destination: cloudformation.GetAtt{"Lost", "Arn"}},
		},
	}
	d.must()
	type configs struct {
		FunctionEventInvokeConfigs []struct {
			MaximumRetryAttempts, MaximumEventAgeInSeconds *int
			DestinationConfig                              struct{ OnSuccess, OnFailure struct{ Destination string } }
		}
	}
	read := func() configs {
		var found configs
		d.account.CLI(t, &found, "lambda", "list-function-event-invoke-configs", "--function-name", "Tested-hello")
		return found
	}
	found := read().FunctionEventInvokeConfigs
	if len(found) != 1 || found[0].MaximumRetryAttempts == nil || *found[0].MaximumRetryAttempts != 0 ||
		!strings.Contains(found[0].DestinationConfig.OnFailure.Destination, ":sqs:") {
		t.Fatalf("the configurations are %+v, want no retries and the queue", found)
	}
	if policy := d.rolePolicy(); !strings.Contains(policy, found[0].DestinationConfig.OnFailure.Destination) {
		t.Errorf("the role may not send to the queue:\n%s", policy)
	}
	if result := d.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}
	options.EventInvokeConfig = &sparta.LambdaEventInvokeConfig{MaximumEventAgeInSeconds: 60}
	d.must()
	found = read().FunctionEventInvokeConfigs
	if len(found) != 1 || found[0].MaximumRetryAttempts != nil || *found[0].MaximumEventAgeInSeconds != 60 ||
		found[0].DestinationConfig.OnFailure.Destination != "" {
		t.Errorf("after a change the configurations are %+v", found)
	}
	options.EventInvokeConfig = nil
	d.must()
	if found := read().FunctionEventInvokeConfigs; len(found) != 0 {
		t.Errorf("the configurations %+v are left", found)
	}
}
