package stack

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// BusyError says that something else changes a stack, or has changed it since it was looked up.
type BusyError struct{ cause error }

func (e *BusyError) Error() string { return e.cause.Error() }
func (e *BusyError) Unwrap() error { return e.cause }

// saysBusy reports whether CloudFormation refused a request because an operation on the stack is in progress.
func saysBusy(err error) bool {
	message := connection.ErrorMessage(err)
	return connection.HasCode(err, "OperationInProgressException") ||
		connection.HasCode(err, "ValidationError") && strings.Contains(message, "_IN_PROGRESS state")
}

// atWork says what changes a stack in progress, as far as CloudFormation knows: the token of the operation is the name
// of the change set, if another run of this tool began it.
func (s Client) atWork(ctx context.Context, stack *cfntypes.Stack) string {
	found := ""
	err := s.eachEvent(ctx, aws.ToString(stack.StackId), func(event *cfntypes.StackEvent) bool {
		if !IsOfStack(event) || !strings.HasSuffix(string(event.ResourceStatus), "_IN_PROGRESS") {
			return true
		}
		by := "somebody"
		if token := aws.ToString(event.ClientRequestToken); token != "" {
			by = token
		}
		found = fmt.Sprintf(" (%s began at %s)", by, aws.ToTime(event.Timestamp).Local().Format(time.TimeOnly))
		return false
	})
	if err != nil {
		return "" // the wait matters more
	}
	return found
}
