package sparta

// What a function gets when its options leave a value at zero.
const (
	DefaultMemorySize int64 = 128 // MB
	DefaultTimeout    int64 = 3   // seconds
)

// LambdaFunctionOptions are the settings of one function. Zero values are
// defaults. Values of type any are a string or a CloudFormation intrinsic,
// such as map[string]any{"Fn::GetAtt": []string{"Queue", "Arn"}}.
type LambdaFunctionOptions struct {
	Description                  string
	MemorySize                   int64          // MB, 128 to 10240; 0 means DefaultMemorySize
	Timeout                      int64          // seconds, 1 to 900; 0 means DefaultTimeout
	ReservedConcurrentExecutions int64          // 0 means that nothing is reserved
	Environment                  map[string]any // by variable name; a description shows names only
	Tags                         map[string]string
	KmsKeyArn                    string // encrypts Environment; empty means Lambda's own key
	DeadLetterConfigArn          any    // an SQS queue or an SNS topic
	Layers                       []any  // ARNs of layer versions
	VpcConfig                    *LambdaFunctionVPCConfig
	TracingConfig                *LambdaFunctionTracingConfig
	SpartaOptions                *SpartaOptions
}

// SpartaOptions are settings that concern Sparta alone, not AWS.
type SpartaOptions struct {
	// Name is the function's name. Empty means the name given to NewAWSLambda
	// or HandleAWSLambda, or else the name of the Go function.
	Name string
}

// LambdaFunctionVPCConfig attaches a function to a VPC.
type LambdaFunctionVPCConfig struct {
	SecurityGroupIDs []any `json:"securityGroupIds,omitempty"`
	SubnetIDs        []any `json:"subnetIds,omitempty"`
}

// LambdaFunctionTracingConfig sets up X-Ray tracing.
type LambdaFunctionTracingConfig struct {
	Mode string `json:"mode"` // Active or PassThrough
}
