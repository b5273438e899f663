package template

import (
	"cmp"
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// logGroup is where Lambda writes a function's log.
type logGroup struct{ absent }

func (logGroup) id(f function) string { return f.id + "LogGroup" }

// otherLogGroup is the log group that the options name; nil if the function has its own.
func (f function) otherLogGroup() any {
	if f.options.LoggingConfig == nil {
		return nil
	}
	return f.options.LoggingConfig.LogGroup
}

func (g logGroup) configure(f function, resource *cloudformation.Resource) {
	if f.otherLogGroup() == nil {
		// Otherwise Lambda may create the group itself, without a retention.
		resource.DependsOn = append(resource.DependsOn, g.id(f))
	}
}

func (g logGroup) addTo(template *cloudformation.Template, f function) error {
	if f.otherLogGroup() != nil {
		return nil
	}
	properties := map[string]any{"LogGroupName": "/aws/lambda/" + f.name()}
	if days := cmp.Or(f.options.LogRetention, sparta.DefaultLogRetention); days != sparta.LogRetentionForever {
		properties["RetentionInDays"] = days
	}
	return template.Add(g.id(f), &cloudformation.Resource{
		Type: "AWS::Logs::LogGroup",
		// A log group that outlived its stack would keep the stack from being created again.
		DeletionPolicy:      cloudformation.Delete,
		UpdateReplacePolicy: cloudformation.Delete,
		Properties:          properties,
	})
}

func (logGroup) statements(f function) []map[string]any {
	return []map[string]any{iam.Allow(logARN("${AWS::Region}", "", f), "logs:CreateLogStream", "logs:PutLogEvents")}
}

func (logGroup) permissions() []string {
	return []string{
		"logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy",
	}
}

func (logGroup) facts(f function) []show.Fact {
	if group := f.otherLogGroup(); group != nil {
		return []show.Fact{{Name: "Log group", Value: show.Expression(group)}}
	}
	days := cmp.Or(f.options.LogRetention, sparta.DefaultLogRetention)
	if days == sparta.LogRetentionForever {
		return []show.Fact{{Name: "Logs kept", Value: "for ever"}}
	}
	return []show.Fact{{Name: "Logs kept", Value: fmt.Sprintf("%d days", days)}}
}

// logARN is the ARN of the function's log group and everything in it. The prefix is for the function's own group.
func logARN(region, prefix string, f function) any {
	arn := cloudformation.Sub("arn:${AWS::Partition}:logs:" + region + ":${AWS::AccountId}:log-group:")
	switch group := f.otherLogGroup().(type) {
	case nil:
		return arn + cloudformation.Sub("/aws/lambda/"+prefix) + f.name() + ":*"
	case string:
		return arn + cloudformation.Sub(group+":*")
	default:
		return cloudformation.Join{Separator: "", Values: []any{arn, group, ":*"}}
	}
}

// LogGroup is the name of a function's log group; empty if only CloudFormation knows it.
func LogGroup(stack string, info *sparta.LambdaAWSInfo) string {
	switch group := newFunction(info).otherLogGroup().(type) {
	case nil:
		return "/aws/lambda/" + FunctionName(stack, info.Name())
	case string:
		return group
	}
	return ""
}
