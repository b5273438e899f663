package awsendpoint

import "strings"

// serviceIDs returns the IDs of services whose endpoints have another name in the SDK v1. The ID of any other
// service is the name of its endpoints.
func serviceIDs() map[string]string {
	return map[string]string{
		"api.ecr":                 "ecr",
		"api.sagemaker":           "sagemaker",
		"apigateway":              "api_gateway",
		"application-autoscaling": "application_auto_scaling",
		"autoscaling":             "auto_scaling",
		"cognito-identity":        "cognito_identity",
		"cognito-idp":             "cognito_identity_provider",
		"config":                  "config_service",
		"ds":                      "directory_service",
		"elasticfilesystem":       "efs",
		"elasticloadbalancing":    "elastic_load_balancing_v2",
		"elasticmapreduce":        "emr",
		"email":                   "ses",
		"es":                      "elasticsearch_service",
		"events":                  "eventbridge",
		"execute-api":             "apigatewaymanagementapi",
		"logs":                    "cloudwatch_logs",
		"monitoring":              "cloudwatch",
		"oidc":                    "sso_oidc",
		"portal.sso":              "sso",
		"route53":                 "route_53",
		"secretsmanager":          "secrets_manager",
		"states":                  "sfn",
		"streams.dynamodb":        "dynamodb_streams",
		"tagging":                 "resource_groups_tagging_api",
	}
}

// serviceID returns a service's ID as it is spelled in variables.
func serviceID(service string) string {
	if id, ok := serviceIDs()[service]; ok {
		return id
	}
	return strings.NewReplacer("-", "_", " ", "_", ".", "_").Replace(strings.ToLower(service))
}
