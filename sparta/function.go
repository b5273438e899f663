package sparta

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/aws/aws-lambda-go/lambda"
)

// LambdaAWSInfo is one function of the service. Make it with NewAWSLambda,
// HandleAWSLambda or Lambda.
type LambdaAWSInfo struct {
	RoleName       string             // an existing role; empty means RoleDefinition
	RoleDefinition *IAMRoleDefinition // a role to create; nil means RoleName
	Options        *LambdaFunctionOptions

	userName string
	handler  any
	roleErr  error // why there is neither RoleName nor RoleDefinition
}

// NewAWSLambda describes a function. Handler and role are HandleAWSLambda's; an
// invalid name, handler or role is an error. An empty name means the Go
// function's own, see LambdaName.
func NewAWSLambda(name string, handler any, role any) (*LambdaAWSInfo, error) {
	return validated(newLambdaAWSInfo(name, handler, role, nil))
}

// HandleAWSLambda describes a function whose handler is an [http.Handler], an
// HTTP function, a [LambdaFunction], or anything that aws-lambda-go's
// lambda.Start accepts. The role is the name of an existing one or an
// IAMRoleDefinition. Validate reports what is wrong with either.
//
// An HTTP handler gets a POST of the raw event to "/" and the function's name.
// What it writes is what the function returns: JSON as it is where Content-Type
// says application/json (or ends in +json), any other text as a JSON string.
// A status of 400 or above makes the invocation fail with an *HTTPError.
func HandleAWSLambda(name string, handler any, role any) *LambdaAWSInfo {
	return newLambdaAWSInfo(name, handler, role, nil)
}

// Lambda describes a function of Sparta's original kind, under the name of its
// Go function unless options say otherwise. Nil options are defaults.
func Lambda(role any, fn LambdaFunction, options *LambdaFunctionOptions) (*LambdaAWSInfo, error) {
	return validated(newLambdaAWSInfo("", fn, role, options))
}

// NewLambda is Lambda for callers who expect one result. It panics when the role
// is neither a role's name nor an IAMRoleDefinition.
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
		options = &LambdaFunctionOptions{} // callers set fields of it
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

// Name is the function's name within the service: letters, digits and
// underscores. It is SpartaOptions.Name, else the name the function was given,
// else its Go function's, with all other characters replaced by underscores.
func (info *LambdaAWSInfo) Name() string {
	return sanitizeName(info.originalName())
}

func (info *LambdaAWSInfo) originalName() string {
	if info.Options != nil && info.Options.SpartaOptions != nil && info.Options.SpartaOptions.Name != "" {
		return info.Options.SpartaOptions.Name
	}
	if info.userName != "" {
		return info.userName
	}
	return symbolName(functionSymbol(info.handler))
}

// PythonHandler is Lambda's handler setting: the function of a Python module that Lambda calls.
func (info *LambdaAWSInfo) PythonHandler() string {
	if info.Options != nil && info.Options.Handler != "" {
		return info.Options.Handler
	}
	return "index." + info.Name()
}

// Function is what the function was made from: a Go function, a [lambda.Handler]
// or an [http.Handler].
func (info *LambdaAWSInfo) Function() any { return info.handler }

// Handler invokes the function: JSON event in, JSON response out. It makes a
// logger, so call it once, not at every invocation. The log goes to stderr:
// Lambda collects both streams, and a local run keeps stdout for the response.
func (info *LambdaAWSInfo) Handler() lambda.Handler {
	return newHandler(info.Name(), info.handler, newLogger(os.Stderr, os.Getenv))
}

// problems checks all that concerns one function alone.
func (info *LambdaAWSInfo) problems() []error {
	errs := []error{
		validateName(info.originalName()),
		validateHandler(info.handler),
		info.validateRole(),
	}
	errs = append(errs, info.Options.problems()...)
	return slices.DeleteFunc(errs, func(err error) bool { return err == nil })
}

func (info *LambdaAWSInfo) validateRole() error {
	switch {
	case info.RoleName != "" && info.RoleDefinition != nil:
		return fmt.Errorf("both RoleName %s and RoleDefinition are set: clear one", info.RoleName)
	case info.RoleName != "":
		return validateRoleName(info.RoleName)
	case info.RoleDefinition != nil:
		return info.RoleDefinition.validate()
	case info.roleErr != nil:
		return info.roleErr
	default:
		return errors.New("role is missing: set RoleName or RoleDefinition")
	}
}
