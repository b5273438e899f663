//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package stack

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
)

// LossesOf says, a line each, which resources with data or an address a change set would destroy.
func LossesOf(changes []*cfn.ResourceChange) []string {
	var losses []string
	for _, change := range changes {
		holding := HoldingOf(aws.StringValue(change.ResourceType))
		fate := fateOf(change, changes)
		if holding == "" || fate == "" {
			continue
		}
		resource := ResourceText(change.LogicalResourceId, change.ResourceType, change.PhysicalResourceId)
		losses = append(losses, fmt.Sprintf("%s %s, and %s with it", resource, fate, holding))
	}
	return losses
}

// ResourceText names a resource: Queue (AWS::SQS::Queue, its-name).
func ResourceText(id, kind, physical *string) string {
	text := aws.StringValue(id) + " (" + aws.StringValue(kind)
	if name := aws.StringValue(physical); name != "" {
		text += ", " + name
	}
	return text + ")"
}

// fateOf says what a change does to a resource that is there; empty if that stays.
func fateOf(change *cfn.ResourceChange, all []*cfn.ResourceChange) string {
	switch aws.StringValue(change.PolicyAction) {
	case cfn.PolicyActionRetain, cfn.PolicyActionReplaceAndRetain:
		return ""
	}
	switch aws.StringValue(change.Action) {
	case cfn.ChangeActionRemove:
		return "is removed"
	case cfn.ChangeActionDynamic:
		return "may be removed"
	case cfn.ChangeActionModify:
		switch aws.StringValue(change.Replacement) {
		case cfn.ReplacementTrue:
			return "is replaced"
		case cfn.ReplacementConditional:
			if !keepsIdentity(change, all) {
				return "may be replaced"
			}
		}
	}
	return ""
}

// keepsIdentity reports whether a replacement that CloudFormation thinks possible cannot happen: it would be
// needed only if the ARN or the name of another resource changed, which is modified and not replaced. That is so
// of a function URL whenever its function's code changes.
func keepsIdentity(change *cfn.ResourceChange, all []*cfn.ResourceChange) bool {
	return !slices.ContainsFunc(change.Details, func(detail *cfn.ResourceChangeDetail) bool {
		if detail.Target != nil && aws.StringValue(detail.Target.RequiresRecreation) == cfn.RequiresRecreationNever {
			return false
		}
		if detail.Target != nil && aws.StringValue(detail.Target.Attribute) != cfn.ResourceAttributeProperties {
			return false
		}
		cause, attribute, _ := strings.Cut(aws.StringValue(detail.CausingEntity), ".")
		if aws.StringValue(detail.Evaluation) != cfn.EvaluationTypeDynamic || attribute != "" && attribute != "Arn" {
			return true
		}
		return !slices.ContainsFunc(all, func(other *cfn.ResourceChange) bool {
			return aws.StringValue(other.LogicalResourceId) == cause &&
				aws.StringValue(other.Action) == cfn.ChangeActionModify &&
				aws.StringValue(other.Replacement) == cfn.ReplacementFalse
		})
	}) && len(change.Details) > 0
}
