package httpapi

import "github.com/go-sparta/sparta/provision/internal/apipart"

func (b *builder) permissionID(function apipart.Function) string {
	return function.ID + b.id + "Permission"
}

// addPermissions lets the API invoke its functions: one permission for each, however many routes it has.
func (b *builder) addPermissions() {
	var named []string
	for _, route := range b.routes {
		named = append(named, route.FunctionName())
	}
	for _, function := range apipart.Invoked(b.api, named, b.functions) {
		b.addResource(b.permissionID(function), function.Permission(b.id))
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
