package stack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/show"
)

// StackType is CloudFormation's type of stacks.
const StackType = "AWS::CloudFormation::Stack"

// eachEvent visits a stack's events, the newest first, until visit returns false.
func (s Client) eachEvent(ctx context.Context, stackID string, visit func(*cfntypes.StackEvent) bool) error {
	return s.eachEventPage(ctx, stackID, func(page []*cfntypes.StackEvent) bool {
		for _, event := range page {
			if !visit(event) {
				return false
			}
		}
		return true
	})
}

func (s Client) eachEventPage(ctx context.Context, stackID string, visit func([]*cfntypes.StackEvent) bool) error {
	input := &cfn.DescribeStackEventsInput{StackName: &stackID}
	for {
		var page *cfn.DescribeStackEventsOutput
		err := s.Call(ctx, "cloudformation:DescribeStackEvents", func(ctx context.Context) (err error) {
			page, err = s.API.DescribeStackEvents(ctx, input)
			return err
		})
		if err != nil {
			return fmt.Errorf("read events of stack %s: %w", shortStack(stackID), err)
		}
		if !visit(pointers(page.StackEvents)) || aws.ToString(page.NextToken) == "" {
			return nil
		}
		input.NextToken = page.NextToken
	}
}

func pointers(events []cfntypes.StackEvent) []*cfntypes.StackEvent {
	list := make([]*cfntypes.StackEvent, 0, len(events))
	for i := range events {
		list = append(list, &events[i])
	}
	return list
}

// shortStack is the name in a stack's ID.
func shortStack(stackID string) string {
	if parts := strings.Split(stackID, "/"); len(parts) == 3 {
		return parts[1]
	}
	return stackID
}

// OfStack tells events of a stack itself from those of its resources, among them
// the stacks nested in it.
func OfStack(event *cfntypes.StackEvent) bool {
	return aws.ToString(event.ResourceType) == StackType && aws.ToString(event.PhysicalResourceId) == aws.ToString(event.StackId)
}

// Operation is what is being done to a stack: the part of its events from the
// one that began it.
type Operation struct {
	StackID string
	Token   string                 // the request's, which CloudFormation puts on the operation's events
	After   time.Time              // by CloudFormation's clock; where events have no token, those from then on count
	Starts  []cfntypes.StackStatus // states, one of which the stack takes when the operation begins

	begin string          // ID of the first event, once known
	seen  map[string]bool // by event ID
}

// clockSlack is by how much clocks within AWS may differ.
const clockSlack = time.Minute

// begins tells the event that began the operation.
func (o *Operation) begins(event *cfntypes.StackEvent) bool {
	if !OfStack(event) || !slices.Contains(o.Starts, cfntypes.StackStatus(event.ResourceStatus)) {
		return false
	}
	if token := aws.ToString(event.ClientRequestToken); token != "" {
		return token == o.Token
	}
	return !aws.ToTime(event.Timestamp).Before(o.After)
}

// News reads the operation's events that it has not returned before, in order.
// There are none until CloudFormation has begun.
func (o *Operation) News(ctx context.Context, s Client) ([]*cfntypes.StackEvent, error) {
	var news []*cfntypes.StackEvent // the newest first
	taken := map[string]bool{}
	begin := o.begin
	err := s.eachEventPage(ctx, o.StackID, func(page []*cfntypes.StackEvent) bool {
		more := true
		for _, event := range page {
			id := aws.ToString(event.EventId)
			if begin != "" && id == begin {
				return false
			}
			// An event may show up late, below newer ones: a page with one that
			// is known is read to its end.
			if o.seen[id] {
				more = false
				continue
			}
			if begin == "" && aws.ToTime(event.Timestamp).Before(o.After.Add(-clockSlack)) {
				return false
			}
			if !taken[id] { // pages shift while events come in
				taken[id] = true
				news = append(news, event)
			}
			if begin == "" && o.begins(event) {
				begin = id
				return false
			}
		}
		return more
	})
	if err != nil || begin == "" {
		return nil, err
	}
	o.begin = begin
	if o.seen == nil {
		o.seen = map[string]bool{}
	}
	for id := range taken {
		o.seen[id] = true
	}
	slices.Reverse(news)
	return news, nil
}

// logEvent logs an event as it happened.
func logEvent(log *logrus.Logger, event *cfntypes.StackEvent) {
	fields := logrus.Fields{
		"at":   aws.ToTime(event.Timestamp).Local().Format(time.TimeOnly),
		"type": aws.ToString(event.ResourceType),
	}
	level := logrus.InfoLevel
	if reason := aws.ToString(event.ResourceStatusReason); reason != "" && reason != "User Initiated" {
		fields["reason"] = reason
	}
	if failed(event) {
		level = logrus.WarnLevel
	}
	if hook := aws.ToString(event.HookType); hook != "" {
		fields["hook"] = hook + " " + string(event.HookStatus) + show.Because(event.HookStatusReason)
	}
	log.WithFields(fields).Log(level, string(event.ResourceStatus)+" "+aws.ToString(event.LogicalResourceId))
}

// Newest is the time of the newest of a stack's events.
func (s Client) Newest(ctx context.Context, stackID string) (time.Time, error) {
	var newest time.Time
	err := s.eachEvent(ctx, stackID, func(event *cfntypes.StackEvent) bool {
		newest = aws.ToTime(event.Timestamp)
		return false
	})
	return newest, err
}
