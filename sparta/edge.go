package sparta

import "fmt"

// maxEdgeTimeout is how long CloudFront waits for a function, in seconds.
const maxEdgeTimeout = 30

// edgeProblems checks for what CloudFront's edge locations do not have.
func (o *LambdaFunctionOptions) edgeProblems() []error {
	if !o.Edge {
		return nil
	}
	var errs []error
	for _, lack := range []struct {
		present bool
		what    string
	}{
		{len(o.Environment) > 0, "environment variables"},
		{o.VpcConfig != nil, "a VPC"},
		{len(o.Layers) > 0, "layers"},
		{o.DeadLetterConfigArn != nil, "a dead letter target"},
		{o.KmsKeyArn != "", "a KMS key"},
		{o.EphemeralStorage > DefaultEphemeralStorage, "more ephemeral storage"},
		{o.ReservedConcurrentExecutions > 0, "reserved concurrency"},
		{o.ProvisionedConcurrency > 0, "provisioned concurrency"},
		{len(o.FileSystemConfigs) > 0, "file systems"},
		{o.DurableConfig != nil, "durable executions"},
		{o.TracingConfig != nil && o.TracingConfig.Mode == "Active", "active tracing"},
		{o.SnapStarts(), "SnapStart"},
		{o.Timeout > maxEdgeTimeout, fmt.Sprintf("a timeout of more than %d seconds", maxEdgeTimeout)},
	} {
		if lack.present {
			errs = append(errs, fmt.Errorf("Lambda@Edge does not allow %s: remove it, or clear Edge", lack.what))
		}
	}
	return errs
}
