package template

import (
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/sparta"
)

// ExistingRole is a role that functions use and that the stack does not create.
type ExistingRole struct {
	Name      string   // without its path, as iam:GetRole expects it
	Resource  string   // how its ARN must end: role/<path><name>
	Functions []string // the service's functions that use it, in order
	Edge      bool     // whether one of them is for edge locations
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
		role.Edge = role.Edge || info.Options != nil && info.Options.Edge
		roles[resource] = role
	}
	var sorted []ExistingRole
	for _, resource := range slices.Sorted(maps.Keys(roles)) {
		sorted = append(sorted, roles[resource])
	}
	return sorted
}

// roleResource is the end of a role's ARN, from role/ on. The role is a name, a name with a path, or an ARN.
func roleResource(role string) string {
	if strings.HasPrefix(role, "arn:") {
		return role[strings.LastIndexByte(role, ':')+1:]
	}
	return "role/" + role
}

// role is the function's role: an existing one, or its own, which allows what the function needs and nothing else.
type role struct{ absent }

func (role) configure(f function, resource *cloudformation.Resource) {
	switch name := f.info.RoleName; {
	case name == "":
		resource.Properties["Role"] = cloudformation.GetAtt{f.roleID(), "Arn"}
	case strings.HasPrefix(name, "arn:"):
		resource.Properties["Role"] = name
	default:
		resource.Properties["Role"] = cloudformation.Sub(
			"arn:${AWS::Partition}:iam::${AWS::AccountId}:" + roleResource(name))
	}
}

func (role) addTo(template *cloudformation.Template, f function) error {
	if f.info.RoleDefinition == nil {
		return nil
	}
	services := []string{"lambda.amazonaws.com"}
	if f.options.Edge {
		services = append(services, "edgelambda.amazonaws.com")
	}
	properties := map[string]any{
		"AssumeRolePolicyDocument": iam.Policy(map[string]any{
			"Effect":    "Allow",
			"Principal": map[string]any{"Service": services},
			"Action":    "sts:AssumeRole",
		}),
		"Policies": []any{map[string]any{
			"PolicyName":     f.name(),
			"PolicyDocument": iam.Policy(f.statements()...),
		}},
	}
	if boundary := f.info.RoleDefinition.PermissionsBoundary; boundary != nil {
		properties["PermissionsBoundary"] = boundary
	}
	return template.Add(f.roleID(), &cloudformation.Resource{Type: "AWS::IAM::Role", Properties: properties})
}

func (f function) roleID() string { return f.id + "Role" }

func (role) permissions() []string {
	return []string{
		"iam:CreateRole", "iam:DeleteRole", "iam:GetRole", "iam:PutRolePolicy", "iam:DeleteRolePolicy",
		"iam:PutRolePermissionsBoundary", "iam:PassRole",
	}
}

// statements are those that the application requests.
func (role) statements(f function) []map[string]any {
	if f.info.RoleDefinition == nil {
		return nil
	}
	var statements []map[string]any
	for _, privilege := range f.info.RoleDefinition.Privileges {
		statement := iam.Allow(privilege.Resource, privilege.Actions...)
		if privilege.Condition != nil {
			statement["Condition"] = privilege.Condition
		}
		statements = append(statements, statement)
	}
	return statements
}
