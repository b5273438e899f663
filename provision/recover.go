package provision

import (
	"cmp"
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

// RecoverOptions say which stack to recover and how.
type RecoverOptions struct {
	commandline.Recover // within a nested stack, the names to skip are Nested.Resource
	Session             SessionOptions

	Logger *logrus.Logger
}

// Recover continues a failed update rollback, so that the stack can be provisioned again. A resource that still
// cannot be rolled back has to be fixed first, or skipped: CloudFormation then considers it rolled back, whatever
// its state is. A stack that does not need it is left alone.
func Recover(ctx context.Context, service Service, options RecoverOptions) error {
	claim, secrets, err := claimExisting(service, options.Session, options.Stack, options.Adopt, &options.Recover)
	if err != nil {
		return err
	}
	clients, err := connect(ctx, options.Session, secrets.Logger(orSilent(options.Logger)))
	if err != nil {
		return err
	}
	ctx, cancel := connection.WithTimeout(ctx, cmp.Or(options.Wait, stack.DefaultWait))
	defer cancel()
	return secrets.HideIn(recoverStack(ctx, clients.Client, claim, options.Skip))
}

func recoverStack(ctx context.Context, s stack.Client, claim *stack.Claim, skip []string) error {
	name := claim.Stack
	live, err := s.Describe(ctx, name)
	if err != nil {
		return err
	}
	if live == nil {
		return fmt.Errorf("recover stack %s: it does not exist: check its name and the region", name)
	}
	if err := s.CheckOwner(ctx, live, claim); err != nil {
		return fmt.Errorf("recover: %w", err)
	}
	switch status, state := live.StackStatus, stack.StateOf(live); {
	case status == cfntypes.StackStatusUpdateRollbackFailed:
	case state == stack.Updatable:
		s.Log.Infof("stack %s is %s: there is nothing to recover", name, status)
		return nil
	case state == stack.InProgress:
		return fmt.Errorf("recover stack %s: it is %s: wait until that has ended (cgo:status shows it)", name, status)
	case state == stack.NeverCreated, state == stack.Absent:
		return fmt.Errorf("recover stack %s: it is %s and was never created successfully: "+
			"run cgo:provision to create it", name, status)
	default:
		return stack.BlockedError(live)
	}
	id := aws.ToString(live.StackId)
	after, err := s.NewestEventTime(ctx, id)
	if err != nil {
		return err
	}
	token := stack.NewToken("recover")
	err = s.Call(ctx, "cloudformation:ContinueUpdateRollback", func(ctx context.Context) error {
		_, err := s.API.ContinueUpdateRollback(ctx, &cfn.ContinueUpdateRollbackInput{
			StackName:          &id,
			ClientRequestToken: &token,
			ResourcesToSkip:    skip,
		})
		return err
	})
	if err != nil {
		return fmt.Errorf("recover stack %s: %w", name, err)
	}
	status, events, err := s.Follow(ctx, &stack.Operation{
		StackID: id,
		Token:   token,
		After:   after,
		Starts:  []cfntypes.StackStatus{cfntypes.StackStatusUpdateRollbackInProgress},
	}, nil)
	if err != nil {
		return err
	}
	if status == cfntypes.StackStatusUpdateRollbackComplete {
		s.Log.Infof("stack %s is %s: it can be provisioned again", name, status)
		return nil
	}
	return stack.RollbackError(name, status, events)
}
