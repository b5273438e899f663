package sparta

// What a function gets when its options leave a value at zero.
const (
	DefaultMemorySize       int64 = 128 // MB
	DefaultTimeout          int64 = 3   // seconds
	DefaultEphemeralStorage int64 = 512 // MB
	DefaultLogRetention     int64 = 30  // days
)

// LogRetentionForever is the LogRetention of logs that are never deleted.
const LogRetentionForever int64 = -1

// DefaultAlias is the alias of a function that needs one and names none.
const DefaultAlias = "live"

// LambdaFunctionOptions are the settings of one function. Zero values are
// defaults. Values of type any are a string or a CloudFormation intrinsic, such
// as cloudformation.GetAtt{"Queue", "Arn"} of package cloudformation, or the same
// as a map: map[string]any{"Fn::GetAtt": []string{"Queue", "Arn"}}.
type LambdaFunctionOptions struct {
	Description                  string
	MemorySize                   int64          // MB, 128 to 10240; 0 means DefaultMemorySize
	Timeout                      int64          // seconds, 1 to 900; 0 means DefaultTimeout
	EphemeralStorage             int64          // MB of /tmp, 512 to 10240; 0 means DefaultEphemeralStorage
	LogRetention                 int64          // days that logs are kept for; 0 means DefaultLogRetention, LogRetentionForever no end
	ReservedConcurrentExecutions int64          // 0 means that nothing is reserved
	Environment                  map[string]any // by variable name; a description shows names only
	Tags                         map[string]string
	KmsKeyArn                    string // encrypts Environment; empty means Lambda's own key
	DeadLetterConfigArn          any    // an SQS queue or an SNS topic
	Layers                       []any  // ARNs of layer versions
	VpcConfig                    *LambdaFunctionVPCConfig
	TracingConfig                *LambdaFunctionTracingConfig
	SnapStart                    *LambdaFunctionSnapStart
	FunctionURL                  *LambdaFunctionURL // nil means that there is none
	PublishVersion               bool               // publish a version of each change; SnapStart, Alias and Edge imply it
	Alias                        string             // names the newest version; empty means none, or DefaultAlias with SnapStart
	Edge                         bool               // for Lambda@Edge: CloudFront may run it, so Lambda's limits there apply
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

// LambdaFunctionSnapStart makes published versions start from a snapshot of an
// initialized function, which its alias then refers to. It takes python3.12 or
// a later runtime.
type LambdaFunctionSnapStart struct {
	ApplyOn string `json:"applyOn"` // PublishedVersions or None
}

// snapStarts tells whether versions start from a snapshot.
func (o *LambdaFunctionOptions) snapStarts() bool {
	return o != nil && o.SnapStart != nil && o.SnapStart.ApplyOn == "PublishedVersions"
}

// AliasName is the name of the function's alias, empty without one.
func (o *LambdaFunctionOptions) AliasName() string {
	switch {
	case o == nil:
		return ""
	case o.Alias == "" && o.snapStarts():
		return DefaultAlias
	default:
		return o.Alias
	}
}

// PublishesVersions tells whether each change of the function gets a version.
func (o *LambdaFunctionOptions) PublishesVersions() bool {
	return o != nil && (o.PublishVersion || o.Edge || o.AliasName() != "")
}
