package provision

import "github.com/go-sparta/sparta/provision/internal/stack"

// StackFailure is the error about an operation on a stack that CloudFormation gave up. Its fields say where the stack
// stands, why CloudFormation gave up, and what to do.
type StackFailure = stack.Failure

// ForeignStack is the error about a stack that is not this application's. Nothing was done to it.
type ForeignStack = stack.Foreign
