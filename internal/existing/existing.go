// Package existing describes stacks whose template another framework renders: the names that their functions have, and
// what is uploaded beside the package.
package existing

import (
	"strings"

	"github.com/go-sparta/sparta/sparta"
)

// Stack is a stack that another framework's template describes.
type Stack struct {
	Functions map[string]Function // by the function's name in the service
	Uploads   []string            // paths of files that belong into the bucket for packages, by content

	// Live are the types of the resources that the stack has in AWS, by logical ID, for the hooks. It is empty if there
	// is no stack, and nil if that is not known.
	Live map[string]string
}

// Function is how a function is called in such a stack.
type Function struct {
	LogicalID string
	Name      string // in AWS, in which StackName is the stack's
}

// StackName is the name of the stack, in names of functions.
const StackName = "${AWS::StackName}"

// contextKey is the key in the context of the hooks that make such a template.
const contextKey = "github.com/go-sparta/sparta/internal/existing"

// Context returns the context for hooks that make the template of such a stack.
func Context(stack *Stack) map[string]any { return map[string]any{contextKey: stack} }

// Of returns the stack that a service's hooks make, or nil if its template is this module's own.
func Of(hooks *sparta.WorkflowHooks) *Stack {
	if hooks == nil {
		return nil
	}
	stack, _ := hooks.Context[contextKey].(*Stack)
	return stack
}

// FunctionName returns a function's name in AWS, or fallback if the stack does not have it. The stack may be nil.
func (s *Stack) FunctionName(stack, name, fallback string) string {
	if s == nil || s.Functions[name].Name == "" {
		return fallback
	}
	return strings.ReplaceAll(s.Functions[name].Name, StackName, stack)
}

// LogicalID returns a function's logical ID, or fallback if the stack does not have it. The stack may be nil.
func (s *Stack) LogicalID(name, fallback string) string {
	if s == nil || s.Functions[name].LogicalID == "" {
		return fallback
	}
	return s.Functions[name].LogicalID
}

// LogGroup returns the name of a function's log group, or fallback if the stack does not have the function. The stack
// may be nil.
func (s *Stack) LogGroup(stack, name, fallback string) string {
	if s == nil {
		return fallback
	}
	return "/aws/lambda/" + s.FunctionName(stack, name, name)
}
