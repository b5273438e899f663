package stack

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// CodeChanges lists the functions whose code a change set changes, by their name in AWS. It returns an error if the
// change set changes anything else. The functions are given as names by logical ID.
func (c *ChangeSet) CodeChanges(functions map[string]string) ([]string, error) {
	changed := map[string]bool{}
	for _, change := range c.Raw {
		if id := aws.ToString(change.LogicalResourceId); functions[id] != "" && changesCodeOnly(change) {
			changed[id] = true
		}
	}
	var names, others []string
	for _, change := range c.Raw {
		id := aws.ToString(change.LogicalResourceId)
		switch {
		case changed[id]:
			names = append(names, functions[id])
		case !impliedBy(changed, change):
			others = append(others, fmt.Sprintf("%s (%s, %s)", id, aws.ToString(change.ResourceType), change.Action))
		}
	}
	if len(others) > 0 {
		return nil, fmt.Errorf("more than code would change: %s", strings.Join(others, ", "))
	}
	if len(names) == 0 {
		return nil, errors.New("only the stack's outputs, parameters or description would change, not the code")
	}
	slices.Sort(names)
	return names, nil
}

// changesCodeOnly reports whether a change is of a function's Code property and nothing else.
func changesCodeOnly(change *cfntypes.ResourceChange) bool {
	if change.Action != cfntypes.ChangeActionModify || aws.ToString(change.ResourceType) != FunctionType ||
		change.Replacement == cfntypes.ReplacementTrue || len(change.Details) == 0 {
		return false
	}
	return !slices.ContainsFunc(change.Details, func(detail cfntypes.ResourceChangeDetail) bool {
		return detail.Target == nil || detail.Target.Attribute != cfntypes.ResourceAttributeProperties ||
			aws.ToString(detail.Target.Name) != "Code"
	})
}

// impliedBy reports whether CloudFormation considers a change possible only because the resource refers to a function
// that changes. New code does not change a function's attributes.
func impliedBy(functions map[string]bool, change *cfntypes.ResourceChange) bool {
	if change.Action != cfntypes.ChangeActionModify || len(change.Details) == 0 {
		return false
	}
	return !slices.ContainsFunc(change.Details, func(detail cfntypes.ResourceChangeDetail) bool {
		cause, _, _ := strings.Cut(aws.ToString(detail.CausingEntity), ".")
		return detail.Evaluation != cfntypes.EvaluationTypeDynamic || !functions[cause]
	})
}
