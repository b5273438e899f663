//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
	"github.com/sirupsen/logrus"
)

// RecoverOptions say which stack to recover and how.
type RecoverOptions struct {
	Session SessionOptions
	Stack   string        // empty means the service's name
	Skip    []string      // logical ids of resources to leave as they are; Nested.Resource within a nested stack
	Wait    time.Duration // for the stack to settle; 0 means 15 minutes
	Adopt   string        // the stack's name once more, for one that is not this application's
	Logger  *logrus.Logger
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
	secrets := newSecrets(service, Options{Session: options.Session, Stack: options.Stack})
	account, err := connect(ctx, options.Session, secrets.logger(options.Logger))
	if err != nil {
		return err
	}
	ctx, cancel := patient(ctx, cmp.Or(options.Wait, defaultWait))
	defer cancel()
	return secrets.hideIn(account.recover(ctx, claim, options.Skip))
}

func (s stacks) recover(ctx context.Context, claim *claim, skip []string) error {
	name := claim.stack
	live, err := s.describe(ctx, name)
	if err != nil {
		return err
	}
	if live == nil {
		return fmt.Errorf("recover stack %s: there is no such stack: check its name and the region", name)
	}
	if err := s.admit(ctx, live, claim); err != nil {
		return fmt.Errorf("recover: %w", err)
	}
	switch status := aws.StringValue(live.StackStatus); {
	case status == cfn.StackStatusUpdateRollbackFailed:
	case standingOf(live) == ready:
		s.log.Infof("stack %s is %s: there is nothing to recover", name, status)
		return nil
	case standingOf(live) == busy:
		return fmt.Errorf("recover stack %s: it is %s: wait until that has ended (cgo:status shows it)", name, status)
	case standingOf(live) == unborn, standingOf(live) == absent:
		return fmt.Errorf("recover stack %s: it is %s, never having been created: run cgo:provision, which creates it anew", name, status)
	default:
		return blockade(live)
	}
	id := aws.StringValue(live.StackId)
	after, err := s.newest(ctx, id)
	if err != nil {
		return err
	}
	token := newToken("recover")
	err = s.call(ctx, "cloudformation:ContinueUpdateRollback", func(ctx context.Context) error {
		_, err := s.api.ContinueUpdateRollbackWithContext(ctx, &cfn.ContinueUpdateRollbackInput{
			StackName: &id, ClientRequestToken: &token, ResourcesToSkip: aws.StringSlice(skip),
		})
		return err
	})
	if err != nil {
		return fmt.Errorf("recover stack %s: %w", name, err)
	}
	status, events, err := s.follow(ctx, &operation{
		stackID: id, token: token, after: after, starts: []string{cfn.StackStatusUpdateRollbackInProgress},
	}, nil)
	if err != nil {
		return err
	}
	if status == cfn.StackStatusUpdateRollbackComplete {
		s.log.Infof("stack %s is %s: it can be provisioned again", name, status)
		return nil
	}
	return stuckFailure(name, status, events)
}

// newest is the time of the newest of a stack's events.
func (s stacks) newest(ctx context.Context, stackID string) (time.Time, error) {
	var newest time.Time
	err := s.eachEvent(ctx, stackID, func(event *cfn.StackEvent) bool {
		newest = aws.TimeValue(event.Timestamp)
		return false
	})
	return newest, err
}

// stuckFailure tells what keeps a stack from going back.
func stuckFailure(name, status string, events []*cfn.StackEvent) error {
	failure := &StackFailure{
		Stack: name, Status: status, Advice: "see cgo:status",
		Cause: Cause{Resource: name, Type: stackType, Status: status, Reason: orNoReason(nil)},
	}
	var names []string
	for i, event := range stuck(events) {
		if i == 0 {
			failure.Cause = causeOf(event)
		}
		if id := aws.StringValue(event.LogicalResourceId); !slices.Contains(names, id) {
			names = append(names, id)
		}
	}
	if len(names) > 0 {
		failure.Advice = fmt.Sprintf("put right what keeps %s from going back and run cgo:recover again, or leave it as it is with -skip=%s",
			strings.Join(names, ", "), strings.Join(names, ","))
	}
	return failure
}
