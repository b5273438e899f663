package eventsource

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// addPermission lets a service invoke the function. The permission's logical ID is the function's, followed by what and
// Permission.
func addPermission(
	template *cloudformation.Template, target Target, what, principal string, base sparta.BasePermission,
) error {
	properties := map[string]any{
		"Action":       "lambda:InvokeFunction",
		"FunctionName": target.callee(),
		"Principal":    principal,
	}
	if base.SourceArn != nil {
		properties["SourceArn"] = base.SourceArn
	}
	if base.SourceAccount != "" {
		properties["SourceAccount"] = base.SourceAccount
	}
	return template.Add(target.ID+what+"Permission", &cloudformation.Resource{
		Type: "AWS::Lambda::Permission", Properties: properties,
	})
}

// permissionActions are the actions that deploying a permission requires.
func permissionActions() []string { return []string{"lambda:AddPermission", "lambda:RemovePermission"} }
