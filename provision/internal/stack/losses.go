package stack

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/customresource"
)

// LossesOf describes the resources with data or an address that a change set would destroy, in a line each.
func LossesOf(changes []*cfntypes.ResourceChange) []string {
	var losses []string
	for _, change := range changes {
		holding := HoldingOf(aws.ToString(change.ResourceType))
		fate := fateOf(change, changes)
		if holding == "" || fate == "" || customresource.IsLogGroup(aws.ToString(change.LogicalResourceId)) {
			continue
		}
		resource := ResourceText(change.LogicalResourceId, change.ResourceType, change.PhysicalResourceId)
		losses = append(losses, fmt.Sprintf("%s %s, and %s with it", resource, fate, holding))
	}
	return losses
}

// ResourceText names a resource: Queue (AWS::SQS::Queue, its-name).
func ResourceText(id, kind, physical *string) string {
	text := aws.ToString(id) + " (" + aws.ToString(kind)
	if name := aws.ToString(physical); name != "" {
		text += ", " + name
	}
	return text + ")"
}

// fateOf says what a change does to a resource; empty if the resource stays.
func fateOf(change *cfntypes.ResourceChange, all []*cfntypes.ResourceChange) string {
	switch change.PolicyAction {
	case cfntypes.PolicyActionRetain, cfntypes.PolicyActionReplaceAndRetain:
		return ""
	}
	switch change.Action {
	case cfntypes.ChangeActionRemove:
		return "is removed"
	case cfntypes.ChangeActionDynamic:
		return "may be removed"
	case cfntypes.ChangeActionModify:
		switch change.Replacement {
		case cfntypes.ReplacementTrue:
			return "is replaced"
		case cfntypes.ReplacementConditional:
			if !keepsIdentity(change, all) {
				return "may be replaced"
			}
		}
	}
	return ""
}

// keepsIdentity reports whether a replacement that CloudFormation considers possible cannot happen: it would be
// necessary only if the ARN or the name of another resource changed, but that resource is modified and not replaced.
// This is the case for a function URL whenever its function's code changes.
func keepsIdentity(change *cfntypes.ResourceChange, all []*cfntypes.ResourceChange) bool {
	return !slices.ContainsFunc(change.Details, func(detail cfntypes.ResourceChangeDetail) bool {
		if detail.Target != nil && detail.Target.RequiresRecreation == cfntypes.RequiresRecreationNever {
			return false
		}
		if detail.Target != nil && detail.Target.Attribute != cfntypes.ResourceAttributeProperties {
			return false
		}
		cause, attribute, _ := strings.Cut(aws.ToString(detail.CausingEntity), ".")
		if detail.Evaluation != cfntypes.EvaluationTypeDynamic || attribute != "" && attribute != "Arn" {
			return true
		}
		return !slices.ContainsFunc(all, func(other *cfntypes.ResourceChange) bool {
			return aws.ToString(other.LogicalResourceId) == cause &&
				other.Action == cfntypes.ChangeActionModify &&
				other.Replacement == cfntypes.ReplacementFalse
		})
	}) && len(change.Details) > 0
}
