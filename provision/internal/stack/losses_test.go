package stack

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// changed is a change of a resource called R, with a replacement and a policy.
func changed(
	action, kind, replacement, policy string, details ...cfntypes.ResourceChangeDetail,
) *cfntypes.ResourceChange {
	c := &cfntypes.ResourceChange{
		Action:            cfntypes.ChangeAction(action),
		LogicalResourceId: aws.String("R"),
		ResourceType:      &kind,
		Details:           details,
	}
	if replacement != "" {
		c.Replacement = cfntypes.Replacement(replacement)
	}
	if policy != "" {
		c.PolicyAction = cfntypes.PolicyAction(policy)
	}
	return c
}

// causedBy is a detail of a change that another resource causes.
func causedBy(cause, recreation string) cfntypes.ResourceChangeDetail {
	return cfntypes.ResourceChangeDetail{
		Evaluation:    "Dynamic",
		CausingEntity: &cause,
		ChangeSource:  "ResourceAttribute",
		Target: &cfntypes.ResourceTargetDefinition{
			Attribute:          "Properties",
			Name:               aws.String("TargetFunctionArn"),
			RequiresRecreation: cfntypes.RequiresRecreation(recreation),
		},
	}
}

func TestLosses(t *testing.T) {
	const url = "AWS::Lambda::Url"
	function := codeChange()
	replaced := codeChange()
	replaced.Replacement = "True"
	static := cfntypes.ResourceChangeDetail{Evaluation: "Static", Target: &cfntypes.ResourceTargetDefinition{
		Attribute: "Properties", Name: aws.String("AuthType"), RequiresRecreation: "Conditionally",
	}}
	for name, test := range map[string]struct {
		changes []*cfntypes.ResourceChange
		want    string // empty means none
	}{
		"a queue is removed": {
			[]*cfntypes.ResourceChange{changed("Remove", "AWS::SQS::Queue", "", "")},
			"R (AWS::SQS::Queue) is removed, and its messages and address with it",
		},
		"a queue is replaced": {
			[]*cfntypes.ResourceChange{changed("Modify", "AWS::SQS::Queue", "True", "ReplaceAndDelete")},
			"R (AWS::SQS::Queue) is replaced, and its messages and address with it",
		},
		"a queue may be replaced": {
			[]*cfntypes.ResourceChange{changed("Modify", "AWS::SQS::Queue", "Conditional", "", static)},
			"R (AWS::SQS::Queue) may be replaced, and its messages and address with it",
		},
		"nobody knows why it might be": {
			[]*cfntypes.ResourceChange{changed("Modify", "AWS::SQS::Queue", "Conditional", "")},
			"R (AWS::SQS::Queue) may be replaced, and its messages and address with it",
		},
		"nobody knows what happens": {
			[]*cfntypes.ResourceChange{changed("Dynamic", "AWS::S3::Bucket", "", "")},
			"R (AWS::S3::Bucket) may be removed, and its objects with it",
		},
		"a queue is modified": {
			[]*cfntypes.ResourceChange{changed("Modify", "AWS::SQS::Queue", "False", "")}, "",
		},
		"a queue is added":    {[]*cfntypes.ResourceChange{changed("Add", "AWS::SQS::Queue", "", "")}, ""},
		"a queue is imported": {[]*cfntypes.ResourceChange{changed("Import", "AWS::SQS::Queue", "", "")}, ""},
		"a table outlives the stack": {
			[]*cfntypes.ResourceChange{changed("Remove", "AWS::DynamoDB::Table", "", "Retain")}, "",
		},
		"the old table stays": {
			[]*cfntypes.ResourceChange{changed("Modify", "AWS::DynamoDB::Table", "True", "ReplaceAndRetain")}, "",
		},
		"a snapshot has no address": {
			[]*cfntypes.ResourceChange{changed("Remove", "AWS::RDS::DBInstance", "", "Snapshot")},
			"R (AWS::RDS::DBInstance) is removed, and its data with it",
		},
		"a type that nobody knows": {
			[]*cfntypes.ResourceChange{changed("Remove", "AWS::New::Thing", "", "")},
			"R (AWS::New::Thing) is removed, and whatever it holds with it",
		},
		"somebody's type": {
			[]*cfntypes.ResourceChange{changed("Remove", "Corp::Db::Table", "", "")},
			"R (Corp::Db::Table) is removed, and whatever it holds with it",
		},
		"a version": {
			[]*cfntypes.ResourceChange{changed("Remove", "AWS::Lambda::Version", "", "Delete")}, "",
		},
		"a permission": {
			[]*cfntypes.ResourceChange{changed("Modify", "AWS::Lambda::Permission", "True", "")}, "",
		},
		"a deployment": {
			[]*cfntypes.ResourceChange{changed("Remove", "AWS::ApiGateway::Deployment", "", "")}, "",
		},
		"a custom resource": {[]*cfntypes.ResourceChange{changed("Remove", "Custom::Thing", "", "")}, ""},
		"a function":        {[]*cfntypes.ResourceChange{changed("Remove", FunctionType, "", "")}, ""},
		"an address, by a function whose code changes": {
			[]*cfntypes.ResourceChange{
				function,
				changed("Modify", url, "Conditional", "", causedBy("HelloFunction.Arn", "Always")),
			},
			"",
		},
		"an address, by a function that is replaced": {
			[]*cfntypes.ResourceChange{
				replaced,
				changed("Modify", url, "Conditional", "", causedBy("HelloFunction.Arn", "Always")),
			},
			"R (AWS::Lambda::Url) may be replaced, and its address with it",
		},
		"an address, by something that is not in the change set": {
			[]*cfntypes.ResourceChange{
				changed("Modify", url, "Conditional", "", causedBy("HelloFunction.Arn", "Always")),
			},
			"R (AWS::Lambda::Url) may be replaced, and its address with it",
		},
		"an address, by an attribute that may change": {
			[]*cfntypes.ResourceChange{
				function,
				changed("Modify", url, "Conditional", "", causedBy("HelloFunction.Version", "Always")),
			},
			"R (AWS::Lambda::Url) may be replaced, and its address with it",
		},
		"an address, by a function whose code changes and a setting": {
			[]*cfntypes.ResourceChange{
				function,
				changed("Modify", url, "Conditional", "", causedBy("HelloFunction.Arn", "Always"), static),
			},
			"R (AWS::Lambda::Url) may be replaced, and its address with it",
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
	want := []string{"R (AWS::S3::Bucket, my-site) is removed, and its objects with it"}
	if got := LossesOf([]*cfntypes.ResourceChange{c}); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// codeChange is a change of only a function's code.
func codeChange() *cfntypes.ResourceChange {
	return &cfntypes.ResourceChange{
		Action:            "Modify",
		LogicalResourceId: aws.String("HelloFunction"),
		ResourceType:      aws.String(FunctionType),
		Replacement:       "False",
		Details: []cfntypes.ResourceChangeDetail{{
			ChangeSource: "DirectModification",
			Evaluation:   "Static",
			Target: &cfntypes.ResourceTargetDefinition{
				Attribute:          "Properties",
				Name:               aws.String("Code"),
				RequiresRecreation: "Never",
			},
		}},
	}
}
