package sparta

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// The retentions that CloudWatch Logs knows, in days.
var logRetentions = []int64{
	1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
}

var (
	aliasPattern  = pattern(`^[A-Za-z0-9_-]{1,128}$`)
	numberPattern = pattern(`^[0-9]+$`)
)

const maxLayers = 5

// problems checks the limits that Lambda sets, so that they are known before
// anything is deployed.
func (o *LambdaFunctionOptions) problems() []error {
	if o == nil {
		return nil
	}
	var errs []error
	report := func(format string, values ...any) { errs = append(errs, fmt.Errorf(format, values...)) }
	if length := utf8.RuneCountInString(o.Description); length > 256 {
		report("description of %d characters is too long: use up to 256", length)
	}
	if o.MemorySize != 0 && (o.MemorySize < 128 || o.MemorySize > 10240) {
		report("memory size of %d MB is out of range: use 128 to 10240, or 0 for %d", o.MemorySize, DefaultMemorySize)
	}
	if o.Timeout != 0 && (o.Timeout < 1 || o.Timeout > 900) {
		report("timeout of %d seconds is out of range: use 1 to 900, or 0 for %d", o.Timeout, DefaultTimeout)
	}
	if o.EphemeralStorage != 0 && (o.EphemeralStorage < 512 || o.EphemeralStorage > 10240) {
		report("ephemeral storage of %d MB is out of range: use 512 to 10240, or 0 for %d", o.EphemeralStorage, DefaultEphemeralStorage)
	}
	if o.LogRetention != 0 && o.LogRetention != LogRetentionForever && !slices.Contains(logRetentions, o.LogRetention) {
		report("log retention of %d days is none of CloudWatch's: use one of %s, 0 for %d or %d for no end",
			o.LogRetention, strings.Trim(fmt.Sprint(logRetentions), "[]"), DefaultLogRetention, LogRetentionForever)
	}
	if o.ReservedConcurrentExecutions < 0 {
		report("reserved concurrency of %d is out of range: use 1 or more, or 0 to reserve nothing", o.ReservedConcurrentExecutions)
	}
	errs = append(errs, environmentProblems(o.Environment)...)
	errs = append(errs, tagProblems(o.Tags)...)
	if o.KmsKeyArn != "" && !strings.HasPrefix(o.KmsKeyArn, "arn:") {
		report("KMS key %q is no ARN: a key's id or alias is not enough", o.KmsKeyArn)
	}
	if o.DeadLetterConfigArn != nil && !isDeadLetter(o.DeadLetterConfigArn) {
		report("dead letter target of type %T is invalid: use the ARN of an SQS queue or an SNS topic, or a CloudFormation intrinsic", o.DeadLetterConfigArn)
	}
	if len(o.Layers) > maxLayers {
		report("%d layers are too many: use up to %d", len(o.Layers), maxLayers)
	}
	if i := slices.IndexFunc(o.Layers, func(layer any) bool { return !isExpression(layer) }); i >= 0 {
		report("layer %d is of type %T: use the ARN of a layer's version or a CloudFormation intrinsic", i+1, o.Layers[i])
	}
	errs = append(errs, o.VpcConfig.validate(), o.validateTracing(), o.validateSnapStart(), o.validateAlias())
	errs = append(errs, o.FunctionURL.problems()...)
	return append(errs, o.edgeProblems()...)
}

func isDeadLetter(target any) bool {
	if arn, isText := target.(string); isText {
		return strings.HasPrefix(arn, "arn:") && (strings.Contains(arn, ":sqs:") || strings.Contains(arn, ":sns:"))
	}
	return isExpression(target)
}

func (c *LambdaFunctionVPCConfig) validate() error {
	if c == nil {
		return nil
	}
	if len(c.SecurityGroupIDs) == 0 || len(c.SubnetIDs) == 0 {
		return errors.New("VPC is incomplete: give at least one security group and one subnet")
	}
	for _, id := range slices.Concat(c.SecurityGroupIDs, c.SubnetIDs) {
		if !isExpression(id) {
			return fmt.Errorf("VPC has an id of type %T: use a string or a CloudFormation intrinsic", id)
		}
	}
	return nil
}

func (o *LambdaFunctionOptions) validateTracing() error {
	if o.TracingConfig == nil || o.TracingConfig.Mode == "Active" || o.TracingConfig.Mode == "PassThrough" {
		return nil
	}
	return fmt.Errorf("tracing mode %q is unknown: use Active or PassThrough", o.TracingConfig.Mode)
}

func (o *LambdaFunctionOptions) validateSnapStart() error {
	switch {
	case o.SnapStart == nil || o.SnapStart.ApplyOn == "None":
		return nil
	case !o.snapStarts():
		return fmt.Errorf("SnapStart on %q is unknown: use PublishedVersions or None", o.SnapStart.ApplyOn)
	case o.EphemeralStorage > DefaultEphemeralStorage:
		return fmt.Errorf("SnapStart does not work with %d MB of ephemeral storage: use %d", o.EphemeralStorage, DefaultEphemeralStorage)
	}
	return nil
}

func (o *LambdaFunctionOptions) validateAlias() error {
	if o.Alias == "" || aliasPattern().MatchString(o.Alias) && !numberPattern().MatchString(o.Alias) {
		return nil
	}
	return fmt.Errorf("alias %q is invalid: use up to 128 letters, digits, hyphens and underscores, not digits alone", o.Alias)
}

// edgeProblems checks what CloudFront's edge locations lack.
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
		{o.TracingConfig != nil && o.TracingConfig.Mode == "Active", "active tracing"},
		{o.snapStarts(), "SnapStart"},
		{o.Timeout > 30, "a timeout of more than 30 seconds"},
	} {
		if lack.present {
			errs = append(errs, fmt.Errorf("Lambda@Edge does not allow %s: remove it, or clear Edge", lack.what))
		}
	}
	return errs
}
