package sparta

import (
	"errors"
	"fmt"
)

// IAMRoleDefinition describes a role that is created for a function. Its zero
// value grants what every function needs, such as writing its logs.
type IAMRoleDefinition struct {
	Privileges []IAMRolePrivilege
}

// IAMRolePrivilege is one statement of a role's policy.
type IAMRolePrivilege struct {
	Actions   []string `json:"actions"`             // such as "s3:GetObject"
	Resource  any      `json:"resource,omitempty"`  // an ARN, or a CloudFormation intrinsic such as map[string]any{"Ref": "Table"}
	Principal any      `json:"principal,omitempty"` // as in a policy document
	Condition any      `json:"condition,omitempty"` // as in a policy document
}

// resolveRole tells the name of an existing role from the definition of a new one.
func resolveRole(role any) (name string, definition *IAMRoleDefinition, err error) {
	switch role := role.(type) {
	case string:
		if role == "" {
			return "", nil, errors.New("role name is empty: name an existing role or give a sparta.IAMRoleDefinition")
		}
		return role, nil, nil
	case IAMRoleDefinition:
		return "", &role, nil
	case *IAMRoleDefinition:
		if role != nil {
			return "", role, nil
		}
	}
	return "", nil, fmt.Errorf("role of type %T is invalid: give an existing role's name (a string) or a sparta.IAMRoleDefinition", role)
}
