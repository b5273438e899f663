package sparta

import (
	"cmp"
	"maps"
	"slices"
)

// ServiceDescription is a service without its Go code, for deployments and anything else outside the
// application. Its JSON is the same for the same service, and contains no values of environment variables.
type ServiceDescription struct {
	Name        string                `json:"name"`
	Description string                `json:"description,omitempty"`
	Functions   []FunctionDescription `json:"functions"`
	API         *API                  `json:"api,omitempty"`  // the caller sets it
	Site        *S3Site               `json:"site,omitempty"` // the caller sets it
	Hooks       []string              `json:"hooks"`          // stages that have workflow hooks, in order
}

// FunctionDescription is one function of a ServiceDescription, including defaults.
type FunctionDescription struct {
	Name                         string                           `json:"name"`
	Handler                      string                           `json:"handler"` // Lambda's setting
	Description                  string                           `json:"description,omitempty"`
	MemorySize                   int64                            `json:"memorySize"`           // MB
	Timeout                      int64                            `json:"timeout"`              // seconds
	RoleName                     string                           `json:"roleName,omitempty"`   // an existing role
	Privileges                   []IAMRolePrivilege               `json:"privileges,omitempty"` // of a role to create
	PermissionsBoundary          any                              `json:"permissionsBoundary,omitempty"`
	EnvironmentNames             []string                         `json:"environmentNames,omitempty"` // sorted
	EphemeralStorage             int64                            `json:"ephemeralStorage"`           // MB
	LogRetention                 int64                            `json:"logRetention"`               // days
	ReservedConcurrentExecutions int64                            `json:"reservedConcurrentExecutions,omitempty"`
	ProvisionedConcurrency       int64                            `json:"provisionedConcurrency,omitempty"`
	Tags                         map[string]string                `json:"tags,omitempty"`
	KmsKeyArn                    string                           `json:"kmsKeyArn,omitempty"`
	DeadLetterConfigArn          any                              `json:"deadLetterConfigArn,omitempty"`
	EventInvokeConfig            *LambdaEventInvokeConfig         `json:"eventInvokeConfig,omitempty"`
	RecursiveLoop                string                           `json:"recursiveLoop,omitempty"`
	Layers                       []any                            `json:"layers,omitempty"`
	VpcConfig                    *LambdaFunctionVPCConfig         `json:"vpcConfig,omitempty"`
	FileSystemConfigs            []LambdaFunctionFileSystemConfig `json:"fileSystemConfigs,omitempty"`
	LoggingConfig                *LambdaFunctionLoggingConfig     `json:"loggingConfig,omitempty"`
	TracingConfig                *LambdaFunctionTracingConfig     `json:"tracingConfig,omitempty"`
	DurableConfig                *LambdaFunctionDurableConfig     `json:"durableConfig,omitempty"`
	SnapStart                    *LambdaFunctionSnapStart         `json:"snapStart,omitempty"`
	FunctionURL                  *LambdaFunctionURL               `json:"functionUrl,omitempty"`
	PublishVersion               bool                             `json:"publishVersion,omitempty"`
	Alias                        string                           `json:"alias,omitempty"`
	Edge                         bool                             `json:"edge,omitempty"`
	EdgeAssociations             []EdgeAssociation                `json:"edgeAssociations,omitempty"`
	Permissions                  Permissions                      `json:"permissions,omitempty"`
	EventSourceMappings          []*EventSourceMapping            `json:"eventSourceMappings,omitempty"`
	CustomResources              []CustomResource                 `json:"customResources,omitempty"`
	DependsOn                    []string                         `json:"dependsOn,omitempty"`
}

// NewServiceDescription describes a service, with its functions in the given order, followed by those of custom
// resources. For an invalid service, it returns the error of Validate. The hooks may be nil.
func NewServiceDescription(
	serviceName, serviceDescription string,
	lambdaAWSInfos []*LambdaAWSInfo,
	workflowHooks *WorkflowHooks,
) (*ServiceDescription, error) {
	if err := Validate(serviceName, lambdaAWSInfos); err != nil {
		return nil, err
	}
	if err := validateDecorators(lambdaAWSInfos); err != nil {
		return nil, err
	}
	hooks, err := describeHooks(workflowHooks)
	if err != nil {
		return nil, err
	}
	service := &ServiceDescription{Name: serviceName, Description: serviceDescription, Hooks: hooks}
	for _, info := range WithCustomResources(lambdaAWSInfos) {
		service.Functions = append(service.Functions, info.describe())
	}
	return service, nil
}

func (info *LambdaAWSInfo) describe() FunctionDescription {
	options := info.Options
	if options == nil {
		options = &LambdaFunctionOptions{}
	}
	function := FunctionDescription{
		Name:                         info.Name(),
		Handler:                      info.PythonHandler(),
		Description:                  options.Description,
		MemorySize:                   cmp.Or(options.MemorySize, DefaultMemorySize),
		Timeout:                      cmp.Or(options.Timeout, DefaultTimeout),
		RoleName:                     info.RoleName,
		EnvironmentNames:             slices.Sorted(maps.Keys(options.Environment)),
		EphemeralStorage:             cmp.Or(options.EphemeralStorage, DefaultEphemeralStorage),
		LogRetention:                 cmp.Or(options.LogRetention, DefaultLogRetention),
		ReservedConcurrentExecutions: options.ReservedConcurrentExecutions,
		ProvisionedConcurrency:       options.ProvisionedConcurrency,
		Tags:                         options.Tags,
		KmsKeyArn:                    options.KmsKeyArn,
		DeadLetterConfigArn:          options.DeadLetterConfigArn,
		EventInvokeConfig:            options.EventInvokeConfig,
		RecursiveLoop:                options.RecursiveLoop,
		Layers:                       options.Layers,
		VpcConfig:                    options.VpcConfig,
		FileSystemConfigs:            options.FileSystemConfigs,
		LoggingConfig:                options.LoggingConfig,
		TracingConfig:                options.TracingConfig,
		DurableConfig:                options.DurableConfig,
		SnapStart:                    options.SnapStart,
		FunctionURL:                  options.FunctionURL,
		PublishVersion:               options.PublishesVersions(),
		Alias:                        options.AliasName(),
		Edge:                         options.Edge,
		EdgeAssociations:             options.EdgeAssociations,
		Permissions:                  info.Permissions,
		EventSourceMappings:          info.EventSourceMappings,
		CustomResources:              info.CustomResources(),
		DependsOn:                    info.DependsOn,
	}
	if options.LoggingConfig != nil && options.LoggingConfig.LogGroup != nil {
		function.LogRetention = 0
	}
	if info.RoleDefinition != nil {
		function.Privileges = info.RoleDefinition.Privileges
		function.PermissionsBoundary = info.RoleDefinition.PermissionsBoundary
	}
	return function
}
