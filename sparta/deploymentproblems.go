//go:build !lambdabinary

package sparta

// deploymentProblems checks what only a deployment uses.
func (info *LambdaAWSInfo) deploymentProblems() []error {
	errs := append([]error{info.validateRole()}, info.Options.problems()...)
	errs = append(errs, info.sourceProblems()...)
	return append(errs, dependencyProblems(info.Name(), info.DependsOn)...)
}
