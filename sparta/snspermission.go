package sparta

// SNSPermission subscribes the function to an SNS topic.
type SNSPermission struct {
	BasePermission // SourceArn is the topic's ARN
}

func (p SNSPermission) problems() []error {
	errs := p.BasePermission.problems()
	if err := p.requiredSource("an SNS topic"); err != nil {
		errs = append(errs, err)
	}
	return errs
}
