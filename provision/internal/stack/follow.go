package stack

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// DefaultWait is how long a stack may take where nothing else is said.
const DefaultWait = 15 * time.Minute

// Unwatched says that an operation goes on in CloudFormation and nobody looks.
type Unwatched struct {
	stack  string
	status string // the last that was seen; empty if none
	cause  error
}

func (u *Unwatched) Error() string {
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

func (u *Unwatched) Unwrap() error { return u.cause }

// Follow shows an operation's events until it has ended and returns them all, the
// stack's last state with them. The check, which may be nil, is made now and then
// as long as nothing happens. An error is *unwatched if the operation goes on.
func (s Client) Follow(ctx context.Context, o *Operation, check func(context.Context) error) (cfntypes.StackStatus, []*cfntypes.StackEvent, error) {
	var events []*cfntypes.StackEvent
	status := cfntypes.StackStatus("")
	idle := 0
	for pause := connection.Pause(0); ; pause = connection.Pause(pause) {
		news, err := o.News(ctx, s)
		if err != nil && ctx.Err() == nil {
			if !connection.IsTransient(err) {
				return status, events, &Unwatched{stack: shortStack(o.StackID), status: string(status), cause: err}
			}
			s.Log.Warnf("%v; trying on", err) // the operation goes on meanwhile
		}
		for _, event := range news {
			logEvent(s.Log, event)
			events = append(events, event)
			if OfStack(event) {
				status = cfntypes.StackStatus(event.ResourceStatus)
			}
		}
		if status != "" && !strings.HasSuffix(string(status), "_IN_PROGRESS") {
			return status, events, nil
		}
		if len(news) > 0 {
			pause, idle = 0, 0
		} else if idle++; idle%5 == 0 && o.begin == "" && check != nil {
			if err := check(ctx); err != nil {
				return status, events, err
			}
		}
		connection.Sleep(ctx, max(pause, time.Second))
		if ctx.Err() != nil {
			return status, events, &Unwatched{stack: shortStack(o.StackID), status: string(status), cause: context.Cause(ctx)}
		}
	}
}
