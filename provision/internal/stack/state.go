package stack

import (
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/show"
)

// State is what a deployment can do with a stack.
type State int

// The states, by the status that CloudFormation gives a stack.
const (
	Updatable    State = iota
	Absent             // to be created; a stack under review has nothing in it yet
	InProgress         // to be waited for
	NeverCreated       // its creation was rolled back: to be deleted and created again
	Blocked            // somebody has to fix it first
)

// NotDeployedError is about an update in place of a stack that does not exist.
func NotDeployedError(name string) error {
	return fmt.Errorf("update stack %s in place: it does not exist yet: provision without -inplace", name)
}

// StateOf is the state of a stack, which is nil if there is none.
func StateOf(stack *cfntypes.Stack) State {
	if stack == nil {
		return Absent
	}
	switch status := stack.StackStatus; status {
	case cfntypes.StackStatusCreateComplete, cfntypes.StackStatusUpdateComplete,
		cfntypes.StackStatusUpdateRollbackComplete,
		cfntypes.StackStatusImportComplete, cfntypes.StackStatusImportRollbackComplete:
		return Updatable
	case cfntypes.StackStatusReviewInProgress:
		return Absent
	case cfntypes.StackStatusRollbackComplete, cfntypes.StackStatusRollbackFailed:
		return NeverCreated
	default:
		if strings.HasSuffix(string(status), "_IN_PROGRESS") {
			return InProgress
		}
		return Blocked
	}
}

// BlockedError says why a deployment cannot change a stack, and what to do.
func BlockedError(stack *cfntypes.Stack) error {
	next := "see cgo:status and the CloudFormation console"
	switch stack.StackStatus {
	case cfntypes.StackStatusUpdateRollbackFailed:
		next = "an update and its rollback both failed: fix the reason, run cgo:recover and then provision again"
	case cfntypes.StackStatusDeleteFailed:
		next = "its deletion failed: fix the reason, run cgo:delete again and then provision"
	case cfntypes.StackStatusCreateFailed:
		next = "its creation failed, and what it created was kept: run cgo:delete and then provision again"
	case cfntypes.StackStatusUpdateFailed:
		next = "an update failed and was not rolled back: run `aws cloudformation rollback-stack --stack-name " +
			aws.ToString(stack.StackName) + "` and then provision again"
	case cfntypes.StackStatusImportRollbackFailed:
		next = "an import and its rollback both failed: continue the rollback in the CloudFormation console first"
	}
	return fmt.Errorf("stack %s is %s%s: %s",
		aws.ToString(stack.StackName), stack.StackStatus, show.Because(stack.StackStatusReason), next)
}
