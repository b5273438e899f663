package sparta

import (
	"fmt"
	"strings"
)

func (o *LambdaFunctionOptions) validateDeadLetter() error {
	if o.DeadLetterConfigArn == nil || isDeadLetter(o.DeadLetterConfigArn) {
		return nil
	}
	return fmt.Errorf("dead letter target of type %T is invalid: "+
		"use the ARN of an SQS queue or an SNS topic, or a CloudFormation intrinsic", o.DeadLetterConfigArn)
}

func isDeadLetter(target any) bool {
	if arn, isText := target.(string); isText {
		return strings.HasPrefix(arn, "arn:") && (strings.Contains(arn, ":sqs:") || strings.Contains(arn, ":sns:"))
	}
	return isExpression(target)
}
