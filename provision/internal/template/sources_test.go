package template

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// invoked is a function with what invokes it. Change may be nil.
func invoked(
	name string, permissions []sparta.LambdaPermissionExporter, mappings []*sparta.EventSourceMapping,
	change func(*sparta.LambdaFunctionOptions),
) *sparta.LambdaAWSInfo {
	info := testFunction(name, ownRole(), change)
	info.Permissions, info.EventSourceMappings = permissions, mappings
	return info
}

// withResources is a template to which hooks have added a queue and a topic before it has functions.
func withResources() *cloudformation.Template {
	template := cloudformation.NewTemplate("Says hello")
	template.Resources["Queue"] = &cloudformation.Resource{Type: "AWS::SQS::Queue"}
	template.Resources["Topic"] = &cloudformation.Resource{Type: "AWS::SNS::Topic"}
	return template
}

// filteredTopic delivers some of a topic's messages, and keeps in a queue what it cannot deliver.
func filteredTopic(scope, key string) []sparta.LambdaPermissionExporter {
	return []sparta.LambdaPermissionExporter{sparta.SNSPermission{
		BasePermission:    sparta.BasePermission{SourceArn: cloudformation.Ref("Topic"), SourceAccount: "123456789012"},
		FilterPolicy:      map[string]any{key: []any{"blue", map[string]any{"prefix": "green"}}},
		FilterPolicyScope: scope,
		RedrivePolicy:     &sparta.SNSRedrivePolicy{DeadLetterTargetArn: cloudformation.GetAtt{"Queue", "Arn"}},
	}}
}

// sourceCases are the templates of functions that something invokes, by the names of their files.
func sourceCases() map[string]templateCase {
	return map[string]templateCase{
		"topics": {before: withResources, service: testService(
			invoked("own", []sparta.LambdaPermissionExporter{
				sparta.SNSPermission{BasePermission: sparta.BasePermission{SourceArn: cloudformation.Ref("Topic")}},
			}, nil, nil),
			invoked("aliased", []sparta.LambdaPermissionExporter{
				sparta.SNSPermission{BasePermission: sparta.BasePermission{
					SourceArn: "arn:aws:sns:us-east-1:123456789012:orders",
				}},
			}, nil, func(o *sparta.LambdaFunctionOptions) { o.Alias = "live" }),
		)},
		"filtered-topics": {before: withResources, service: testService(
			invoked("second", filteredTopic("MessageAttributes", "colour"), nil, nil),
			invoked("first", filteredTopic("MessageBody", "size"), nil, nil),
		)},
		"rules": {before: withBus, service: testService(
			invoked("ruled", eventRules(), nil, nil),
			invoked("aliased", eventRules(), nil, func(o *sparta.LambdaFunctionOptions) { o.Alias = "live" }),
		)},
		"schedules": {before: withResources, service: testService(
			invoked("scheduled", schedules(), nil, nil),
			invoked("aliased", schedules(), nil, func(o *sparta.LambdaFunctionOptions) { o.Alias = "live" }),
		)},
		"logfilters": {before: withBus, service: testService(
			invoked("filtered", logFilters(), nil, nil),
			invoked("aliased", logFilters(), nil, func(o *sparta.LambdaFunctionOptions) { o.Alias = "live" }),
		)},
		"services": {service: testService(invoked("signup", []sparta.LambdaPermissionExporter{
			sparta.LambdaPermission{
				BasePermission: sparta.BasePermission{
					SourceArn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a",
				},
				Principal: "cognito-idp.amazonaws.com",
			},
			sparta.LambdaPermission{Principal: "iot.amazonaws.com"},
		}, nil, nil))},
		"mappings": {before: withResources, service: testService(invoked("worker", nil, []*sparta.EventSourceMapping{
			{EventSourceArn: cloudformation.GetAtt{"Queue", "Arn"}, BatchSize: 5},
			{EventSourceArn: "arn:aws:kinesis:us-east-1:123456789012:stream/clicks", StartingPosition: "LATEST"},
			{
				EventSourceArn:   "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000",
				StartingPosition: "TRIM_HORIZON", Disabled: true,
			},
		}, nil))},
		"mapping-kinds": mappingKinds(),
		"destinations":  destinations(),
	}
}
