package sparta

import (
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
)

var deadLetterPattern = pattern(`^arn:[a-z-]+:(sqs|sns):[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+(\.fifo)?$`)

func (o *LambdaFunctionOptions) validateDeadLetter() error {
	arn, isText := expression.Text(o.DeadLetterConfigArn)
	switch {
	case o.DeadLetterConfigArn == nil || !isText && expression.Is(o.DeadLetterConfigArn):
		return nil
	case !isText:
		return fmt.Errorf("dead letter target of type %T is invalid: "+
			"use the ARN of an SQS queue or an SNS topic, or a CloudFormation intrinsic", o.DeadLetterConfigArn)
	case !deadLetterPattern().MatchString(arn):
		return fmt.Errorf("dead letter target %q is invalid: "+
			"use the ARN of an SQS queue or an SNS topic, or a CloudFormation intrinsic", arn)
	case strings.HasSuffix(arn, ".fifo"):
		return fmt.Errorf("dead letter target %s is a FIFO queue or topic, to which Lambda does not send: "+
			"use a standard one", arn)
	}
	return nil
}
