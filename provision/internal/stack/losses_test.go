//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package stack

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
)

// changed is a change of a resource called R, whose replacement and policy may be told.
func changed(action, kind, replacement, policy string, details ...*cfn.ResourceChangeDetail) *cfn.ResourceChange {
	c := &cfn.ResourceChange{Action: &action, LogicalResourceId: aws.String("R"), ResourceType: &kind, Details: details}
	if replacement != "" {
		c.Replacement = &replacement
	}
	if policy != "" {
		c.PolicyAction = &policy
	}
	return c
}

// causedBy is a detail of a change that another resource causes.
func causedBy(cause, recreation string) *cfn.ResourceChangeDetail {
	return &cfn.ResourceChangeDetail{
		Evaluation: aws.String("Dynamic"), CausingEntity: &cause, ChangeSource: aws.String("ResourceAttribute"),
		Target: &cfn.ResourceTargetDefinition{Attribute: aws.String("Properties"), Name: aws.String("TargetFunctionArn"), RequiresRecreation: &recreation},
	}
}

func TestLosses(t *testing.T) {
	const url = "AWS::Lambda::Url"
	function := codeChange()
	replaced := codeChange()
	replaced.Replacement = aws.String("True")
	static := &cfn.ResourceChangeDetail{Evaluation: aws.String("Static"), Target: &cfn.ResourceTargetDefinition{
		Attribute: aws.String("Properties"), Name: aws.String("AuthType"), RequiresRecreation: aws.String("Conditionally"),
	}}
	for name, test := range map[string]struct {
		changes []*cfn.ResourceChange
		want    string // empty means none
	}{
		"a queue is removed":           {[]*cfn.ResourceChange{changed("Remove", "AWS::SQS::Queue", "", "")}, "R (AWS::SQS::Queue) is removed, and its messages and address with it"},
		"a queue is replaced":          {[]*cfn.ResourceChange{changed("Modify", "AWS::SQS::Queue", "True", "ReplaceAndDelete")}, "R (AWS::SQS::Queue) is replaced, and its messages and address with it"},
		"a queue may be replaced":      {[]*cfn.ResourceChange{changed("Modify", "AWS::SQS::Queue", "Conditional", "", static)}, "R (AWS::SQS::Queue) may be replaced, and its messages and address with it"},
		"nobody knows why it might be": {[]*cfn.ResourceChange{changed("Modify", "AWS::SQS::Queue", "Conditional", "")}, "R (AWS::SQS::Queue) may be replaced, and its messages and address with it"},
		"nobody knows what happens":    {[]*cfn.ResourceChange{changed("Dynamic", "AWS::S3::Bucket", "", "")}, "R (AWS::S3::Bucket) may be removed, and its objects with it"},
		"a queue is modified":          {[]*cfn.ResourceChange{changed("Modify", "AWS::SQS::Queue", "False", "")}, ""},
		"a queue is added":             {[]*cfn.ResourceChange{changed("Add", "AWS::SQS::Queue", "", "")}, ""},
		"a queue is imported":          {[]*cfn.ResourceChange{changed("Import", "AWS::SQS::Queue", "", "")}, ""},
		"a table outlives the stack":   {[]*cfn.ResourceChange{changed("Remove", "AWS::DynamoDB::Table", "", "Retain")}, ""},
		"the old table stays":          {[]*cfn.ResourceChange{changed("Modify", "AWS::DynamoDB::Table", "True", "ReplaceAndRetain")}, ""},
		"a snapshot has no address":    {[]*cfn.ResourceChange{changed("Remove", "AWS::RDS::DBInstance", "", "Snapshot")}, "R (AWS::RDS::DBInstance) is removed, and its data with it"},
		"a type that nobody knows":     {[]*cfn.ResourceChange{changed("Remove", "AWS::New::Thing", "", "")}, "R (AWS::New::Thing) is removed, and whatever it holds with it"},
		"somebody's type":              {[]*cfn.ResourceChange{changed("Remove", "Corp::Db::Table", "", "")}, "R (Corp::Db::Table) is removed, and whatever it holds with it"},
		"a version":                    {[]*cfn.ResourceChange{changed("Remove", "AWS::Lambda::Version", "", "Delete")}, ""},
		"a permission":                 {[]*cfn.ResourceChange{changed("Modify", "AWS::Lambda::Permission", "True", "")}, ""},
		"a deployment":                 {[]*cfn.ResourceChange{changed("Remove", "AWS::ApiGateway::Deployment", "", "")}, ""},
		"a custom resource":            {[]*cfn.ResourceChange{changed("Remove", "Custom::Thing", "", "")}, ""},
		"a function":                   {[]*cfn.ResourceChange{changed("Remove", FunctionType, "", "")}, ""},
		"an address, by a function whose code changes": {
			[]*cfn.ResourceChange{function, changed("Modify", url, "Conditional", "", causedBy("HelloFunction.Arn", "Always"))}, "",
		},
		"an address, by a function that is replaced": {
			[]*cfn.ResourceChange{replaced, changed("Modify", url, "Conditional", "", causedBy("HelloFunction.Arn", "Always"))}, "R (AWS::Lambda::Url) may be replaced, and its address with it",
		},
		"an address, by something that is not in the change set": {
			[]*cfn.ResourceChange{changed("Modify", url, "Conditional", "", causedBy("HelloFunction.Arn", "Always"))}, "R (AWS::Lambda::Url) may be replaced, and its address with it",
		},
		"an address, by an attribute that may change": {
			[]*cfn.ResourceChange{function, changed("Modify", url, "Conditional", "", causedBy("HelloFunction.Version", "Always"))}, "R (AWS::Lambda::Url) may be replaced, and its address with it",
		},
		"an address, by a function whose code changes and a setting": {
			[]*cfn.ResourceChange{function, changed("Modify", url, "Conditional", "", causedBy("HelloFunction.Arn", "Always"), static)}, "R (AWS::Lambda::Url) may be replaced, and its address with it",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var want []string
			if test.want != "" {
				want = []string{test.want}
			}
			if got := LossesOf(test.changes); !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func TestALossIsNamedInFull(t *testing.T) {
	c := changed("Remove", "AWS::S3::Bucket", "", "")
	c.PhysicalResourceId = aws.String("my-site")
	if got := LossesOf([]*cfn.ResourceChange{c}); len(got) != 1 || got[0] != "R (AWS::S3::Bucket, my-site) is removed, and its objects with it" {
		t.Errorf("got %q", got)
	}
}

// codeChange is a change of a function's code alone.
func codeChange() *cfn.ResourceChange {
	return &cfn.ResourceChange{
		Action: aws.String("Modify"), LogicalResourceId: aws.String("HelloFunction"), ResourceType: aws.String(FunctionType), Replacement: aws.String("False"),
		Details: []*cfn.ResourceChangeDetail{{
			ChangeSource: aws.String("DirectModification"), Evaluation: aws.String("Static"),
			Target: &cfn.ResourceTargetDefinition{Attribute: aws.String("Properties"), Name: aws.String("Code"), RequiresRecreation: aws.String("Never")},
		}},
	}
}
