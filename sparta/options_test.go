package sparta_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// problems returns Validate's error for a function, one line per problem, without the function's name.
func problems(change func(*sparta.LambdaAWSInfo)) string {
	err := sparta.Validate("Hello", []*sparta.LambdaAWSInfo{function("f", change)})
	if err == nil {
		return ""
	}
	return strings.ReplaceAll(err.Error(), "function 1 (f): ", "")
}

func manyTags(count int) map[string]string {
	tags := map[string]string{}
	for i := range count {
		tags[fmt.Sprintf("tag%d", i)] = "value"
	}
	return tags
}

func TestOptionProblems(t *testing.T) {
	type vpc = sparta.LambdaFunctionVPCConfig
	type fileSystem = sparta.LambdaFunctionFileSystemConfig
	layer := "arn:aws:lambda:eu-west-1:123456789012:layer:tools:1"
	other := func(name string) string { return strings.ReplaceAll(layer, "tools", name) }
	tests := map[string]struct {
		options sparta.LambdaFunctionOptions
		want    string
	}{
		"a description of 256 letters": {sparta.LambdaFunctionOptions{Description: strings.Repeat("ä", 256)}, ""},
		"a longer description": {
			sparta.LambdaFunctionOptions{Description: strings.Repeat("ä", 257)},
			"description of 257 characters is too long: use up to 256",
		},
		"the least storage": {sparta.LambdaFunctionOptions{EphemeralStorage: 512}, ""},
		"the most storage":  {sparta.LambdaFunctionOptions{EphemeralStorage: 10240}, ""},
		"too little storage": {
			sparta.LambdaFunctionOptions{EphemeralStorage: 511},
			"ephemeral storage of 511 MB is out of range: use 512 to 10240, or 0 for 512",
		},
		"too much storage": {
			sparta.LambdaFunctionOptions{EphemeralStorage: 10241},
			"ephemeral storage of 10241 MB is out of range: use 512 to 10240, or 0 for 512",
		},
		"a log retention of a year":  {sparta.LambdaFunctionOptions{LogRetention: 365}, ""},
		"logs that are kept forever": {sparta.LambdaFunctionOptions{LogRetention: sparta.LogRetentionForever}, ""},
		"a log retention of two days": {
			sparta.LambdaFunctionOptions{LogRetention: 2},
			"CloudWatch Logs cannot keep logs for 2 days: " +
				"use one of 1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653, " +
				"0 for 30 or -1 to keep them forever",
		},
		"a reserved concurrency of nothing": {
			sparta.LambdaFunctionOptions{ReservedConcurrentExecutions: sparta.ReserveNothing},
			"",
		},
		"a negative reserved concurrency": {
			sparta.LambdaFunctionOptions{ReservedConcurrentExecutions: -2},
			"reserved concurrency of -2 is out of range: use 1 or more, 0 for the account's unreserved concurrency, " +
				"or -1 (ReserveNothing) to stop the function",
		},
		"a key": {
			sparta.LambdaFunctionOptions{KmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/mrk-1"},
			"",
		},
		"a key's name": {
			sparta.LambdaFunctionOptions{KmsKeyArn: "alias/key"},
			`KMS key "alias/key" is not the ARN of a key: ` +
				"use for example arn:aws:kms:eu-west-1:123456789012:key/ and its ID",
		},
		"a key's alias": {
			sparta.LambdaFunctionOptions{KmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:alias/shop"},
			"KMS key arn:aws:kms:eu-west-1:123456789012:alias/shop is an alias, which policies of roles ignore: " +
				"use the ARN of the key itself, which ends with :key/ and its ID",
		},
		"a FIFO queue for dead letters": {
			sparta.LambdaFunctionOptions{DeadLetterConfigArn: "arn:aws:sqs:eu-west-1:123456789012:q.fifo"},
			"dead letter target arn:aws:sqs:eu-west-1:123456789012:q.fifo is a FIFO queue or topic, " +
				"to which Lambda does not send: use a standard one",
		},
		"a subscription for dead letters": {
			sparta.LambdaFunctionOptions{DeadLetterConfigArn: "arn:aws:sns:eu-west-1:123456789012:t:1234"},
			`dead letter target "arn:aws:sns:eu-west-1:123456789012:t:1234" is invalid: ` +
				"use the ARN of an SQS queue or an SNS topic, or a CloudFormation intrinsic",
		},
		"the largest environment": {
			sparta.LambdaFunctionOptions{
				Environment: map[string]any{"TEXT": strings.Repeat("x", 4096-len(`{"TEXT":""}`))},
			},
			"",
		},
		"an environment that is too large as JSON": {
			sparta.LambdaFunctionOptions{Environment: map[string]any{"TEXT": strings.Repeat(`"`, 2100)}},
			"environment of 4211 bytes as JSON is too large: " +
				"use up to 4096, and keep the rest in Parameter Store or Secrets Manager",
		},
		"a layer without a version": {
			sparta.LambdaFunctionOptions{Layers: []any{strings.TrimSuffix(layer, ":1")}},
			"layer " + strings.TrimSuffix(layer, ":1") + " is without a version: append one, for example :1",
		},
		"a layer's name": {
			sparta.LambdaFunctionOptions{Layers: []any{"tools"}},
			`layer "tools" is not the ARN of a layer's version: ` +
				"use for example arn:aws:lambda:eu-west-1:123456789012:layer:tools:1",
		},
		"a layer twice": {
			sparta.LambdaFunctionOptions{Layers: []any{
				layer, cloudformation.Ref("Layer"), layer + "2", cloudformation.Ref("Layer"),
			}},
			"layers 1 and 3 are the same layer: use one version of it\n" +
				"layers 2 and 4 are the same layer: use one version of it",
		},
		"a VPC whose lists are swapped": {
			sparta.LambdaFunctionOptions{
				VpcConfig: &vpc{SecurityGroupIDs: []any{"subnet-1"}, SubnetIDs: []any{"sg-1"}},
			},
			"VPC's security group \"subnet-1\" is not the ID of one: use for example sg-12345678\n" +
				"VPC's subnet \"sg-1\" is not the ID of one: use for example subnet-12345678",
		},
		"a VPC of two parameters": {
			sparta.LambdaFunctionOptions{
				VpcConfig: &vpc{
					SecurityGroupIDs: cloudformation.Ref("Groups"), SubnetIDs: cloudformation.Ref("Subnets"),
				},
			},
			"",
		},
		"a VPC with a text as a list": {
			sparta.LambdaFunctionOptions{
				VpcConfig: &vpc{SecurityGroupIDs: "sg-1", SubnetIDs: cloudformation.Ref("Subnets")},
			},
			"VPC's security groups are of type string: " +
				"use a list of IDs, or one CloudFormation intrinsic that is a list",
		},
		"a queue for dead letters": {
			sparta.LambdaFunctionOptions{DeadLetterConfigArn: "arn:aws-cn:sqs:cn-north-1:123456789012:q"},
			"",
		},
		"a topic for dead letters": {
			sparta.LambdaFunctionOptions{DeadLetterConfigArn: "arn:aws:sns:eu-west-1:123456789012:t"},
			"",
		},
		"a new queue for dead letters": {
			sparta.LambdaFunctionOptions{DeadLetterConfigArn: cloudformation.GetAtt{"Queue", "Arn"}},
			"",
		},
		"a queue's name for dead letters": {
			sparta.LambdaFunctionOptions{DeadLetterConfigArn: "q"},
			`dead letter target "q" is invalid: use the ARN of an SQS queue or an SNS topic, or a ` +
				"CloudFormation intrinsic",
		},
		"a bucket for dead letters": {
			sparta.LambdaFunctionOptions{DeadLetterConfigArn: "arn:aws:s3:::bucket"},
			`dead letter target "arn:aws:s3:::bucket" is invalid: use the ARN of an SQS queue or an SNS topic, or a ` +
				"CloudFormation intrinsic",
		},
		"recursive loops that are allowed": {sparta.LambdaFunctionOptions{RecursiveLoop: "Allow"}, ""},
		"an unknown setting of recursive loops": {
			sparta.LambdaFunctionOptions{RecursiveLoop: "Stop"},
			`recursive loop "Stop" is unknown: use Allow or Terminate`,
		},
		"five layers": {
			sparta.LambdaFunctionOptions{
				Layers: []any{layer, other("a"), other("b"), other("c"), cloudformation.Ref("Layer")},
			},
			"",
		},
		"six layers": {
			sparta.LambdaFunctionOptions{
				Layers: []any{layer, other("a"), other("b"), other("c"), other("d"), other("e")},
			},
			"6 layers are too many: use up to 5",
		},
		"an empty layer": {
			sparta.LambdaFunctionOptions{Layers: []any{layer, ""}},
			"layer 2 is of type string: use the ARN of a layer's version or a CloudFormation intrinsic",
		},
		"a VPC": {
			sparta.LambdaFunctionOptions{
				VpcConfig: &vpc{SecurityGroupIDs: []any{"sg-1"}, SubnetIDs: []any{cloudformation.Ref("Subnet")}},
			},
			"",
		},
		"a VPC without subnets": {
			sparta.LambdaFunctionOptions{VpcConfig: &vpc{SecurityGroupIDs: []any{"sg-1"}}},
			"VPC is incomplete: set at least one security group and one subnet",
		},
		"a VPC without groups": {
			sparta.LambdaFunctionOptions{VpcConfig: &vpc{SubnetIDs: []any{"subnet-1"}}},
			"VPC is incomplete: set at least one security group and one subnet",
		},
		"a VPC with a number as an ID": {
			sparta.LambdaFunctionOptions{VpcConfig: &vpc{SecurityGroupIDs: []any{"sg-1"}, SubnetIDs: []any{7}}},
			"VPC has an id of type int: use a string or a CloudFormation intrinsic",
		},
		"an unknown tracing mode": {
			sparta.LambdaFunctionOptions{TracingConfig: &sparta.LambdaFunctionTracingConfig{Mode: "On"}},
			`tracing mode "On" is unknown: use Active or PassThrough`,
		},
		"SnapStart that is off": {
			sparta.LambdaFunctionOptions{
				SnapStart:        &sparta.LambdaFunctionSnapStart{ApplyOn: "None"},
				EphemeralStorage: 1024,
			},
			"",
		},
		"SnapStart without ApplyOn": {
			sparta.LambdaFunctionOptions{SnapStart: &sparta.LambdaFunctionSnapStart{}},
			`SnapStart's ApplyOn "" is unknown: use PublishedVersions or None`,
		},
		"SnapStart with storage": {
			sparta.LambdaFunctionOptions{
				SnapStart:        &sparta.LambdaFunctionSnapStart{ApplyOn: "PublishedVersions"},
				EphemeralStorage: 1024,
			},
			"SnapStart does not work with 1024 MB of ephemeral storage: use 512",
		},
		"an alias": {sparta.LambdaFunctionOptions{Alias: "v1_live-2"}, ""},
		"an alias of digits": {
			sparta.LambdaFunctionOptions{Alias: "12"},
			`alias "12" is invalid: use 1 to 128 letters, digits, - and _, but not only digits`,
		},
		"Lambda's own version": {
			sparta.LambdaFunctionOptions{Alias: "$LATEST"},
			`alias "$LATEST" is invalid: use 1 to 128 letters, digits, - and _, but not only digits`,
		},
		"a public URL": {
			sparta.LambdaFunctionOptions{
				FunctionURL: &sparta.LambdaFunctionURL{
					AuthType: "NONE",
					Cors:     &sparta.LambdaFunctionURLCors{AllowMethods: []string{"GET", "*"}, MaxAge: 86400},
				},
			},
			"",
		},
		"a URL with everything wrong": {
			sparta.LambdaFunctionOptions{
				FunctionURL: &sparta.LambdaFunctionURL{
					AuthType: "BASIC",
					Cors:     &sparta.LambdaFunctionURLCors{AllowMethods: []string{"OPTIONS"}, MaxAge: 86401},
				},
			},
			"function URL's authorization \"BASIC\" is unknown: use AWS_IAM, or NONE for public access\n" +
				"function URL cannot allow method \"OPTIONS\" to other origins: " +
				"use some of [GET PUT HEAD POST PATCH DELETE *]\n" +
				"function URL's maximum age of 86401 seconds is out of range: use 0 to 86400",
		},
		"a handler in a package": {sparta.LambdaFunctionOptions{Handler: "shop/orders.take"}, ""},
		"a handler without a module": {
			sparta.LambdaFunctionOptions{Handler: "handle"},
			`handler "handle" is invalid: use a Python module and one of its functions, ` +
				`for example app.handle, in up to 128 characters`,
		},
		"a handler that is too long": {
			sparta.LambdaFunctionOptions{Handler: "a." + strings.Repeat("b", 127)},
			`handler "a.` + strings.Repeat("b", 127) + `" is invalid: use a Python module and one of its functions, ` +
				`for example app.handle, in up to 128 characters`,
		},
		"JSON logs": {
			sparta.LambdaFunctionOptions{
				LogRetention: 7,
				LoggingConfig: &sparta.LambdaFunctionLoggingConfig{
					LogFormat:           "JSON",
					ApplicationLogLevel: "TRACE",
					SystemLogLevel:      "DEBUG",
				},
			},
			"",
		},
		"logging with everything wrong": {
			sparta.LambdaFunctionOptions{
				LoggingConfig: &sparta.LambdaFunctionLoggingConfig{
					LogFormat:           "XML",
					ApplicationLogLevel: "LOUD",
					SystemLogLevel:      "ERROR",
					LogGroup:            "my logs",
				},
			},
			"log format \"XML\" is unknown: use one of [Text JSON]\n" +
				"application log level \"LOUD\" is unknown: use one of [TRACE DEBUG INFO WARN ERROR FATAL]\n" +
				"system log level \"ERROR\" is unknown: use one of [DEBUG INFO WARN]\n" +
				"log levels need JSON logs: set LogFormat to JSON, or clear the levels\n" +
				"log group \"my logs\" has an invalid name: use up to 512 letters, digits and .-_/#",
		},
		"a number as a log group": {
			sparta.LambdaFunctionOptions{LoggingConfig: &sparta.LambdaFunctionLoggingConfig{LogGroup: 7}},
			"log group is of type int: use a name or a CloudFormation intrinsic",
		},
		"a log group with a retention": {
			sparta.LambdaFunctionOptions{
				LogRetention:  7,
				LoggingConfig: &sparta.LambdaFunctionLoggingConfig{LogGroup: cloudformation.Ref("Logs")},
			},
			"LogRetention applies only to the function's own log group: clear LogRetention or LoggingConfig.LogGroup",
		},
		"as much provisioned as reserved": {
			sparta.LambdaFunctionOptions{ProvisionedConcurrency: 5, ReservedConcurrentExecutions: 5},
			"",
		},
		"provisioned concurrency of a function that is stopped": {
			sparta.LambdaFunctionOptions{
				ProvisionedConcurrency:       5,
				ReservedConcurrentExecutions: sparta.ReserveNothing,
			},
			"provisioned concurrency of 5 is more than the 0 that are reserved: reserve at least as many",
		},
		"more provisioned than reserved": {
			sparta.LambdaFunctionOptions{ProvisionedConcurrency: 6, ReservedConcurrentExecutions: 5},
			"provisioned concurrency of 6 is more than the 5 that are reserved: reserve at least as many",
		},
		"a negative provisioned concurrency": {
			sparta.LambdaFunctionOptions{ProvisionedConcurrency: -1},
			"provisioned concurrency of -1 is out of range: use 1 or more, or 0 for none",
		},
		"settings that exclude SnapStart": {
			sparta.LambdaFunctionOptions{
				ProvisionedConcurrency: 1,
				SnapStart:              &sparta.LambdaFunctionSnapStart{ApplyOn: "PublishedVersions"},
				VpcConfig:              &vpc{SecurityGroupIDs: []any{"sg-1"}, SubnetIDs: []any{"subnet-1"}},
				FileSystemConfigs:      []fileSystem{{cloudformation.GetAtt{"Files", "Arn"}, "/mnt/data"}},
			},
			"SnapStart does not work with provisioned concurrency: clear one\n" +
				"SnapStart does not work with file systems: clear one",
		},
		"file systems with everything wrong": {
			sparta.LambdaFunctionOptions{
				FileSystemConfigs: []fileSystem{
					{"fs-1", "/data"},
					{cloudformation.GetAtt{"Files", "Arn"}, "/mnt/a/b"},
				},
			},
			"2 file systems are too many: Lambda mounts 1\n" +
				"file systems need a VPC: set VpcConfig\n" +
				"file system of type string is invalid: " +
				"use the ARN of an EFS access point or a CloudFormation intrinsic\n" +
				"file system cannot be mounted at \"/data\": use a folder below /mnt, for example /mnt/data\n" +
				"file system cannot be mounted at \"/mnt/a/b\": use a folder below /mnt, for example /mnt/data",
		},
		"the longest durable executions": {
			sparta.LambdaFunctionOptions{
				DurableConfig: &sparta.LambdaFunctionDurableConfig{
					ExecutionTimeout:      31622400,
					RetentionPeriodInDays: 90,
				},
			},
			"",
		},
		"durable executions with everything wrong": {
			sparta.LambdaFunctionOptions{DurableConfig: &sparta.LambdaFunctionDurableConfig{RetentionPeriodInDays: 91}},
			"durable execution's timeout of 0 seconds is out of range: use 1 to 31622400\n" +
				"durable executions cannot be kept for 91 days: use 1 to 90, or 0 for Lambda's own retention",
		},
		"fifty tags": {sparta.LambdaFunctionOptions{Tags: manyTags(50)}, ""},
		"too many tags": {
			sparta.LambdaFunctionOptions{Tags: manyTags(51)},
			"51 tags are too many: use up to 50",
		},
		"a tag without a name": {
			sparta.LambdaFunctionOptions{Tags: map[string]string{"": "x"}},
			`tag "" has an invalid name: use 1 to 128 letters, digits, spaces and _.:/=+-@`,
		},
		"the longest tag": {
			sparta.LambdaFunctionOptions{
				Tags: map[string]string{strings.Repeat("ü", 128): strings.Repeat("ü", 256)},
			},
			"",
		},
		"a tag with a name that is too long": {
			sparta.LambdaFunctionOptions{Tags: map[string]string{strings.Repeat("k", 129): "x"}},
			`tag "` + strings.Repeat("k", 129) + `" has an invalid name: ` +
				`use 1 to 128 letters, digits, spaces and _.:/=+-@`,
		},
		"a tag with a value that is too long": {
			sparta.LambdaFunctionOptions{Tags: map[string]string{"x": strings.Repeat("v", 257)}},
			"tag x has an invalid value: use up to 256 letters, digits, spaces and _.:/=+-@",
		},
		"a reserved tag": {
			sparta.LambdaFunctionOptions{Tags: map[string]string{"AWS:x": "x"}},
			"tag AWS:x is reserved for AWS: choose a name that does not begin with aws:",
		},
		"a tag with a bad value": {
			sparta.LambdaFunctionOptions{Tags: map[string]string{"x": "a;b"}},
			"tag x has an invalid value: use up to 256 letters, digits, spaces and _.:/=+-@",
		},
		"Lambda@Edge": {
			sparta.LambdaFunctionOptions{Edge: true, Timeout: 30, Tags: map[string]string{"a": "b"}},
			"",
		},
		"associations": {
			sparta.LambdaFunctionOptions{Edge: true, EdgeAssociations: []sparta.EdgeAssociation{
				{EventType: "viewer-request", IncludeBody: true},
				{EventType: "viewer-request", Distribution: "EDFDVBD6EXAMPLE"},
				{EventType: "viewer-request", PathPattern: "/images/*.jpg"},
				{EventType: "viewer-request", PathPattern: "/"},
				{EventType: "origin-request", Distribution: "EDFDVBD6EXAMPLE", PathPattern: "/*"},
				{EventType: "origin-request", Distribution: cloudformation.Ref("Cdn"), IncludeBody: true},
				{EventType: "origin-response", PathPattern: strings.Repeat("x", 255)},
				{EventType: "viewer-response"},
			}},
			"",
		},
		"invalid associations": {
			sparta.LambdaFunctionOptions{EdgeAssociations: []sparta.EdgeAssociation{
				{EventType: "viewer"},
				{EventType: "viewer-response", IncludeBody: true, PathPattern: "*"},
				{EventType: "viewer-request", Distribution: "Cdn", PathPattern: strings.Repeat("x", 256)},
				{EventType: "viewer"},
				{EventType: "viewer-request", Distribution: 5, PathPattern: "/a b|c"},
				{EventType: "viewer-request", PathPattern: "/*"},
				{EventType: "origin-request", PathPattern: "/a/*"},
				{EventType: "origin-request", PathPattern: "a/*"},
			}},
			"function with EdgeAssociations has no Edge: set it, so that it is a function for edge locations\n" +
				"EdgeAssociations[0].EventType \"viewer\" is invalid: use viewer-request, origin-request, " +
				"origin-response, viewer-response\n" +
				"EdgeAssociations[1].IncludeBody with viewer-response: only viewer-request and origin-request events " +
				"have the request's body, so remove it\n" +
				"EdgeAssociations[1].PathPattern \"*\" is the default behavior: leave it empty\n" +
				"EdgeAssociations[2].Distribution \"Cdn\" is invalid: use the ID of a distribution, for example " +
				"EDFDVBD6EXAMPLE, or cloudformation.Ref with its logical ID in the template\n" +
				"EdgeAssociations[2].PathPattern \"" + strings.Repeat("x", 256) + "\" is invalid: use up to 255 " +
				"letters, digits and _-.*$/~\"'@:+&?\\\n" +
				"EdgeAssociations[3] repeats another one: remove it\n" +
				"EdgeAssociations[3].EventType \"viewer\" is invalid: use viewer-request, origin-request, " +
				"origin-response, viewer-response\n" +
				"EdgeAssociations[4].Distribution of type int is invalid: use the ID of a distribution, for example " +
				"EDFDVBD6EXAMPLE, or cloudformation.Ref with its logical ID in the template\n" +
				"EdgeAssociations[4].PathPattern \"/a b|c\" is invalid: use up to 255 letters, digits and " +
				"_-.*$/~\"'@:+&?\\\n" +
				"EdgeAssociations[5].PathPattern \"/*\" is the default behavior: leave it empty\n" +
				"EdgeAssociations[7] repeats another one: remove it",
		},
		"Lambda@Edge with SnapStart": {
			sparta.LambdaFunctionOptions{
				Edge: true, SnapStart: &sparta.LambdaFunctionSnapStart{ApplyOn: "PublishedVersions"},
			},
			"Lambda@Edge does not allow SnapStart: clear SnapStart, or Edge",
		},
		"Lambda@Edge with everything that it does not allow": {
			sparta.LambdaFunctionOptions{
				Edge:                         true,
				Timeout:                      31,
				EphemeralStorage:             513,
				ReservedConcurrentExecutions: 1,
				KmsKeyArn:                    "arn:aws:kms:us-east-1:123456789012:key/1",
				Layers:                       []any{layer},
				Environment:                  map[string]any{"NAME": "text"},
				DeadLetterConfigArn:          "arn:aws:sns:us-east-1:123456789012:topic",
				VpcConfig:                    &vpc{SecurityGroupIDs: []any{"sg-1"}, SubnetIDs: []any{"subnet-1"}},
				TracingConfig:                &sparta.LambdaFunctionTracingConfig{Mode: "Active"},
				ProvisionedConcurrency:       1,
				FileSystemConfigs:            []fileSystem{{cloudformation.GetAtt{"Files", "Arn"}, "/mnt/data"}},
				DurableConfig:                &sparta.LambdaFunctionDurableConfig{ExecutionTimeout: 60},
			},
			"Lambda@Edge does not allow environment variables: clear Environment, or Edge\n" +
				"Lambda@Edge does not allow a VPC: clear VpcConfig, or Edge\n" +
				"Lambda@Edge does not allow layers: clear Layers, or Edge\n" +
				"Lambda@Edge does not allow a dead letter target: clear DeadLetterConfigArn, or Edge\n" +
				"Lambda@Edge does not allow a KMS key: clear KmsKeyArn, or Edge\n" +
				"Lambda@Edge does not allow reserved concurrency: clear ReservedConcurrentExecutions, or Edge\n" +
				"Lambda@Edge does not allow provisioned concurrency: clear ProvisionedConcurrency, or Edge\n" +
				"Lambda@Edge does not allow file systems: clear FileSystemConfigs, or Edge\n" +
				"Lambda@Edge does not allow durable executions: clear DurableConfig, or Edge\n" +
				"Lambda@Edge does not allow active tracing: clear TracingConfig, or Edge\n" +
				"Lambda@Edge does not allow EphemeralStorage of 513 MB: use up to 512, or clear Edge\n" +
				"Lambda@Edge does not allow Timeout of 31 seconds: use up to 30, or clear Edge",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := problems(func(info *sparta.LambdaAWSInfo) { info.Options = &test.options }); got != test.want {
				t.Errorf("problems are %s\n         want %s", got, test.want)
			}
		})
	}
}
