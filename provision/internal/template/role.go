package template

import (
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// ExistingRole is a role that functions use and the stack does not create.
type ExistingRole struct {
	Name      string   // as iam:GetRole wants it: without its path
	Resource  string   // how its ARN must end: role/<path><name>
	Functions []string // the service's functions that use it, in order
}

// ExistingRoles lists the roles that must exist before a deployment, by name.
func ExistingRoles(functions []*sparta.LambdaAWSInfo) []ExistingRole {
	roles := map[string]ExistingRole{}
	for _, info := range functions {
		if info.RoleName == "" {
			continue
		}
		resource := roleResource(info.RoleName)
		role := roles[resource]
		role.Resource = resource
		role.Name = resource[strings.LastIndexByte(resource, '/')+1:]
		role.Functions = append(role.Functions, info.Name())
		roles[resource] = role
	}
	var sorted []ExistingRole
	for _, resource := range slices.Sorted(maps.Keys(roles)) {
		sorted = append(sorted, roles[resource])
	}
	return sorted
}

// roleResource is the end of a role's ARN, from role/ on, for a name, a name
// with a path, or an ARN.
func roleResource(role string) string {
	if strings.HasPrefix(role, "arn:") {
		return role[strings.LastIndexByte(role, ':')+1:]
	}
	return "role/" + role
}

// role is the Role property of a function.
func (f function) role() any {
	switch name := f.info.RoleName; {
	case name == "":
		return cloudformation.GetAtt{f.id + "Role", "Arn"}
	case strings.HasPrefix(name, "arn:"):
		return name
	default:
		return cloudformation.Sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:" + roleResource(name))
	}
}

// newRole is a role that may do what the function needs and nothing else.
func (f function) newRole() *cloudformation.Resource {
	services := []string{"lambda.amazonaws.com"}
	if f.options.Edge {
		services = append(services, "edgelambda.amazonaws.com")
	}
	properties := map[string]any{
		"AssumeRolePolicyDocument": policy(map[string]any{
			"Effect":    "Allow",
			"Principal": map[string]any{"Service": services},
			"Action":    "sts:AssumeRole",
		}),
		"Policies": []any{map[string]any{
			"PolicyName":     f.name(),
			"PolicyDocument": policy(f.statements()...),
		}},
	}
	if boundary := f.info.RoleDefinition.PermissionsBoundary; boundary != nil {
		properties["PermissionsBoundary"] = boundary
	}
	return &cloudformation.Resource{Type: "AWS::IAM::Role", Properties: properties}
}

func policy(statements ...map[string]any) map[string]any {
	return map[string]any{"Version": "2012-10-17", "Statement": statements}
}
