package eventsource

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/customresource"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// bucket is an S3 bucket whose events invoke the function. AddBuckets connects all buckets of a stack, because a bucket
// has one configuration for all functions.
type bucket struct{ sparta.S3Permission }

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
	return show.Neighbour{Invokes: true, Name: title, Title: title, Subtitle: "S3"}
}

func (s bucket) facts() []show.Fact {
	value := show.Expression(s.SourceArn) + ": " + strings.Join(s.Events, ", ")
	if keys := s.keys(); keys != "*" {
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

// keys are those that the filter selects, in words.
func (s bucket) keys() string { return s.Filter.Prefix() + "*" + s.Filter.Suffix() }

// owner is the account that the bucket has to belong to.
func (s bucket) owner() any {
	if s.SourceAccount != "" {
		return s.SourceAccount
	}
	return cloudformation.AccountID
}

// bucketID is the logical ID of the template's bucket that a source is, or empty if it is another stack's.
func bucketID(template *cloudformation.Template, source any) string {
	if text, isText := source.(string); isText {
		_, name, _ := strings.Cut(text, ":::")
		for id, resource := range template.Resources {
			if resource != nil && resource.Type == "AWS::S3::Bucket" && resource.Properties["BucketName"] == name {
				return id
			}
		}
		return ""
	}
	targets, err := cloudformation.References(source)
	if err != nil {
		return ""
	}
	found := ""
	for _, target := range targets {
		if resource := template.Resources[target]; resource != nil && resource.Type == "AWS::S3::Bucket" {
			if found != "" {
				return "" // an expression of two buckets
			}
			found = target
		}
	}
	return found
}
