package physicalname

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
)

func TestNamesThatContainTheStacks(t *testing.T) {
	sub := func(text string) any { return cloudformation.Sub(text) }
	long := strings.Repeat("x", 60)
	for name, test := range map[string]struct {
		kind       string
		properties map[string]any
		stack      Stack
		want       string // empty if the name is valid
	}{
		"a bucket in lower case": {
			"AWS::S3::Bucket", map[string]any{"BucketName": sub("${AWS::StackName}-a")}, Stack{Name: "hello"}, "",
		},
		"a bucket in upper case": {
			"AWS::S3::Bucket",
			map[string]any{"BucketName": sub("${AWS::StackName}-a")},
			Stack{Name: "Hello"},
			`resource R (AWS::S3::Bucket): BucketName would be "Hello-a" in stack Hello, which is invalid: ` +
				"use 3 to 63 lower-case letters, digits, hyphens and dots: change it, or the stack's name " +
				"(SPARTA_STACK, -stack)",
		},
		"only the stack's name": {
			"AWS::S3::Bucket", map[string]any{"BucketName": cloudformation.StackName}, Stack{Name: "Hello"}, `"Hello"`,
		},
		"parts that are joined": {
			"AWS::S3::Bucket",
			map[string]any{"BucketName": map[string]any{"Fn::Join": []any{"-", []any{
				"a", cloudformation.StackName, cloudformation.AccountID,
			}}}},
			Stack{Name: "Hello"},
			`"a-Hello-123456789012"`,
		},
		"a name that is too long with its region": {
			"AWS::S3::Bucket",
			map[string]any{"BucketName": sub("${AWS::StackName}-${AWS::Region}")},
			Stack{Name: long, Region: "eu-west-1"},
			`"` + long + `-eu-west-1"`,
		},
		"a region that is not known": {
			"AWS::S3::Bucket",
			map[string]any{"BucketName": sub("${AWS::StackName}-${AWS::Region}")},
			Stack{Name: long[:53]},
			"",
		},
		"a parameter's value": {
			"AWS::S3::Bucket",
			map[string]any{"BucketName": sub("${AWS::StackName}-${Suffix}")},
			Stack{Name: "Hello"},
			"",
		},
		"a literal": {
			"AWS::S3::Bucket", map[string]any{"BucketName": "{{resolve:ssm:Bucket}}"}, Stack{Name: "Hello"}, "",
		},
		"no stack's name": {
			"AWS::S3::Bucket", map[string]any{"BucketName": sub("${AWS::StackName}")}, Stack{}, "",
		},
		"an existing bucket with notifications": {
			"AWS::CloudFormation::CustomResource",
			map[string]any{"Bucket": sub("arn:aws:s3:::${AWS::StackName}-a"), "Notifications": []any{}},
			Stack{Name: "Hello"},
			`Bucket would be "Hello-a"`,
		},
		"a custom resource of the user's": {
			"AWS::CloudFormation::CustomResource",
			map[string]any{"Bucket": sub("${AWS::StackName}")},
			Stack{Name: "Hello"},
			"",
		},
		"a name in an object": {
			"AWS::CloudFront::OriginAccessControl",
			map[string]any{"OriginAccessControlConfig": map[string]any{"Name": sub("${AWS::StackName}-more")}},
			Stack{Name: long},
			`OriginAccessControlConfig.Name would be "` + long + `-more"`,
		},
		"a queue that is too long": {
			"AWS::SQS::Queue",
			map[string]any{"QueueName": sub("${AWS::StackName}-" + long)},
			Stack{Name: long},
			"use up to 80 letters",
		},
		"a state machine that is too long": {
			"AWS::StepFunctions::StateMachine",
			map[string]any{"StateMachineName": sub("${AWS::StackName}-steps-of-all-orders")},
			Stack{Name: long + "x"},
			"use up to 80 letters",
		},
		"a stream that is too long": {
			"AWS::Kinesis::Stream",
			map[string]any{"Name": sub("${AWS::StackName}-" + long)},
			Stack{Name: long + "12345678"},
			"use up to 128 letters",
		},
		"a queue with order": {
			"AWS::SQS::Queue", map[string]any{"QueueName": sub("${AWS::StackName}.fifo")}, Stack{Name: "Hello"}, "",
		},
		"a dollar in a name": {
			"AWS::SNS::Topic",
			map[string]any{"TopicName": sub("${AWS::StackName}${!a}")},
			Stack{Name: "Hello"},
			`"Hello${a}"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			template := cloudformation.NewTemplate("")
			if err := template.Add("R", &cloudformation.Resource{
				Type: test.kind, Properties: test.properties,
			}); err != nil {
				t.Fatal(err)
			}
			err := Check(template, test.stack)
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}
