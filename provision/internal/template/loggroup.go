package template

import (
	"cmp"
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// logGroup is where Lambda writes a function's log.
type logGroup struct{ absent }

func (logGroup) id(f function) string { return f.id + "LogGroup" }

func (g logGroup) configure(f function, resource *cloudformation.Resource) {
	// Else Lambda could make the group itself, without a retention.
	resource.DependsOn = append(resource.DependsOn, g.id(f))
}

func (g logGroup) addTo(template *cloudformation.Template, f function) error {
	properties := map[string]any{"LogGroupName": "/aws/lambda/" + f.name()}
	if days := cmp.Or(f.options.LogRetention, sparta.DefaultLogRetention); days != sparta.LogRetentionForever {
		properties["RetentionInDays"] = days
	}
	return template.Add(g.id(f), &cloudformation.Resource{
		Type: "AWS::Logs::LogGroup",
		// A log that outlived its stack would keep the stack from being made again.
		DeletionPolicy:      cloudformation.Delete,
		UpdateReplacePolicy: cloudformation.Delete,
		Properties:          properties,
	})
}

func (logGroup) statements(f function) []map[string]any {
	return []map[string]any{allow(logARN("${AWS::Region}", "", f), "logs:CreateLogStream", "logs:PutLogEvents")}
}

func (logGroup) facts(f function) []Fact {
	days := cmp.Or(f.options.LogRetention, sparta.DefaultLogRetention)
	if days == sparta.LogRetentionForever {
		return []Fact{{"Logs kept", "for ever"}}
	}
	return []Fact{{"Logs kept", fmt.Sprintf("%d days", days)}}
}

// logARN names the function's log group and all that is in it.
func logARN(region, prefix string, f function) cloudformation.Sub {
	return cloudformation.Sub("arn:${AWS::Partition}:logs:"+region+":${AWS::AccountId}:log-group:/aws/lambda/"+prefix) + f.name() + ":*"
}
