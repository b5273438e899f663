package provision

import "github.com/go-sparta/sparta/provision/internal/stack"

// StackFailure is the error about an operation on a stack that failed. Its fields hold the state of the stack, the
// reason of the failure, and what to do next.
type StackFailure = stack.Failure

// ForeignStack is the error about a stack that is not this application's. Nothing was done to it.
type ForeignStack = stack.Foreign
