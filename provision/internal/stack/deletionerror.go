package stack

import (
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// replicated is what Lambda says of functions that it cannot delete because CloudFront has replicas of them.
const replicated = "replicated function"

// DeletionError names what could not be deleted.
func DeletionError(name string, status cfntypes.StackStatus, events []*cfntypes.StackEvent) error {
	var lines []string
	replicas := 0 // lines about them
	for _, event := range events {
		if !IsOfStack(event) && event.ResourceStatus == cfntypes.ResourceStatusDeleteFailed {
			id, kind := aws.ToString(event.LogicalResourceId), aws.ToString(event.ResourceType)
			reason := OrNoReason(event.ResourceStatusReason)
			lines = append(lines, fmt.Sprintf("%s (%s): %s", id, kind, reason))
			if strings.Contains(reason, replicated) {
				replicas++
			}
		}
	}
	if len(lines) == 0 {
		return fmt.Errorf("stack %s is %s: see its events with "+
			"`aws cloudformation describe-stack-events --stack-name %s`", name, status, name)
	}
	text := strings.Join(lines, "\n")
	const own = "CloudFront still has replicas of functions. It deletes them by itself, some hours after the last " +
		"distribution has stopped running the functions"
	switch replicas {
	case 0:
	case len(lines):
		return fmt.Errorf("stack %s is %s, because %s: delete the stack again then:\n%s", name, status, own, text)
	default:
		return fmt.Errorf("stack %s is %s. %s. Fix what else is in the way, and delete the stack again then:\n%s", name,
			status, own, text)
	}
	return fmt.Errorf("stack %s is %s: fix this and delete it again:\n%s", name, status, text)
}
