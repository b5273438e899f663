//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package stack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/show"
)

const StackType = "AWS::CloudFormation::Stack"

// eachEvent visits a stack's events, the newest first, until visit returns false.
func (s Client) eachEvent(ctx context.Context, stackID string, visit func(*cfn.StackEvent) bool) error {
	return s.eachEventPage(ctx, stackID, func(page []*cfn.StackEvent) bool {
		for _, event := range page {
			if !visit(event) {
				return false
			}
		}
		return true
	})
}

func (s Client) eachEventPage(ctx context.Context, stackID string, visit func([]*cfn.StackEvent) bool) error {
	input := &cfn.DescribeStackEventsInput{StackName: &stackID}
	for {
		var page *cfn.DescribeStackEventsOutput
		err := s.Call(ctx, "cloudformation:DescribeStackEvents", func(ctx context.Context) (err error) {
			page, err = s.Api.DescribeStackEventsWithContext(ctx, input)
			return err
		})
		if err != nil {
			return fmt.Errorf("read events of stack %s: %w", shortStack(stackID), err)
		}
		if !visit(page.StackEvents) || aws.StringValue(page.NextToken) == "" {
			return nil
		}
		input.NextToken = page.NextToken
	}
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
func OfStack(event *cfn.StackEvent) bool {
	return aws.StringValue(event.ResourceType) == StackType && aws.StringValue(event.PhysicalResourceId) == aws.StringValue(event.StackId)
}

// Operation is what is being done to a stack: the part of its events from the
// one that began it.
type Operation struct {
	StackID string
	Token   string    // the request's, which CloudFormation puts on the operation's events
	After   time.Time // by CloudFormation's clock; where events have no token, those from then on count
	Starts  []string  // states, one of which the stack takes when the operation begins

	begin string          // ID of the first event, once known
	seen  map[string]bool // by event ID
}

// clockSlack is by how much clocks within AWS may differ.
const clockSlack = time.Minute

// begins tells the event that began the operation.
func (o *Operation) begins(event *cfn.StackEvent) bool {
	if !OfStack(event) || !slices.Contains(o.Starts, aws.StringValue(event.ResourceStatus)) {
		return false
	}
	if token := aws.StringValue(event.ClientRequestToken); token != "" {
		return token == o.Token
	}
	return !aws.TimeValue(event.Timestamp).Before(o.After)
}

// News reads the operation's events that it has not returned before, in order.
// There are none until CloudFormation has begun.
func (o *Operation) News(ctx context.Context, s Client) ([]*cfn.StackEvent, error) {
	var news []*cfn.StackEvent // the newest first
	taken := map[string]bool{}
	begin := o.begin
	err := s.eachEventPage(ctx, o.StackID, func(page []*cfn.StackEvent) bool {
		more := true
		for _, event := range page {
			id := aws.StringValue(event.EventId)
			if begin != "" && id == begin {
				return false
			}
			// An event may show up late, below newer ones: a page with one that
			// is known is read to its end.
			if o.seen[id] {
				more = false
				continue
			}
			if begin == "" && aws.TimeValue(event.Timestamp).Before(o.After.Add(-clockSlack)) {
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
func logEvent(log *logrus.Logger, event *cfn.StackEvent) {
	fields := logrus.Fields{
		"at":   aws.TimeValue(event.Timestamp).Local().Format(time.TimeOnly),
		"type": aws.StringValue(event.ResourceType),
	}
	level := logrus.InfoLevel
	if reason := aws.StringValue(event.ResourceStatusReason); reason != "" && reason != "User Initiated" {
		fields["reason"] = reason
	}
	if failed(event) {
		level = logrus.WarnLevel
	}
	if hook := aws.StringValue(event.HookType); hook != "" {
		fields["hook"] = hook + " " + aws.StringValue(event.HookStatus) + show.Because(event.HookStatusReason)
	}
	log.WithFields(fields).Log(level, aws.StringValue(event.ResourceStatus)+" "+aws.StringValue(event.LogicalResourceId))
}

// Newest is the time of the newest of a stack's events.
func (s Client) Newest(ctx context.Context, stackID string) (time.Time, error) {
	var newest time.Time
	err := s.eachEvent(ctx, stackID, func(event *cfn.StackEvent) bool {
		newest = aws.TimeValue(event.Timestamp)
		return false
	})
	return newest, err
}
