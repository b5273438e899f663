package eventsource

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/provision/internal/s3event"
	"github.com/go-sparta/sparta/sparta"
)

// bucket is an S3 bucket whose events invoke the function. AddBuckets connects all buckets of a stack, because a bucket
// has one configuration for all functions.
type bucket struct{ sparta.S3Permission }

// selection is what the bucket notifies the function of.
func (s bucket) selection() s3event.Selection {
	return s3event.Selection{Events: s.Events, Prefix: s.Filter.Prefix(), Suffix: s.Filter.Suffix()}
}

// owner is the account that the bucket has to belong to.
func (s bucket) owner() any {
	if s.SourceAccount != "" {
		return s.SourceAccount
	}
	return cloudformation.AccountID
}

// bucketID is the logical ID of the bucket that a source refers to, or empty if the template does not have it.
func bucketID(template *cloudformation.Template, source any) string {
	if text, isText := expression.Text(source); isText {
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
