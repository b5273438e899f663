package provision

import (
	"cmp"
	"context"
	"fmt"
	"io"

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

// Recover goes on with the rollback of an update that failed, so that the stack
// can be provisioned again. A resource that still cannot go back has to be put
// right first, or skipped: CloudFormation then takes it for rolled back, whatever
// it is like. A stack that is in no need of it is left alone.
func Recover(ctx context.Context, service Service, options RecoverOptions) error {
	if options.Logger == nil {
		options.Logger = logrus.New()
		options.Logger.SetOutput(io.Discard)
	}
	claim, err := newClaim(service, options.Stack, options.Adopt)
	if err != nil {
		return err
	}
	secrets := secretsFor(service, Options{Provision: commandline.Provision{Stack: options.Stack}, Session: options.Session})
	account, err := connect(ctx, options.Session, secrets.Logger(options.Logger))
	if err != nil {
		return err
	}
	ctx, cancel := connection.WithTimeout(ctx, cmp.Or(options.Wait, stack.DefaultWait))
	defer cancel()
	return secrets.HideIn(recoverStack(ctx, account.Client, claim, options.Skip))
}

func recoverStack(ctx context.Context, s stack.Client, claim *stack.Claim, skip []string) error {
	name := claim.Stack
	live, err := s.Describe(ctx, name)
	if err != nil {
		return err
	}
	if live == nil {
		return fmt.Errorf("recover stack %s: there is no such stack: check its name and the region", name)
	}
	if err := s.Admit(ctx, live, claim); err != nil {
		return fmt.Errorf("recover: %w", err)
	}
	switch status := live.StackStatus; {
	case status == cfntypes.StackStatusUpdateRollbackFailed:
	case stack.StandingOf(live) == stack.Ready:
		s.Log.Infof("stack %s is %s: there is nothing to recover", name, status)
		return nil
	case stack.StandingOf(live) == stack.Busy:
		return fmt.Errorf("recover stack %s: it is %s: wait until that has ended (cgo:status shows it)", name, status)
	case stack.StandingOf(live) == stack.Unborn, stack.StandingOf(live) == stack.Absent:
		return fmt.Errorf("recover stack %s: it is %s, never having been created: run cgo:provision, which creates it anew", name, status)
	default:
		return stack.Blockade(live)
	}
	id := aws.ToString(live.StackId)
	after, err := s.Newest(ctx, id)
	if err != nil {
		return err
	}
	token := stack.NewToken("recover")
	err = s.Call(ctx, "cloudformation:ContinueUpdateRollback", func(ctx context.Context) error {
		_, err := s.API.ContinueUpdateRollback(ctx, &cfn.ContinueUpdateRollbackInput{
			StackName: &id, ClientRequestToken: &token, ResourcesToSkip: skip,
		})
		return err
	})
	if err != nil {
		return fmt.Errorf("recover stack %s: %w", name, err)
	}
	status, events, err := s.Follow(ctx, &stack.Operation{
		StackID: id, Token: token, After: after, Starts: []cfntypes.StackStatus{cfntypes.StackStatusUpdateRollbackInProgress},
	}, nil)
	if err != nil {
		return err
	}
	if status == cfntypes.StackStatusUpdateRollbackComplete {
		s.Log.Infof("stack %s is %s: it can be provisioned again", name, status)
		return nil
	}
	return stack.StuckFailure(name, status, events)
}
