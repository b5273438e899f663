package sparta

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/aws/aws-lambda-go/lambda"
)

// LambdaAWSInfo is one function of the service. NewAWSLambda, HandleAWSLambda and Lambda create it.
type LambdaAWSInfo struct {
	RoleName       string             // an existing role; empty means RoleDefinition
	RoleDefinition *IAMRoleDefinition // a role to create; nil means RoleName
	Options        *LambdaFunctionOptions

	Permissions         []LambdaPermissionExporter // what invokes the function
	EventSourceMappings []*EventSourceMapping      // what Lambda reads for the function

	// DependsOn are the logical IDs of resources, or the names of functions, that the stack makes before the function.
	DependsOn []string

	// Decorator, then Decorators, are called in each deployment when the template has all functions. They add to it
	// what belongs to this function, see Workflow.LogicalID.
	Decorator  TemplateDecorator          `json:"-"`
	Decorators []TemplateDecoratorHandler `json:"-"`

	userName        string
	handler         any
	customResources []required
	refused         []error // errors of RequireCustomResource
	runner          *runner // of custom resources; nil for any other function

	roleErr error // the reason if there is neither RoleName nor RoleDefinition
}

// NewAWSLambda describes a function, with a handler and a role as for HandleAWSLambda. It returns an error if
// the name, handler or role is invalid. An empty name means the name of the Go function, see LambdaName.
func NewAWSLambda(name string, handler any, role any) (*LambdaAWSInfo, error) {
	return validated(newLambdaAWSInfo(name, handler, role, nil))
}

// HandleAWSLambda describes a function whose handler is an [http.Handler], an HTTP function, a
// [LambdaFunction], or anything that aws-lambda-go's lambda.Start accepts. The role is the name of an existing
// role or an IAMRoleDefinition. Validate returns an error if either is invalid.
//
// An HTTP handler receives the raw event, of whatever service, in a POST request to "/" and the function's name; use
// HTTPHandler to serve the HTTP requests in events of APIs, function URLs and load balancers. The function returns
// what the handler writes: JSON unchanged if Content-Type is application/json (or ends in +json), any other
// text as a JSON string. With a status of 400 or above, the invocation fails with an *HTTPError.
func HandleAWSLambda(name string, handler any, role any) *LambdaAWSInfo {
	return newLambdaAWSInfo(name, handler, role, nil)
}

// Lambda describes a function with Sparta's original four arguments. Its name is that of the Go function unless
// the options have another one. Nil options mean defaults.
func Lambda(role any, fn LambdaFunction, options *LambdaFunctionOptions) (*LambdaAWSInfo, error) {
	return validated(newLambdaAWSInfo("", fn, role, options))
}

// NewLambda is Lambda with a single result. It panics if the role is neither a role's name nor an
// IAMRoleDefinition.
//
// Deprecated: use Lambda, which returns an error.
func NewLambda(role any, fn LambdaFunction, options *LambdaFunctionOptions) *LambdaAWSInfo {
	info := newLambdaAWSInfo("", fn, role, options)
	if info.roleErr != nil {
		panic(info.roleErr)
	}
	return info
}

func newLambdaAWSInfo(name string, handler any, role any, options *LambdaFunctionOptions) *LambdaAWSInfo {
	if options == nil {
		options = &LambdaFunctionOptions{} // callers set its fields
	}
	info := &LambdaAWSInfo{Options: options, userName: name, handler: handler}
	info.RoleName, info.RoleDefinition, info.roleErr = resolveRole(role)
	return info
}

func validated(info *LambdaAWSInfo) (*LambdaAWSInfo, error) {
	var errs []error
	for _, problem := range info.problems() {
		errs = append(errs, fmt.Errorf("function %q: %w", info.originalName(), problem))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return info, nil
}

// PythonHandler returns Lambda's handler setting: the function of a Python module that Lambda calls.
func (info *LambdaAWSInfo) PythonHandler() string {
	if info.Options != nil && info.Options.Handler != "" {
		return info.Options.Handler
	}
	return "index." + info.Name()
}

// Function returns the handler that was given: a Go function, a [lambda.Handler] or an [http.Handler].
func (info *LambdaAWSInfo) Function() any { return info.handler }

// Handler returns a handler that invokes the function with a JSON event and returns a JSON response. It creates
// a logger, so call it once, not for each invocation. The log goes to stderr: Lambda collects both streams, and
// a local run needs stdout for the response.
func (info *LambdaAWSInfo) Handler() lambda.Handler {
	return newHandler(info.Name(), info.handler, newLogger(os.Stderr, os.Getenv))
}

// problems checks everything that concerns only this function.
func (info *LambdaAWSInfo) problems() []error {
	errs := []error{
		validateName(info.originalName()),
		validateHandler(info.handler),
	}
	errs = append(errs, info.deploymentProblems()...)
	errs = append(errs, info.refused...)
	return slices.DeleteFunc(errs, func(err error) bool { return err == nil })
}
