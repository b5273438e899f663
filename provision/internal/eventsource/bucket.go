package eventsource

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/customresource"
	"github.com/go-sparta/sparta/provision/internal/show"
)

func (s bucket) addTo(template *cloudformation.Template, target Target) error {
	if s.EventBridge {
		return s.addRules(template, target)
	}
	return nil
}

func (bucket) statements(*cloudformation.Template) []map[string]any { return nil }

func (bucket) permissions() []string {
	actions := append(permissionActions(), customresource.Permissions()...)
	return append(actions, "s3:PutBucketNotification", "events:PutRule", "events:DeleteRule", "events:DescribeRule",
		"events:PutTargets", "events:RemoveTargets")
}

func (s bucket) neighbour() show.Neighbour {
	title := show.Expression(s.SourceArn)
	return show.Neighbour{Invokes: true, Name: title, Title: title, Subtitle: "S3", Sample: "s3"}
}

func (s bucket) facts() []show.Fact {
	value := show.Expression(s.SourceArn) + ": " + strings.Join(s.Events, ", ")
	if keys := s.selection().Keys(); keys != "*" {
		value += " of " + keys
	}
	if s.EventBridge {
		value += ", through EventBridge"
	}
	if s.SourceAccount != "" {
		value += ", of account " + s.SourceAccount
	}
	return []show.Fact{{Name: "S3 bucket", Value: value}}
}
