package original

import (
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// statements returns the statements of a function's role: those that Sparta adds to each role and those of the
// application, which are also its privileges. A role that is not in the template has none.
func statements(
	template *cloudformation.Template, function map[string]any,
) (all []map[string]any, privileges []sparta.IAMRolePrivilege) {
	for id, properties := range ofType(template, "AWS::IAM::Role") {
		if !mentions(function["Role"], id) {
			continue
		}
		var own []map[string]any
		for _, one := range list(properties["Policies"]) {
			policy, _ := one.(map[string]any)
			document, _ := policy["PolicyDocument"].(map[string]any)
			for _, one := range list(document["Statement"]) {
				statement, _ := one.(map[string]any)
				actions := texts(statement["Action"])
				described := map[string]any{
					"Action": actions, "Resource": statement["Resource"], "Condition": statement["Condition"],
				}
				if policy["PolicyName"] == "LambdaEventSourceMappingPolicy" || isUsual(actions) {
					all = append(all, described)
					continue
				}
				own = append(own, described)
				privileges = append(privileges, sparta.IAMRolePrivilege{
					Actions: actions, Resource: statement["Resource"], Condition: statement["Condition"],
				})
			}
		}
		return append(all, own...), privileges // those of the application are the last ones
	}
	return nil, nil
}

// isUsual reports whether a statement only has actions that Sparta allows to each function, or to each in a VPC.
func isUsual(actions []string) bool {
	var usual []string
	for _, statement := range slices.Concat(sparta.CommonIAMStatements.Core, sparta.CommonIAMStatements.VPC) {
		usual = append(usual, statement.Action...)
	}
	return !slices.ContainsFunc(actions, func(action string) bool { return !slices.Contains(usual, action) })
}
