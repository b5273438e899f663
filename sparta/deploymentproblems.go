//go:build !lambdabinary

package sparta

import (
	"errors"
	"fmt"
)

// deploymentProblems checks what only a deployment uses.
func (info *LambdaAWSInfo) deploymentProblems() []error {
	errs := append([]error{info.validateRole()}, info.Options.problems()...)
	errs = append(errs, info.sourceProblems()...)
	return append(errs, dependencyProblems(info.Name(), info.DependsOn)...)
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
