package template

import "github.com/go-sparta/sparta/provision/internal/iam"

// check returns an error if the role's policy is certainly too large.
func (role) check(f function) error {
	if f.info.RoleDefinition == nil {
		return nil
	}
	return iam.CheckSize(f.statements(), f.stack, f.region)
}
