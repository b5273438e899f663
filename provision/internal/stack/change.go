//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package stack

import (
	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
)

// Change is what happens to one resource of a stack.
type Change struct {
	Action      string `json:"action"` // Add, Modify, Remove, Import or Dynamic
	LogicalID   string `json:"logicalId"`
	Type        string `json:"type"`                  // AWS::Lambda::Function
	Replacement string `json:"replacement,omitempty"` // of a resource that is modified: True, False or Conditional
}

func newChange(change *cfn.ResourceChange) Change {
	return Change{
		Action:      aws.StringValue(change.Action),
		LogicalID:   aws.StringValue(change.LogicalResourceId),
		Type:        aws.StringValue(change.ResourceType),
		Replacement: aws.StringValue(change.Replacement),
	}
}
