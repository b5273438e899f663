package stack

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// Change is what happens to one resource of a stack.
type Change struct {
	Action      string `json:"action"` // Add, Modify, Remove, Import or Dynamic
	LogicalID   string `json:"logicalId"`
	Type        string `json:"type"`                  // AWS::Lambda::Function
	Replacement string `json:"replacement,omitempty"` // of a resource that is modified: True, False or Conditional
}

func newChange(change *cfntypes.ResourceChange) Change {
	return Change{
		Action:      string(change.Action),
		LogicalID:   aws.ToString(change.LogicalResourceId),
		Type:        aws.ToString(change.ResourceType),
		Replacement: string(change.Replacement),
	}
}
