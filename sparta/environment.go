package sparta

import (
	"fmt"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/internal/plainjson"
)

// maxEnvironment is the size limit of a function's variables, in bytes of JSON, which is how Lambda measures them.
const maxEnvironment = 4096

// The ARNs of keys and of their aliases.
var (
	keyPattern      = pattern(`^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$`)
	keyAliasPattern = pattern(`^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:alias/`)
)

var variablePattern = pattern(`^[A-Za-z][A-Za-z0-9_]+$`)

// environmentProblems checks variables. Its errors never contain a value.
func (o *LambdaFunctionOptions) environmentProblems() []error {
	var errs []error
	report := func(format string, values ...any) { errs = append(errs, fmt.Errorf(format, values...)) }
	known := map[string]string{} // what is not known yet counts as empty
	for _, name := range slices.Sorted(maps.Keys(o.Environment)) {
		value := o.Environment[name]
		switch {
		case !variablePattern().MatchString(name):
			report("environment variable %q has an invalid name: "+
				"use two or more letters, digits and underscores, beginning with a letter", name)
		case isReservedVariable(name):
			report("environment variable %s is set by Lambda itself: choose another name", name)
		case !expression.Is(value) && value != "":
			report("environment variable %s is of type %T: use a string or a CloudFormation intrinsic", name, value)
		}
		known[name] = ""
		if text, isText := expression.Text(value); isText {
			if err := validateDynamicReferences(text); err != nil {
				report("environment variable %s %w", name, err)
			}
			if !IsDynamicReference(value) {
				known[name] = text
			}
		}
	}
	if encoded, err := plainjson.Marshal(known); err == nil && len(known) > 0 && len(encoded) > maxEnvironment {
		report("environment of %d bytes as JSON is too large: "+
			"use up to %d, and keep the rest in Parameter Store or Secrets Manager", len(encoded), maxEnvironment)
	}
	return errs
}

// validateKey checks the key that encrypts the variables.
func (o *LambdaFunctionOptions) validateKey() error {
	switch {
	case o.KmsKeyArn == "" || keyPattern().MatchString(o.KmsKeyArn):
		return nil
	case keyAliasPattern().MatchString(o.KmsKeyArn):
		return fmt.Errorf("KMS key %s is an alias, which policies of roles ignore: "+
			"use the ARN of the key itself, which ends with :key/ and its ID", o.KmsKeyArn)
	}
	return fmt.Errorf("KMS key %q is not the ARN of a key: "+
		"use for example arn:aws:kms:eu-west-1:123456789012:key/ and its ID", o.KmsKeyArn)
}

// isReservedVariable reports whether Lambda itself sets a variable. Others that it sets begin with an
// underscore, which is not allowed for a function's variables.
func isReservedVariable(name string) bool {
	switch name {
	case "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
		"AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
		"AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
		"AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
		"AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR":
		return true
	}
	return false
}
