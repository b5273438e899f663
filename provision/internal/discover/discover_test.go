package discover

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
)

// TestTheNamesThatAreKnownAtTheEdge are those of resources whose Ref is a property, as text.
func TestTheNamesThatAreKnownAtTheEdge(t *testing.T) {
	for name, test := range map[string]struct {
		kind, property string
		value          any
		ref, fail      string
	}{
		"a bucket":    {"AWS::S3::Bucket", "BucketName", "assets", "assets", ""},
		"a table":     {"AWS::DynamoDB::Table", "TableName", "orders", "orders", ""},
		"a log group": {"AWS::Logs::LogGroup", "LogGroupName", "/shop", "/shop", ""},
		"a parameter": {"AWS::SSM::Parameter", "Name", "/shop/a", "/shop/a", ""},
		"a role":      {"AWS::IAM::Role", "RoleName", "reader", "reader", ""},
		"stack, region": {
			"AWS::S3::Bucket", "BucketName", cloudformation.Sub("${AWS::StackName}-${AWS::Region}"),
			"Shop-us-east-1", "",
		},
		"an account": {
			"AWS::S3::Bucket", "BucketName", cloudformation.Sub("a-${AWS::AccountId}"),
			"", "BucketName is not: set it to",
		},
		"a secret": {"AWS::S3::Bucket", "BucketName", "{{resolve:ssm:name}}", "", "BucketName is not: set it to text"},
		"no name":  {"AWS::S3::Bucket", "Tags", nil, "", "BucketName is not: set it to text"},
		"a queue":  {"AWS::SQS::Queue", "QueueName", "a", "", "the Ref of an AWS::SQS::Queue is not"},
	} {
		t.Run(name, func(t *testing.T) {
			template := cloudformation.NewTemplate("")
			if err := template.Add("R", &cloudformation.Resource{
				Type: test.kind, Properties: map[string]any{test.property: test.value},
			}); err != nil {
				t.Fatal(err)
			}
			function := Function{
				ID: "F", DependsOn: map[string]string{"R": "R", "G": "G"}, Siblings: map[string]string{"G": "Shop-g"},
			}
			info, err := function.AtEdge(template, "Shop")
			if got := info.Resources["R"].ResourceRef; got != test.ref {
				t.Errorf("the Ref is %q, want %q", got, test.ref)
			}
			if (err == nil) != (test.fail == "") || err != nil && !strings.Contains(err.Error(), test.fail) {
				t.Errorf("the error is %v, want %s", err, test.fail)
			}
			if got := info.Resources["G"]; got.ResourceRef != "Shop-g" || got.ResourceType != "AWS::Lambda::Function" {
				t.Errorf("the other function is %+v", got)
			}
			if info.StackName != "Shop" || info.Region != "us-east-1" || info.ResourceID != "F" {
				t.Errorf("the function is %+v", info)
			}
		})
	}
}
