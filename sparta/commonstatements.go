package sparta

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta/iam"
)

// CommonIAMStatements are statements for roles that an application writes itself. The roles of IAMRoleDefinition have
// what their functions need without them.
var CommonIAMStatements = struct {
	Core     []iam.PolicyStatement // logs, metrics, traces and the function's own stack
	VPC      []iam.PolicyStatement // network interfaces, for functions with a VpcConfig
	DynamoDB []iam.PolicyStatement // reading a stream; the application sets Resource
	Kinesis  []iam.PolicyStatement // reading a stream; the application sets Resource
	SQS      []iam.PolicyStatement // reading a queue; the application sets Resource
}{
	Core: []iam.PolicyStatement{
		{
			Effect:   "Allow",
			Action:   []string{"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"},
			Resource: cloudformation.Sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*"),
		},
		{
			Effect:   "Allow",
			Action:   []string{"cloudformation:DescribeStacks", "cloudformation:DescribeStackResource"},
			Resource: cloudformation.StackID,
		},
		{Effect: "Allow", Action: []string{"cloudwatch:PutMetricData"}, Resource: "*"},
		{Effect: "Allow", Action: []string{"xray:PutTraceSegments", "xray:PutTelemetryRecords"}, Resource: "*"},
	},
	VPC: []iam.PolicyStatement{{
		Effect: "Allow",
		Action: []string{
			"ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface",
		},
		Resource: "*",
	}},
	DynamoDB: []iam.PolicyStatement{{
		Effect: "Allow",
		Action: []string{
			"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams",
		},
	}},
	Kinesis: []iam.PolicyStatement{{
		Effect: "Allow",
		Action: []string{
			"kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream", "kinesis:ListStreams",
		},
	}},
	SQS: []iam.PolicyStatement{{
		Effect: "Allow",
		Action: []string{"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"},
	}},
}

// AssumePolicyDocument is the trust policy of the roles of functions: Lambda can assume them.
var AssumePolicyDocument = ArbitraryJSONObject{
	"Version": "2012-10-17",
	"Statement": []ArbitraryJSONObject{{
		"Effect":    "Allow",
		"Principal": ArbitraryJSONObject{"Service": []string{LambdaPrincipal}},
		"Action":    []string{"sts:AssumeRole"},
	}},
}
