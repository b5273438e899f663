package template

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func TestExistingRoles(t *testing.T) {
	service := testService(
		testFunction("a", "my-role", nil),
		testFunction("b", ownRole(), nil),
		testFunction("c", "service-role/my-role", nil),
		testFunction("d", "arn:aws:iam::123456789012:role/my-role", nil),
		testFunction("e", "another", nil),
	)
	want := []ExistingRole{
		{Name: "another", Resource: "role/another", Functions: []string{"e"}},
		{Name: "my-role", Resource: "role/my-role", Functions: []string{"a", "d"}},
		{Name: "my-role", Resource: "role/service-role/my-role", Functions: []string{"c"}},
	}
	if got := ExistingRoles(service.Functions); !reflect.DeepEqual(got, want) {
		t.Errorf("roles are %+v\n     want %+v", got, want)
	}
}

func TestRolesAllowWhatSettingsNeed(t *testing.T) {
	tests := map[string]struct {
		change func(*sparta.LambdaFunctionOptions)
		want   []string // actions by resource, beside the log
	}{
		"nothing":           {func(*sparta.LambdaFunctionOptions) {}, nil},
		"active tracing":    {traced("Active"), []string{`"*": xray:PutTraceSegments xray:PutTelemetryRecords`}},
		"tracing by chance": {traced("PassThrough"), []string{`"*": xray:PutTraceSegments xray:PutTelemetryRecords`}},
		"a VPC": {
			func(o *sparta.LambdaFunctionOptions) {
				o.VpcConfig = &sparta.LambdaFunctionVPCConfig{
					SecurityGroupIDs: []any{"sg-1"}, SubnetIDs: []any{"subnet-1"},
				}
			},
			[]string{
				`"*": ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ` +
					`ec2:DeleteNetworkInterface ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses`,
			},
		},
		"a dead letter queue": {
			func(o *sparta.LambdaFunctionOptions) { o.DeadLetterConfigArn = "arn:aws:sqs:eu-west-1:123456789012:q" },
			[]string{`"arn:aws:sqs:eu-west-1:123456789012:q": sqs:SendMessage`},
		},
		"a dead letter topic": {
			func(o *sparta.LambdaFunctionOptions) { o.DeadLetterConfigArn = "arn:aws:sns:eu-west-1:123456789012:t" },
			[]string{`"arn:aws:sns:eu-west-1:123456789012:t": sns:Publish`},
		},
		"a dead letter target that is yet to be made": {
			func(o *sparta.LambdaFunctionOptions) { o.DeadLetterConfigArn = cloudformation.Ref("Topic") },
			[]string{`{"Ref":"Topic"}: sqs:SendMessage sns:Publish`},
		},
		"a key": {
			func(o *sparta.LambdaFunctionOptions) { o.KmsKeyArn = "arn:aws:kms:key" },
			[]string{`"arn:aws:kms:key": kms:Decrypt`},
		},
		"the edge": {
			func(o *sparta.LambdaFunctionOptions) { o.Edge = true },
			[]string{
				`{"Fn::Sub":"arn:${AWS::Partition}:logs:*:${AWS::AccountId}:log-group:` +
					`/aws/lambda/us-east-1.${AWS::StackName}-f:*"}: ` +
					`logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents`,
			},
		},
	}
	const log = `{"Fn::Sub":"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:` +
		`/aws/lambda/${AWS::StackName}-f:*"}: logs:CreateLogStream logs:PutLogEvents`
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f, err := checkedFunction(testFunction("f", ownRole(), test.change), testPackage, "Hello", "")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, statement := range f.statements() {
				resource, err := json.Marshal(statement["Resource"])
				if err != nil {
					t.Fatal(err)
				}
				line := string(resource) + ":"
				for _, action := range statement["Action"].([]string) {
					line += " " + action
				}
				got = append(got, line)
			}
			if want := append([]string{log}, test.want...); !reflect.DeepEqual(got, want) {
				t.Errorf("role allows %q\n       want %q", got, want)
			}
		})
	}
}

func traced(mode string) func(*sparta.LambdaFunctionOptions) {
	return func(o *sparta.LambdaFunctionOptions) {
		o.TracingConfig = &sparta.LambdaFunctionTracingConfig{Mode: mode}
	}
}
