package sparta

import "fmt"

// maxEdgeTimeout is the longest timeout of functions for all types of events, in seconds, from "Quotas on Lambda@Edge"
// in the Amazon CloudFront Developer Guide (November 2026). Memory is limited as elsewhere in Lambda.
const maxEdgeTimeout = 30

// edgeProblems returns errors for settings that CloudFront's edge locations do not support: those of "Restrictions on
// Lambda@Edge" there, and those that a numbered version in another region does not have.
func (o *LambdaFunctionOptions) edgeProblems() []error {
	if !o.Edge {
		return nil
	}
	var errs []error
	for _, setting := range []struct {
		present bool
		what    string
	}{
		{len(o.Environment) > 0, "environment variables"},
		{o.VpcConfig != nil, "a VPC"},
		{len(o.Layers) > 0, "layers"},
		{o.DeadLetterConfigArn != nil, "a dead letter target"},
		{o.KmsKeyArn != "", "a KMS key"},
		{
			o.EphemeralStorage > DefaultEphemeralStorage,
			fmt.Sprintf("more than %d MB of ephemeral storage", DefaultEphemeralStorage),
		},
		{o.ReservedConcurrentExecutions != 0, "reserved concurrency"},
		{o.ProvisionedConcurrency > 0, "provisioned concurrency"},
		{len(o.FileSystemConfigs) > 0, "file systems"},
		{o.DurableConfig != nil, "durable executions"},
		{o.TracingConfig != nil && o.TracingConfig.Mode == "Active", "active tracing"},
		{o.SnapStarts(), "SnapStart"},
		{o.Timeout > maxEdgeTimeout, fmt.Sprintf("a timeout of more than %d seconds", maxEdgeTimeout)},
	} {
		if setting.present {
			errs = append(errs, fmt.Errorf("Lambda@Edge does not allow %s: remove it, or clear Edge", setting.what))
		}
	}
	return errs
}
