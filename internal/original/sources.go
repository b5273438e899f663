package original

import (
	"reflect"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// addSources gives a function the sources that the template has for the one with a logical ID.
func addSources(info *sparta.LambdaAWSInfo, template *cloudformation.Template, id string) {
	for _, properties := range ofType(template, "AWS::Lambda::EventSourceMapping") {
		if mentions(properties["FunctionName"], id) {
			info.EventSourceMappings = append(info.EventSourceMappings, mapping(properties))
		}
	}
	rules := map[string]sparta.CloudWatchEventsRule{}
	for name, properties := range ofType(template, "AWS::Events::Rule") {
		if mentions(properties["Targets"], id) {
			rule := sparta.CloudWatchEventsRule{}
			rule.ScheduleExpression, _ = properties["ScheduleExpression"].(string)
			rule.EventPattern, _ = properties["EventPattern"].(map[string]any)
			rules[name] = rule
		}
	}
	if len(rules) > 0 {
		info.Permissions = append(info.Permissions, sparta.CloudWatchEventsPermission{Rules: rules})
	}
	for _, properties := range ofType(template, "AWS::Lambda::Permission") {
		principal, _ := properties["Principal"].(string)
		isRule := principal == "events.amazonaws.com" && len(rules) > 0
		// The routes of an API invoke the function, and not the whole API.
		if mentions(properties["FunctionName"], id) && !isRule && principal != gatewayPrincipal {
			info.Permissions = append(info.Permissions, permission(template, principal, properties["SourceArn"], id)...)
		}
	}
	for name, properties := range ofType(template, "AWS::StepFunctions::StateMachine") {
		if mentions(properties["DefinitionString"], id) {
			info.Permissions = append(info.Permissions, sparta.LambdaPermission{
				BasePermission: sparta.BasePermission{SourceArn: cloudformation.Ref(name)},
				Principal:      "states.amazonaws.com",
			})
		}
	}
}

// mapping describes a source that Lambda reads: of its settings, what distinguishes its kind from others.
func mapping(properties map[string]any) *sparta.EventSourceMapping {
	described := &sparta.EventSourceMapping{
		EventSourceArn: properties["EventSourceArn"],
		Queues:         texts(properties["Queues"]),
		Topics:         texts(properties["Topics"]),
		BatchSize:      number(properties["BatchSize"]),
	}
	described.StartingPosition, _ = properties["StartingPosition"].(string)
	return described
}

// permission describes what a permission allows to invoke the function with a logical ID.
func permission(
	template *cloudformation.Template, principal string, source any, id string,
) []sparta.LambdaPermissionExporter {
	base := sparta.BasePermission{SourceArn: source}
	switch {
	case principal == "": // an intrinsic, such as that of CloudWatch Logs in a region
		return nil
	case principal == "s3.amazonaws.com" && source != nil:
		return []sparta.LambdaPermissionExporter{
			sparta.S3Permission{BasePermission: base, Events: bucketEvents(template, source, id)},
		}
	case principal == "sns.amazonaws.com" && source != nil:
		return []sparta.LambdaPermissionExporter{sparta.SNSPermission{BasePermission: base}}
	}
	return []sparta.LambdaPermissionExporter{sparta.LambdaPermission{BasePermission: base, Principal: principal}}
}

// bucketEvents returns the events that Sparta's custom resource for a function asks a bucket for.
func bucketEvents(template *cloudformation.Template, bucket any, id string) []string {
	for _, resource := range template.Resources {
		if events := texts(resource.Properties["Events"]); len(events) > 0 &&
			reflect.DeepEqual(resource.Properties["BucketArn"], bucket) &&
			mentions(resource.Properties["LambdaTargetArn"], id) {
			return events
		}
	}
	return []string{"s3:ObjectCreated:*"}
}
