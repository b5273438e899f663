package httpapi

import "github.com/go-sparta/sparta/provision/internal/apipart"

func (b *builder) permissionID(function apipart.Function) string {
	return function.ID + b.id + "Permission"
}

// addPermissions lets the API invoke its functions: one permission for each, however many routes it has.
func (b *builder) addPermissions() {
	used := map[string]bool{}
	for _, route := range b.routes {
		used[b.function(route.FunctionName()).Name] = true
	}
	for _, authorizer := range b.api.Authorizers {
		if authorizer.Type == request && authorizer.FunctionArn == nil {
			used[b.function(authorizer.FunctionName()).Name] = true
		}
	}
	for _, function := range b.functions {
		if used[function.Name] {
			b.addResource(b.permissionID(function), function.Permission(b.id))
		}
	}
}

// Permissions returns the actions that deploying HTTP APIs requires.
func Permissions() []string {
	return []string{
		"apigateway:GET", "apigateway:POST", "apigateway:PUT", "apigateway:PATCH", "apigateway:DELETE",
		"apigateway:AddCertificateToDomain", "apigateway:RemoveCertificateFromDomain",
		"lambda:AddPermission", "lambda:RemovePermission",
		"logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
		"logs:ListLogDeliveries", "logs:DescribeResourcePolicies", "logs:PutResourcePolicy", "logs:DescribeLogGroups",
		"route53:GetHostedZone", "route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets",
		"route53:GetChange",
	}
}
