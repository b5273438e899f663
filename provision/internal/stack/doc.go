// Package stack is CloudFormation as a deployment uses it: change sets, events, failures, whose a stack is and what a
// change would destroy.
package stack
