// Package iam has the original's statement of a policy.
package iam

// PolicyStatement is a statement of a policy document.
type PolicyStatement struct {
	Effect    string   // Allow or Deny
	Action    []string // for example "s3:GetObject"
	Resource  any      `json:",omitempty"` // an ARN, a CloudFormation intrinsic, or a list of these
	Principal any      `json:",omitempty"` // in policies of resources and in trust policies
	Condition any      `json:",omitempty"`
}
