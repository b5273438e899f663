package sparta

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// CustomResourceFunction creates, updates or deletes what a custom resource of the stack is: the request type is
// Create, Update or Delete. CloudFormation passes all numbers and booleans of the properties as texts. The result has
// the attributes that cloudformation.GetAtt finds.
//
// CloudFormation may repeat a request, and it deletes what it could not create, so the function has to expect what
// exists already, or no longer. It should return when ctx is done: a moment later, CloudFormation gets an answer
// without it. An error or a panic is the reason of the failure.
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

// RequireCustomResource adds a custom resource to the stack, which is made before the function is, and returns its
// logical name for cloudformation.GetAtt. Its function runs in a Lambda function of its own, with a role and options as
// for Lambda, and a timeout of 60 seconds unless the options have one. Several resources can share a function that is
// not a closure, with the same role and options. The properties may contain intrinsics.
func (info *LambdaAWSInfo) RequireCustomResource(
	roleNameOrIAMRoleDefinition any,
	function CustomResourceFunction,
	options *LambdaFunctionOptions,
	properties map[string]any,
) (logicalName string, err error) {
	if function == nil {
		return "", errors.New("custom resource: the function is nil: use one that creates, updates and deletes it")
	}
	own := LambdaFunctionOptions{}
	if options != nil {
		own = *options
	}
	if own.Timeout == 0 {
		own.Timeout = customResourceTimeout
	}
	symbol := functionSymbol(function)
	made := newLambdaAWSInfo(symbolName(symbol), function.handle, roleNameOrIAMRoleDefinition, &own)
	made.runner = &runner{made.Name(), symbol, made.RoleName, made.RoleDefinition, own}
	for _, reserved := range []string{"ServiceToken", "ServiceTimeout"} {
		if _, set := properties[reserved]; set {
			return "", fmt.Errorf("custom resource %s: its property %s is CloudFormation's own: rename it",
				made.Name(), reserved)
		}
	}
	if _, err := json.Marshal(properties); err != nil {
		return "", fmt.Errorf("custom resource %s: its properties have no JSON: %w", made.Name(), err)
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
	logicalName = logicalID(info.Name()) + logicalID(made.Name()) + "Resource"
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

// CustomResources are those that the function requires.
func (info *LambdaAWSInfo) CustomResources() []CustomResource {
	var list []CustomResource
	for _, required := range info.customResources {
		list = append(list, required.CustomResource)
	}
	return list
}

// WithCustomResources appends the functions of custom resources that functions require, each once. It changes nothing
// in a list that has them.
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

// runner is what a function of custom resources is made of. Copies of the function share it.
type runner struct {
	name, symbol string
	roleName     string
	role         *IAMRoleDefinition
	options      LambdaFunctionOptions
}

// runs reports whether another function is the same one, so that the stack needs only one of them. What two closures
// have of their surroundings may differ.
func (r *runner) runs(other *LambdaAWSInfo) bool {
	return other != nil && other.runner != nil && (other.runner == r ||
		!strings.Contains(r.symbol, ".func") && reflect.DeepEqual(*other.runner, *r))
}
