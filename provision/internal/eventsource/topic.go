package eventsource

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/delivery"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// topic is an SNS topic that the function subscribes to.
type topic struct{ sparta.SNSPermission }

func (s topic) addTo(template *cloudformation.Template, target Target) error {
	if err := s.settings(target.now()); err != nil {
		return err
	}
	if err := s.check(template); err != nil {
		return err
	}
	what := "SNS" + identity(s.SourceArn)
	subscription := target.ID + what + "Subscription"
	if template.Resources[subscription] != nil {
		return fmt.Errorf("SourceArn %s is the topic of two SNSPermissions, but a function can have only one "+
			"subscription to a topic: combine their filter policies", show.Expression(s.SourceArn))
	}
	if err := addPermission(template, target, what, "sns.amazonaws.com", s.BasePermission); err != nil {
		return err
	}
	properties := map[string]any{
		"TopicArn": s.SourceArn,
		"Protocol": "lambda",
		"Endpoint": target.arn(),
	}
	if parts := strings.Split(show.Expression(s.SourceArn), ":"); parts[0] == "arn" && len(parts) > 3 {
		properties["Region"] = parts[3] // it may differ from the stack's
	}
	if s.FilterPolicy != nil {
		properties["FilterPolicy"] = s.FilterPolicy
	}
	if s.FilterPolicyScope != "" {
		properties["FilterPolicyScope"] = s.FilterPolicyScope
	}
	if s.RedrivePolicy != nil {
		queue := s.RedrivePolicy.DeadLetterTargetArn
		properties["RedrivePolicy"] = map[string]any{"deadLetterTargetArn": queue}
		err := letSend(template, queue, "RedrivePolicy.DeadLetterTargetArn", sender{
			id: target.ID + what, principal: "sns.amazonaws.com", source: s.SourceArn,
		})
		if err != nil {
			return err
		}
	}
	return template.Add(subscription, &cloudformation.Resource{
		Type:       "AWS::SNS::Subscription",
		DependsOn:  []string{target.ID + what + "Permission"},
		Properties: properties,
	})
}

// settings returns an error if the subscription has settings that SNS does not have for functions, or if its filter is
// invalid.
func (s topic) settings(time.Time) error {
	var errs []error
	if s.RawMessageDelivery {
		errs = append(errs, errors.New("RawMessageDelivery is for queues, HTTP and Firehose; SNS does not deliver raw "+
			"messages to functions: remove it, or subscribe a queue and map that to the function"))
	}
	if s.DeliveryPolicy != nil {
		errs = append(errs, errors.New("DeliveryPolicy is for HTTP; SNS retries functions for days in its own way: "+
			"remove it, and set RedrivePolicy to keep messages that SNS gives up on"))
	}
	switch scope := s.FilterPolicyScope; {
	case s.FilterPolicy == nil && scope != "":
		errs = append(errs, fmt.Errorf("FilterPolicyScope %s has no FilterPolicy: set one or remove the scope", scope))
	case !slices.Contains([]string{"", "MessageAttributes", "MessageBody"}, scope):
		errs = append(errs, fmt.Errorf("FilterPolicyScope %q is invalid: use MessageAttributes or MessageBody", scope))
	}
	if s.RedrivePolicy != nil {
		errs = append(errs, delivery.Required("RedrivePolicy.DeadLetterTargetArn", s.RedrivePolicy.DeadLetterTargetArn,
			"the ARN of an SQS queue"))
	}
	errs = append(errs, delivery.Matcher{
		Field: "FilterPolicy", Nested: s.FilterPolicyScope == "MessageBody", MaxKeys: 5, MaxCombinations: 150,
	}.Check(s.FilterPolicy))
	return errors.Join(errs...)
}

// check returns an error if the source is not a topic that functions can subscribe to.
func (s topic) check(template *cloudformation.Template) error {
	resource, err := resourceOf(template, "SourceArn", s.SourceArn, "sns", "AWS::SNS::Topic", "an SNS topic")
	if err != nil {
		return err
	}
	words := show.Expression(s.SourceArn)
	if strings.HasSuffix(words, ".fifo") || resource != nil && isTrue(resource.Properties["FifoTopic"]) {
		return fmt.Errorf("SourceArn %s is a FIFO topic, which delivers to queues only: subscribe an SQS queue to it, "+
			"and map the queue to the function", words)
	}
	return nil
}

func (topic) statements(*cloudformation.Template) []map[string]any { return nil }

func (topic) permissions() []string {
	return append(permissionActions(), "sns:Subscribe", "sns:Unsubscribe", "sns:GetSubscriptionAttributes",
		"sns:SetSubscriptionAttributes", "sqs:GetQueueAttributes", "sqs:SetQueueAttributes")
}

func (s topic) neighbour() show.Neighbour {
	title := show.Expression(s.SourceArn)
	return show.Neighbour{Invokes: true, Name: title, Title: title, Subtitle: "SNS", Sample: "sns"}
}

func (s topic) facts() []show.Fact {
	value := show.Expression(s.SourceArn)
	if s.SourceAccount != "" {
		value += " of account " + s.SourceAccount
	}
	if s.FilterPolicy != nil {
		value += ", filtered by " + show.Expression(s.FilterPolicy)
		if s.FilterPolicyScope != "" {
			value += " on " + s.FilterPolicyScope
		}
	}
	if s.RedrivePolicy != nil {
		value += ", dead letters to " + show.Expression(s.RedrivePolicy.DeadLetterTargetArn)
	}
	return []show.Fact{{Name: "SNS topic", Value: value}}
}
