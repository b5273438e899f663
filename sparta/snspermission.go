package sparta

// SNSPermission subscribes the function to an SNS topic.
type SNSPermission struct {
	BasePermission // SourceArn is the topic's ARN
	// FilterPolicy selects the messages that the function receives. Nil means all.
	FilterPolicy map[string]any `json:"filterPolicy,omitempty"`
	// FilterPolicyScope is what the policy applies to: MessageAttributes (the default) or MessageBody.
	FilterPolicyScope string            `json:"filterPolicyScope,omitempty"`
	RedrivePolicy     *SNSRedrivePolicy `json:"redrivePolicy,omitempty"`
	// RawMessageDelivery and DeliveryPolicy must not be set: SNS does not have them for functions.
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
	return errs
}
