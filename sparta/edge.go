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
		present     bool
		what, field string
	}{
		{len(o.Environment) > 0, "environment variables", "Environment"},
		{o.VpcConfig != nil, "a VPC", "VpcConfig"},
		{len(o.Layers) > 0, "layers", "Layers"},
		{o.DeadLetterConfigArn != nil, "a dead letter target", "DeadLetterConfigArn"},
		{o.KmsKeyArn != "", "a KMS key", "KmsKeyArn"},
		{o.ReservedConcurrentExecutions != 0, "reserved concurrency", "ReservedConcurrentExecutions"},
		{o.ProvisionedConcurrency > 0, "provisioned concurrency", "ProvisionedConcurrency"},
		{len(o.FileSystemConfigs) > 0, "file systems", "FileSystemConfigs"},
		{o.DurableConfig != nil, "durable executions", "DurableConfig"},
		{o.TracingConfig != nil && o.TracingConfig.Mode == "Active", "active tracing", "TracingConfig"},
		{o.SnapStarts(), "SnapStart", "SnapStart"},
	} {
		if setting.present {
			errs = append(errs, fmt.Errorf("Lambda@Edge does not allow %s: clear %s, or Edge", setting.what,
				setting.field))
		}
	}
	for _, setting := range []struct {
		value, limit int64
		field, unit  string
	}{
		{o.EphemeralStorage, DefaultEphemeralStorage, "EphemeralStorage", "MB"},
		{o.Timeout, maxEdgeTimeout, "Timeout", "seconds"},
	} {
		if setting.value > setting.limit {
			errs = append(errs, fmt.Errorf("Lambda@Edge does not allow %s of %d %s: use up to %d, or clear Edge",
				setting.field, setting.value, setting.unit, setting.limit))
		}
	}
	return errs
}
