package stack

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// DefaultWait is how long a stack may take unless the user says otherwise.
const DefaultWait = 15 * time.Minute

// maxRefused is how many refusals in a row end the watch of an operation.
const maxRefused = 5

// UnfinishedError says that an operation was not awaited to its end: CloudFormation continues it.
type UnfinishedError struct {
	stack  string
	status string // the last that was seen; empty if none
	cause  error
}

func (e *UnfinishedError) Error() string {
	at := ""
	if e.status != "" {
		at = ", which is " + e.status
	}
	why := "stopped watching"
	if !errors.Is(e.cause, context.Canceled) {
		why = e.cause.Error()
	}
	return fmt.Sprintf("%s: CloudFormation continues with stack %s%s; check it with cgo:status", why, e.stack, at)
}

func (e *UnfinishedError) Unwrap() error { return e.cause }

// Follow logs an operation's events until it has ended, and returns them all with the stack's last status. Check,
// which may be nil, is called from time to time while nothing happens. If CloudFormation continues the operation, the
// error is an *UnfinishedError.
func (s Client) Follow(
	ctx context.Context, o *Operation, check func(context.Context) error,
) (cfntypes.StackStatus, []*cfntypes.StackEvent, error) {
	var events []*cfntypes.StackEvent
	status := cfntypes.StackStatus("")
	idle, refused := 0, 0
	for pause := connection.NextPause(0); ; pause = connection.NextPause(pause) {
		added, err := o.NewEvents(ctx, s)
		switch {
		case err == nil:
			refused = 0
		case ctx.Err() == nil:
			if !connection.IsTransient(err) {
				refused++ // for example while a new policy takes effect
			}
			if refused == maxRefused {
				return status, events, &UnfinishedError{stack: nameOf(o.StackID), status: string(status), cause: err}
			}
			s.Log.Warnf("%v; trying again", err) // the operation continues meanwhile
		}
		for _, event := range added {
			logEvent(s.Log, event)
			events = append(events, event)
			if IsOfStack(event) {
				status = cfntypes.StackStatus(event.ResourceStatus)
			}
		}
		if status != "" && !strings.HasSuffix(string(status), "_IN_PROGRESS") {
			return status, events, nil
		}
		if len(added) > 0 {
			pause, idle = 0, 0
		} else if idle++; idle%5 == 0 && o.begin == "" && check != nil {
			if err := check(ctx); err != nil {
				return status, events, err
			}
		}
		connection.Sleep(ctx, max(pause, time.Second))
		if ctx.Err() != nil {
			return status, events, &UnfinishedError{
				stack:  nameOf(o.StackID),
				status: string(status),
				cause:  context.Cause(ctx),
			}
		}
	}
}

// logEvent logs an event, a failure as a warning.
func logEvent(log *logrus.Logger, event *cfntypes.StackEvent) {
	fields := logrus.Fields{
		"at":   aws.ToTime(event.Timestamp).Local().Format(time.TimeOnly),
		"type": aws.ToString(event.ResourceType),
	}
	level := logrus.InfoLevel
	if reason := aws.ToString(event.ResourceStatusReason); reason != "" && reason != "User Initiated" {
		fields["reason"] = reason
	}
	if isFailure(event) {
		level = logrus.WarnLevel
	}
	if hook := aws.ToString(event.HookType); hook != "" {
		fields["hook"] = hook + " " + string(event.HookStatus) + show.Because(event.HookStatusReason)
	}
	log.WithFields(fields).Log(level, string(event.ResourceStatus)+" "+aws.ToString(event.LogicalResourceId))
}
