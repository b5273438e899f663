package sparta

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
)

// An existing role is a name, a path and a name, or an ARN.
var roleNamePattern = pattern(`^(arn:[a-z-]+:iam::[0-9]{12}:role/)?([A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]{1,64}$`)

// IAMRoleDefinition describes a role that is created for a function. Its zero value grants what every function
// needs, for example to write its logs.
type IAMRoleDefinition struct {
	Privileges          []IAMRolePrivilege
	PermissionsBoundary any // ARN of the policy that limits the role, or a CloudFormation intrinsic; nil means none
}

// IAMRolePrivilege is one statement of a role's policy.
type IAMRolePrivilege struct {
	Actions []string `json:"actions"` // for example "s3:GetObject"
	// Resource is an ARN, a CloudFormation intrinsic such as
	// cloudformation.GetAtt{"Table", "Arn"}, or a list of these.
	Resource  any `json:"resource,omitempty"`
	Principal any `json:"principal,omitempty"` // must be nil: a role's policy applies to the role itself
	Condition any `json:"condition,omitempty"` // as in a policy document
}

// resolveRole returns the name of an existing role or the definition of a new one.
func resolveRole(role any) (name string, definition *IAMRoleDefinition, err error) {
	switch role := role.(type) {
	case string:
		if role == "" {
			return "", nil, errors.New("role name is empty: use an existing role's name or a sparta.IAMRoleDefinition")
		}
		return role, nil, nil
	case IAMRoleDefinition:
		return "", &role, nil
	case *IAMRoleDefinition:
		if role != nil {
			return "", role, nil
		}
	}
	return "", nil, fmt.Errorf("role of type %T is invalid: "+
		"use an existing role's name (a string) or a sparta.IAMRoleDefinition", role)
}

func validateRoleName(name string) error {
	if !roleNamePattern().MatchString(name) {
		return fmt.Errorf("role name %q is invalid: use a name such as my-role, "+
			"with its path if it has one, such as service-role/my-role", name)
	}
	return nil
}

func (r *IAMRoleDefinition) validate() error {
	for i, privilege := range r.Privileges {
		switch {
		case len(privilege.Actions) == 0:
			return fmt.Errorf("privilege %d of its role has no actions: list some, for example s3:GetObject", i+1)
		case privilege.Principal != nil:
			return fmt.Errorf("privilege %d of its role has a principal, "+
				"which only resource policies have: clear it", i+1)
		case !isResource(privilege.Resource):
			return fmt.Errorf("privilege %d of its role has a resource of type %T: "+
				"use an ARN, * or a CloudFormation intrinsic, or a list of these", i+1, privilege.Resource)
		case usesAlias(privilege):
			return fmt.Errorf("privilege %d of its role is for the alias of a KMS key, which policies ignore: "+
				"use the ARN of the key itself, which contains :key/ and its ID", i+1)
		}
	}
	if r.PermissionsBoundary != nil && !expression.Is(r.PermissionsBoundary) {
		return fmt.Errorf("the permissions boundary of its role is of type %T: "+
			"use a policy's ARN or a CloudFormation intrinsic", r.PermissionsBoundary)
	}
	return nil
}

// usesAlias reports whether a privilege to use a KMS key names it by an alias. Only the alias itself has that ARN.
func usesAlias(privilege IAMRolePrivilege) bool {
	for _, action := range privilege.Actions {
		if !strings.HasPrefix(action, "kms:") || strings.HasSuffix(action, "Alias") || strings.HasSuffix(action, "*") {
			return false
		}
	}
	list := reflect.ValueOf(privilege.Resource)
	if list.Kind() != reflect.Slice {
		list = reflect.ValueOf([]any{privilege.Resource})
	}
	for i := range list.Len() {
		if arn, isText := expression.Text(list.Index(i).Interface()); isText && keyAliasPattern().MatchString(arn) {
			return true
		}
	}
	return false
}

// isResource reports whether a policy statement may have value as its resource.
func isResource(value any) bool {
	list := reflect.ValueOf(value)
	if list.Kind() != reflect.Slice {
		return expression.Is(value)
	}
	for i := range list.Len() {
		if !expression.Is(list.Index(i).Interface()) {
			return false
		}
	}
	return list.Len() > 0
}
