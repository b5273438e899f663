//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
)

const defaultWait = 15 * time.Minute

// overdue is why a context ended that waited for AWS long enough.
type overdue time.Duration

func (o overdue) Error() string {
	return fmt.Sprintf("not done within %s (-wait allows for more)", time.Duration(o))
}

// patient bounds a phase of a deployment.
func patient(ctx context.Context, wait time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, wait, overdue(wait))
}

// unwatched says that an operation goes on in CloudFormation and nobody looks.
type unwatched struct {
	stack  string
	status string // the last that was seen; empty if none
	cause  error
}

func (u *unwatched) Error() string {
	at := ""
	if u.status != "" {
		at = " at " + u.status
	}
	why := "stopped watching"
	if !errors.Is(u.cause, context.Canceled) {
		why = u.cause.Error()
	}
	return fmt.Sprintf("%s: CloudFormation goes on with stack %s%s; look with cgo:status", why, u.stack, at)
}

func (u *unwatched) Unwrap() error { return u.cause }

// follow shows an operation's events until it has ended and returns them all, the
// stack's last state with them. The check, which may be nil, is made now and then
// as long as nothing happens. An error is *unwatched if the operation goes on.
func (s stacks) follow(ctx context.Context, o *operation, check func(context.Context) error) (string, []*cfn.StackEvent, error) {
	var events []*cfn.StackEvent
	status := ""
	idle := 0
	for pause := pollPause(0); ; pause = pollPause(pause) {
		news, err := o.news(ctx, s)
		if err != nil && ctx.Err() == nil {
			if !transient(err) {
				return status, events, &unwatched{stack: shortStack(o.stackID), status: status, cause: err}
			}
			s.log.Warnf("%v; trying on", err) // the operation goes on meanwhile
		}
		for _, event := range news {
			logEvent(s.log, event)
			events = append(events, event)
			if ofStack(event) {
				status = aws.StringValue(event.ResourceStatus)
			}
		}
		if status != "" && !strings.HasSuffix(status, "_IN_PROGRESS") {
			return status, events, nil
		}
		if len(news) > 0 {
			pause, idle = 0, 0
		} else if idle++; idle%5 == 0 && o.begin == "" && check != nil {
			if err := check(ctx); err != nil {
				return status, events, err
			}
		}
		sleep(ctx, max(pause, time.Second))
		if ctx.Err() != nil {
			return status, events, &unwatched{stack: shortStack(o.stackID), status: status, cause: context.Cause(ctx)}
		}
	}
}
