package restapi

// Permissions are the actions that deploying APIs requires.
func Permissions() []string {
	return []string{
		"apigateway:GET", "apigateway:POST", "apigateway:PUT", "apigateway:PATCH", "apigateway:DELETE",
		"apigateway:UpdateRestApiPolicy", "apigateway:AddCertificateToDomain", "apigateway:RemoveCertificateFromDomain",
		"lambda:AddPermission", "lambda:RemovePermission",
		"route53:GetHostedZone", "route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets",
		"route53:GetChange",
	}
}
