package sparta

import "fmt"

// LambdaFunctionDurableConfig makes a function durable: Lambda stores the progress of an execution and calls
// the function again to continue it. This requires python3.13 or newer, and a Handler in a Python module that
// uses AWS's SDK for durable executions.
//
// Lambda allows it for new functions only. If it is added to a function or removed, CloudFormation has to
// replace the function, which fails because the name is in use: give the function another name.
type LambdaFunctionDurableConfig struct {
	ExecutionTimeout      int64 `json:"executionTimeout"`                // of an execution, in seconds: 1 to 31622400
	RetentionPeriodInDays int64 `json:"retentionPeriodInDays,omitempty"` // 1 to 90; 0 means Lambda's default, 14
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
