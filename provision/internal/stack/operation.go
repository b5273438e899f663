package stack

import (
	"context"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// Operation is a creation, update or deletion of a stack: its events, from the one with which it begins.
type Operation struct {
	StackID string
	Token   string                 // of the request, which CloudFormation copies to the operation's events
	After   time.Time              // by CloudFormation's clock; events without a token count from then on
	Starts  []cfntypes.StackStatus // the stack has one of these when the operation begins

	begin string          // ID of the first event, once known
	seen  map[string]bool // by event ID
}

// clockSlack is by how much clocks within AWS may differ.
const clockSlack = time.Minute

// begins reports whether the operation begins with an event.
func (o *Operation) begins(event *cfntypes.StackEvent) bool {
	if !IsOfStack(event) || !slices.Contains(o.Starts, cfntypes.StackStatus(event.ResourceStatus)) {
		return false
	}
	if token := aws.ToString(event.ClientRequestToken); token != "" {
		return token == o.Token
	}
	return !aws.ToTime(event.Timestamp).Before(o.After)
}

// NewEvents reads the operation's events that it has not returned before, the oldest first. There are none until
// CloudFormation has begun.
func (o *Operation) NewEvents(ctx context.Context, s Client) ([]*cfntypes.StackEvent, error) {
	var events []*cfntypes.StackEvent // the newest first
	taken := map[string]bool{}
	begin := o.begin
	err := s.eachEventPage(ctx, o.StackID, func(page []*cfntypes.StackEvent) bool {
		more := true
		for _, event := range page {
			id := aws.ToString(event.EventId)
			if begin != "" && id == begin {
				return false
			}
			// An event may appear late, below newer ones: a page with a known
			// event is read to its end.
			if o.seen[id] {
				more = false
				continue
			}
			if begin == "" && aws.ToTime(event.Timestamp).Before(o.After.Add(-clockSlack)) {
				return false
			}
			if !taken[id] { // pages shift while events come in
				taken[id] = true
				events = append(events, event)
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
	slices.Reverse(events)
	return events, nil
}
