package sparta

import "fmt"

// LambdaFunctionDurableConfig makes a function durable: Lambda keeps how far an execution has come, and
// calls the function again to go on. It takes python3.13 or a later runtime and a Handler of a Python module that
// uses AWS's durable execution SDK.
//
// Lambda takes this for new functions only: CloudFormation replaces one that gets or loses it, which the name stands
// in the way of. Give the function another name then.
type LambdaFunctionDurableConfig struct {
	ExecutionTimeout      int64 `json:"executionTimeout"`                // seconds that an execution may take, 1 to 31622400
	RetentionPeriodInDays int64 `json:"retentionPeriodInDays,omitempty"` // 1 to 90 days after its end; 0 means Lambda's own 14
}

// Limits of durable executions.
const (
	maxExecutionTimeout    = 31622400 // seconds, 366 days
	maxExecutionsRetention = 90       // days
)

func (c *LambdaFunctionDurableConfig) problems() []error {
	if c == nil {
		return nil
	}
	var errs []error
	report := func(format string, values ...any) { errs = append(errs, fmt.Errorf(format, values...)) }
	if c.ExecutionTimeout < 1 || c.ExecutionTimeout > maxExecutionTimeout {
		report("durable execution's timeout of %d seconds is out of range: use 1 to %d",
			c.ExecutionTimeout, maxExecutionTimeout)
	}
	if c.RetentionPeriodInDays < 0 || c.RetentionPeriodInDays > maxExecutionsRetention {
		report("durable executions cannot be kept for %d days: use 1 to %d, or 0 for Lambda's own retention",
			c.RetentionPeriodInDays, maxExecutionsRetention)
	}
	return errs
}
