// Package destination knows where Lambda can send results and failures.
package destination

import (
	"fmt"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// Destination is a kind of resource that Lambda sends results or failures to.
type Destination struct {
	arn.Kind
	Statements func(target any) []map[string]any // what the function's role has to allow
}

// sendTo is the statement for a destination that requires only one action.
func sendTo(action string) func(target any) []map[string]any {
	return func(target any) []map[string]any { return []map[string]any{iam.Allow(target, action)} }
}

func destinations() []Destination {
	return []Destination{
		{arn.Kind{
			Title: "an SQS queue", Service: "sqs", Attributes: map[string][]string{"AWS::SQS::Queue": {"Arn"}},
		}, sendTo("sqs:SendMessage")},
		{arn.Kind{
			Title: "an SNS topic", Service: "sns",
			Attributes: map[string][]string{"AWS::SNS::Topic": {"Ref", "TopicArn"}},
		}, sendTo("sns:Publish")},
		{arn.Kind{
			Title: "an S3 bucket", Service: "s3", Attributes: map[string][]string{"AWS::S3::Bucket": {"Arn"}},
		}, putInto},
		{arn.Kind{
			Title: "a Lambda function", Service: "lambda", Attributes: map[string][]string{
				"AWS::Lambda::Function": {"Arn"}, "AWS::Lambda::Alias": {"Ref"}, "AWS::Lambda::Version": {"Ref"},
			},
		}, sendTo("lambda:InvokeFunction")},
		{arn.Kind{
			Title: "an event bus", Service: "events",
			Attributes: map[string][]string{"AWS::Events::EventBus": {"Arn"}},
		}, sendTo("events:PutEvents")},
	}
}

// putInto are the statements for a bucket.
func putInto(bucket any) []map[string]any {
	return []map[string]any{
		iam.Allow(cloudformation.Join{Values: []any{bucket, "/*"}}, "s3:PutObject"),
		iam.Allow(bucket, "s3:ListBucket"),
	}
}

// Of finds the kind of a destination among those of these services. Its errors begin with the value.
func Of(template *cloudformation.Template, target any, services ...string) (Destination, error) {
	var allowed []Destination
	var kinds []arn.Kind
	for _, destination := range destinations() {
		if slices.Contains(services, destination.Service) {
			allowed, kinds = append(allowed, destination), append(kinds, destination.Kind)
		}
	}
	position, resource, err := arn.Find(template, target, kinds)
	if err != nil {
		return Destination{}, err
	}
	if arn.IsFIFO(target, resource) {
		return Destination{}, fmt.Errorf("%s is a FIFO queue or topic, to which Lambda does not send: "+
			"use a standard one", show.Expression(target))
	}
	return allowed[position], nil
}
