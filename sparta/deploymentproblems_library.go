//go:build lambdabinary

package sparta

// deploymentProblems returns nothing in the library: it has been deployed, and would contain checks of all sources and
// options, and run them at each start.
func (info *LambdaAWSInfo) deploymentProblems() []error { return nil }
