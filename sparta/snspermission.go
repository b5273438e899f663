package sparta

import (
	"errors"
	"fmt"
	"slices"
)

// SNSPermission subscribes the function to an SNS topic.
type SNSPermission struct {
	BasePermission // SourceArn is the topic's ARN
	// FilterPolicy selects the messages that the function receives. Nil means all.
	FilterPolicy map[string]any `json:"filterPolicy,omitempty"`
	// FilterPolicyScope is what the policy applies to: MessageAttributes (the default) or MessageBody.
	FilterPolicyScope string            `json:"filterPolicyScope,omitempty"`
	RedrivePolicy     *SNSRedrivePolicy `json:"redrivePolicy,omitempty"`
	// RawMessageDelivery and DeliveryPolicy are settings of other subscriptions. SNS does not have them for functions.
	RawMessageDelivery bool           `json:"rawMessageDelivery,omitempty"`
	DeliveryPolicy     map[string]any `json:"deliveryPolicy,omitempty"`
}

// SNSRedrivePolicy is what SNS does with messages that it cannot deliver.
type SNSRedrivePolicy struct {
	// DeadLetterTargetArn is the ARN of an SQS queue, or an intrinsic that results in one. A queue of the same stack
	// is allowed to receive the messages.
	DeadLetterTargetArn any `json:"deadLetterTargetArn"`
}

func (p SNSPermission) problems() []error {
	errs := p.BasePermission.problems()
	if err := p.requiredSource("an SNS topic"); err != nil {
		errs = append(errs, err)
	}
	if p.RawMessageDelivery {
		errs = append(errs, errors.New("RawMessageDelivery is for queues, HTTP and Firehose: SNS does not deliver raw "+
			"messages to functions: remove it, or subscribe a queue and map that to the function"))
	}
	if p.DeliveryPolicy != nil {
		errs = append(errs, errors.New("DeliveryPolicy is for HTTP: SNS retries functions in its own way, for days: "+
			"remove it, and set RedrivePolicy to keep messages that SNS gives up on"))
	}
	switch {
	case p.FilterPolicy != nil && len(p.FilterPolicy) == 0:
		errs = append(errs, errors.New("FilterPolicy is empty: remove it to receive all messages"))
	case p.FilterPolicy == nil && p.FilterPolicyScope != "":
		errs = append(errs, fmt.Errorf("FilterPolicyScope %s has no FilterPolicy: set one or remove the scope",
			p.FilterPolicyScope))
	case !slices.Contains([]string{"", "MessageAttributes", "MessageBody"}, p.FilterPolicyScope):
		errs = append(errs, fmt.Errorf("FilterPolicyScope %q is invalid: use MessageAttributes or MessageBody",
			p.FilterPolicyScope))
	}
	if p.RedrivePolicy != nil {
		errs = append(errs, requiredQueue("RedrivePolicy.DeadLetterTargetArn", p.RedrivePolicy.DeadLetterTargetArn)...)
	}
	return errs
}

// requiredQueue returns an error if a field is not an ARN or an intrinsic.
func requiredQueue(field string, arn any) []error {
	if isExpression(arn) {
		return nil
	}
	return []error{fmt.Errorf("%s of type %T is invalid: use the ARN of an SQS queue, or a CloudFormation intrinsic",
		field, arn)}
}
