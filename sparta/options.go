package sparta

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// LambdaFunctionOptions configures one function. Zero values mean defaults. Values of type any are strings or
// CloudFormation intrinsics: of package cloudformation, such as cloudformation.GetAtt{"Queue", "Arn"}, or as
// maps, such as map[string]any{"Fn::GetAtt": []string{"Queue", "Arn"}}.
type LambdaFunctionOptions struct {
	Description string
	// Handler is a function in a Python module that SPARTA_PYTHON_DIR packs, for example app.handle. It can import
	// index and call the Go function as index.<name>(event, context). Empty means the Go function itself.
	Handler                      string
	MemorySize                   int64 // MB, 128 to 10240; 0 means DefaultMemorySize
	Timeout                      int64 // seconds, 1 to 900; 0 means DefaultTimeout
	EphemeralStorage             int64 // MB of /tmp, 512 to 10240; 0 means DefaultEphemeralStorage
	LogRetention                 int64 // days; 0 means DefaultLogRetention, LogRetentionForever keeps all logs
	ReservedConcurrentExecutions int64 // 0 means the account's unreserved ones; ReserveNothing stops the function
	ProvisionedConcurrency       int64 // of the alias (it implies one); 0 means none
	// Environment has values by variable name; descriptions show only the names. CloudFormation replaces
	// dynamic references: {{resolve:secretsmanager:shop/api-key}}, {{resolve:ssm:/shop/table}}.
	Environment         map[string]any
	Tags                map[string]string
	KmsKeyArn           string // encrypts Environment; empty means Lambda's own key
	RecursiveLoop       string // Allow or Terminate, if a queue or topic calls the function back; empty: Terminate
	DeadLetterConfigArn any    // an SQS queue or an SNS topic
	Layers              []any  // ARNs of layer versions
	VpcConfig           *LambdaFunctionVPCConfig
	FileSystemConfigs   []LambdaFunctionFileSystemConfig // at most one; needs VpcConfig
	LoggingConfig       *LambdaFunctionLoggingConfig
	TracingConfig       *LambdaFunctionTracingConfig
	DurableConfig       *LambdaFunctionDurableConfig // nil means that executions are not durable
	EventInvokeConfig   *LambdaEventInvokeConfig     // handling of asynchronous invocations
	SnapStart           *LambdaFunctionSnapStart
	FunctionURL         *LambdaFunctionURL // nil means that there is none
	PublishVersion      bool               // for each change; implied by SnapStart, Alias, ProvisionedConcurrency, Edge
	Alias               string             // of the newest version; if one is implied, empty means DefaultAlias
	Edge                bool               // for Lambda@Edge, with its limits
	EdgeAssociations    []EdgeAssociation  // the distributions that run the function; needs Edge
	SpartaOptions       *SpartaOptions
}

// SpartaOptions has settings that concern only Sparta, not AWS.
type SpartaOptions struct {
	// Name is the function's name. Empty means the name given to NewAWSLambda
	// or HandleAWSLambda, or else the name of the Go function.
	Name string
}

// maxDescription is the length limit of a description, in characters.
const maxDescription = 256

// problems checks Lambda's limits, so that violations are reported before anything is deployed. The file of
// each setting checks it.
func (o *LambdaFunctionOptions) problems() []error {
	if o == nil {
		return nil
	}
	return slices.Concat(
		[]error{o.validateDescription(), o.validatePythonHandler()},
		o.capacityProblems(),
		o.provisionedProblems(),
		[]error{o.validateLogRetention()},
		o.loggingProblems(),
		o.environmentProblems(),
		tagProblems(o.Tags),
		[]error{o.validateKey(), o.validateDeadLetter(), o.validateRecursion()},
		o.layerProblems(),
		o.fileSystemProblems(),
		o.DurableConfig.problems(),
		o.EventInvokeConfig.problems(),
		[]error{o.VpcConfig.validate(), o.TracingConfig.validate(), o.validateSnapStart(), o.validateAlias()},
		o.FunctionURL.problems(),
		o.edgeProblems(),
		o.associationProblems(),
	)
}

func (o *LambdaFunctionOptions) validateDescription() error {
	if length := utf8.RuneCountInString(o.Description); length > maxDescription {
		return fmt.Errorf("description of %d characters is too long: use up to %d", length, maxDescription)
	}
	return nil
}
