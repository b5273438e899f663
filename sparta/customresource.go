package sparta

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/logicalid"
)

// CustomResourceFunction creates, updates or deletes a custom resource of the stack. The request type is Create, Update
// or Delete. CloudFormation passes all numbers and booleans in the properties as strings. The result holds the
// attributes to which cloudformation.GetAtt can refer.
//
// CloudFormation may repeat a request, and it deletes a resource that it failed to create, so the function must expect
// that the resource already exists or no longer does. It should return when ctx is done: a moment later, CloudFormation
// is notified of a failure. The text of an error or a panic is the reason of the failure.
type CustomResourceFunction func(
	ctx context.Context, requestType, stackID string, properties map[string]any,
) (attributes map[string]any, err error)

// CustomResource is a resource of the stack that a function of the application makes.
type CustomResource struct {
	LogicalName string         `json:"logicalName"`
	Function    string         `json:"function"` // its name
	Properties  map[string]any `json:"properties,omitempty"`
	Timeout     int64          `json:"timeout"` // seconds that CloudFormation waits for an answer
}

// customResourceTimeout is the default timeout of the functions of custom resources, in seconds. They wait for AWS.
const customResourceTimeout int64 = 60

// maxServiceTimeout is CloudFormation's limit, in seconds.
const maxServiceTimeout int64 = 3600

// required is a custom resource with the function that makes it.
type required struct {
	CustomResource
	function *LambdaAWSInfo
}

// RequireCustomResource adds a custom resource to the stack and returns its logical name, for cloudformation.GetAtt.
// The stack creates it before the function that requires it. The function passed here is a separate Lambda function
// with the given role and options; its timeout is 60 seconds unless the options set one. Several resources can share it
// if it is not a closure and has the same role and options. The properties may contain intrinsics. A deployment fails
// with the error if the caller ignores it.
func (info *LambdaAWSInfo) RequireCustomResource(
	roleNameOrIAMRoleDefinition any,
	function CustomResourceFunction,
	options *LambdaFunctionOptions,
	properties map[string]any,
) (logicalName string, err error) {
	logicalName, err = info.requireCustomResource(roleNameOrIAMRoleDefinition, function, options, properties)
	if err != nil {
		info.refused = append(info.refused, err) // in case the caller ignores it
	}
	return logicalName, err
}

func (info *LambdaAWSInfo) requireCustomResource(
	roleNameOrIAMRoleDefinition any,
	function CustomResourceFunction,
	options *LambdaFunctionOptions,
	properties map[string]any,
) (logicalName string, err error) {
	if function == nil {
		return "", errors.New("custom resource: the function is nil: pass one that manages the resource")
	}
	own := LambdaFunctionOptions{}
	if options != nil {
		own = *options
	}
	if own.Edge {
		return "", errors.New("custom resource: CloudFormation invokes its function in the stack's region, and " +
			"Lambda@Edge functions run only for CloudFront: clear Edge of the options")
	}
	if own.Timeout == 0 {
		own.Timeout = customResourceTimeout
	}
	symbol := functionSymbol(function)
	made := newLambdaAWSInfo(symbolName(symbol), function.handle, roleNameOrIAMRoleDefinition, &own)
	made.runner = &runner{made.Name(), symbol, made.RoleName, made.RoleDefinition, own}
	for _, reserved := range []string{"ServiceToken", "ServiceTimeout"} {
		if _, set := properties[reserved]; set {
			return "", fmt.Errorf("custom resource %s: its property %s is reserved by CloudFormation: rename it",
				made.Name(), reserved)
		}
	}
	if _, err := json.Marshal(properties); err != nil {
		return "", fmt.Errorf("custom resource %s: its properties cannot be encoded as JSON: %w", made.Name(), err)
	}
	if _, err := validated(made); err != nil {
		return "", fmt.Errorf("custom resource: %w", err)
	}
	same := 0
	for _, other := range info.customResources {
		if other.Function == made.Name() {
			same++
		}
	}
	logicalName = logicalid.Words(info.Name()) + logicalid.Words(made.Name()) + "Resource"
	if same > 0 {
		logicalName += fmt.Sprint(same + 1)
	}
	info.customResources = append(info.customResources, required{
		CustomResource: CustomResource{
			LogicalName: logicalName, Function: made.Name(), Properties: properties,
			// Lambda starts the function late under load, and again if the answer does not arrive.
			Timeout: min(2*own.Timeout+120, maxServiceTimeout),
		},
		function: made,
	})
	return logicalName, nil
}

// CustomResources returns the custom resources that the function requires.
func (info *LambdaAWSInfo) CustomResources() []CustomResource {
	var list []CustomResource
	for _, required := range info.customResources {
		list = append(list, required.CustomResource)
	}
	return list
}

// WithCustomResources returns the functions, followed by those of the custom resources that they require, each once. It
// returns a list that already has them unchanged.
func WithCustomResources(functions []*LambdaAWSInfo) []*LambdaAWSInfo {
	all := slices.Clone(functions)
	for _, info := range functions {
		if info == nil {
			continue // Validate reports it
		}
		for _, required := range info.customResources {
			if !slices.ContainsFunc(all, required.function.runner.runs) {
				all = append(all, required.function)
			}
		}
	}
	return all
}

// runner identifies a function of custom resources. Copies of the function share it.
type runner struct {
	name, symbol string
	roleName     string
	role         *IAMRoleDefinition
	options      LambdaFunctionOptions
}

// runs reports whether another function is the same one, so that the stack needs only one of them. Closures never are:
// the variables that they capture may differ.
func (r *runner) runs(other *LambdaAWSInfo) bool {
	return other != nil && other.runner != nil && (other.runner == r ||
		!strings.Contains(r.symbol, ".func") && reflect.DeepEqual(*other.runner, *r))
}
