package sparta

import "fmt"

// LambdaFunctionTracingConfig sets up X-Ray tracing.
type LambdaFunctionTracingConfig struct {
	Mode string `json:"mode"` // Active or PassThrough
}

func (c *LambdaFunctionTracingConfig) validate() error {
	if c == nil || c.Mode == "Active" || c.Mode == "PassThrough" {
		return nil
	}
	return fmt.Errorf("tracing mode %q is unknown: use Active or PassThrough", c.Mode)
}
