package sparta

import (
	"fmt"

	"github.com/go-sparta/sparta/internal/expression"
)

// LambdaEventInvokeConfig says what Lambda does with events that invoke the function asynchronously, such as those of
// SNS, S3 and EventBridge. Zero values mean Lambda's defaults.
type LambdaEventInvokeConfig struct {
	MaximumEventAgeInSeconds int64 `json:"maximumEventAgeInSeconds,omitempty"` // 60 to 21600
	MaximumRetryAttempts     int64 `json:"maximumRetryAttempts,omitempty"`     // 1 or 2; NoRetries means none

	DestinationConfig *LambdaEventInvokeDestinationConfig `json:"destinationConfig,omitempty"`
}

// LambdaEventInvokeDestinationConfig says where Lambda sends a record of each event that was handled.
type LambdaEventInvokeDestinationConfig struct {
	OnSuccess *LambdaEventInvokeDestination `json:"onSuccess,omitempty"` // with the function's response
	OnFailure *LambdaEventInvokeDestination `json:"onFailure,omitempty"` // with its error, after the last attempt
}

// LambdaEventInvokeDestination is the ARN of an SQS queue, an SNS topic, a function, an event bus or, for failures, an
// S3 bucket, or an intrinsic that results in one.
type LambdaEventInvokeDestination struct {
	Destination any `json:"destination"`
}

func (c *LambdaEventInvokeConfig) problems() []error {
	if c == nil {
		return nil
	}
	var errs []error
	report := func(format string, values ...any) { errs = append(errs, fmt.Errorf(format, values...)) }
	if age := c.MaximumEventAgeInSeconds; age != 0 && (age < 60 || age > 21_600) {
		report("EventInvokeConfig.MaximumEventAgeInSeconds of %d is out of range: use 60 to 21600, or 0 for that", age)
	}
	if retries := c.MaximumRetryAttempts; retries != NoRetries && (retries < 0 || retries > 2) {
		report("EventInvokeConfig.MaximumRetryAttempts of %d is out of range: use 1, 2, %d (NoRetries) for none, or 0 "+
			"for Lambda's default, 2", retries, NoRetries)
	}
	if c.DestinationConfig == nil {
		return errs
	}
	for name, destination := range map[string]*LambdaEventInvokeDestination{
		"OnSuccess": c.DestinationConfig.OnSuccess, "OnFailure": c.DestinationConfig.OnFailure,
	} {
		if destination != nil && !expression.Is(destination.Destination) {
			report("EventInvokeConfig.DestinationConfig.%s: Destination of type %T is invalid: use an ARN or a "+
				"CloudFormation intrinsic", name, destination.Destination)
		}
	}
	return errs
}
