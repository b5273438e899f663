//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/request"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
	"github.com/aws/aws-sdk-go/service/s3"
	"github.com/sirupsen/logrus"
)

// DeleteOptions say which stack to delete.
type DeleteOptions struct {
	Session SessionOptions
	Stack   string        // empty means the service's name
	NoOp    bool          // show what would be deleted
	Wait    time.Duration // for the stack to be gone; 0 means 15 minutes
	Stdout  io.Writer     // takes the table of what NoOp shows; nil discards it
	Logger  *logrus.Logger
}

// Delete deletes a service's stack and waits until it is gone. Buckets that the
// stack created are emptied first; the one that holds packages is not the
// stack's and stays. That there is no such stack is no error.
func Delete(ctx context.Context, service Service, options DeleteOptions) error {
	options.Logger, options.Stdout = orSilent(options.Logger), orDiscard(options.Stdout)
	sess, err := newSession(ctx, options.Session, options.Logger)
	if err != nil {
		return err
	}
	account := newAccount(sess, options.Logger)
	d := deletion{stacks: account.stacks, resources: cfn.New(sess), objects: s3.New(sess)}
	ctx, cancel := patient(ctx, cmp.Or(options.Wait, defaultWait))
	defer cancel()
	return d.run(ctx, stackName(service, Options{Stack: options.Stack}), options)
}

// resourceAPI lists what a stack holds.
type resourceAPI interface {
	ListStackResourcesPagesWithContext(aws.Context, *cfn.ListStackResourcesInput, func(*cfn.ListStackResourcesOutput, bool) bool, ...request.Option) error
}

// objectAPI empties buckets.
type objectAPI interface {
	ListObjectVersionsPagesWithContext(aws.Context, *s3.ListObjectVersionsInput, func(*s3.ListObjectVersionsOutput, bool) bool, ...request.Option) error
	DeleteObjectsWithContext(aws.Context, *s3.DeleteObjectsInput, ...request.Option) (*s3.DeleteObjectsOutput, error)
}

type deletion struct {
	stacks
	resources resourceAPI
	objects   objectAPI
}

func (d deletion) run(ctx context.Context, name string, options DeleteOptions) error {
	live, err := d.describe(ctx, name)
	if err != nil {
		return err
	}
	if live == nil {
		d.log.Infof("there is no stack %s: nothing to delete", name)
		return nil
	}
	if aws.BoolValue(live.EnableTerminationProtection) {
		return fmt.Errorf("delete stack %s: it is protected from termination: lift that with `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name %s`", name, name)
	}
	held, err := d.held(ctx, live)
	if err != nil {
		return err
	}
	if options.NoOp {
		return showHeld(options.Stdout, held)
	}
	for _, resource := range held {
		if aws.StringValue(resource.ResourceType) != bucketType || resource.PhysicalResourceId == nil {
			continue
		}
		if err := d.empty(ctx, *resource.PhysicalResourceId, live); err != nil {
			return fmt.Errorf("delete stack %s: %w", name, err)
		}
	}
	return d.deleteStack(ctx, live)
}

const bucketType = "AWS::S3::Bucket"

// held lists the resources that the stack has now.
func (d deletion) held(ctx context.Context, live *cfn.Stack) ([]*cfn.StackResourceSummary, error) {
	var held []*cfn.StackResourceSummary
	err := d.call(ctx, "cloudformation:ListStackResources", func(ctx context.Context) error {
		held = nil
		return d.resources.ListStackResourcesPagesWithContext(ctx, &cfn.ListStackResourcesInput{StackName: live.StackId},
			func(page *cfn.ListStackResourcesOutput, _ bool) bool {
				for _, resource := range page.StackResourceSummaries {
					if aws.StringValue(resource.ResourceStatus) != cfn.ResourceStatusDeleteComplete {
						held = append(held, resource)
					}
				}
				return true
			})
	})
	if err != nil {
		return nil, fmt.Errorf("list the resources of stack %s: %w", aws.StringValue(live.StackName), err)
	}
	return held, nil
}

func showHeld(out io.Writer, held []*cfn.StackResourceSummary) error {
	rows := [][]string{{"ACTION", "RESOURCE", "TYPE", "ID"}}
	for _, resource := range held {
		rows = append(rows, []string{
			"Remove", aws.StringValue(resource.LogicalResourceId), aws.StringValue(resource.ResourceType), aws.StringValue(resource.PhysicalResourceId),
		})
	}
	return writeTable(out, rows)
}

// empty deletes all versions of all objects of a bucket that is the account's.
func (d deletion) empty(ctx context.Context, bucket string, live *cfn.Stack) error {
	owner := accountOf(live)
	deleted := 0
	err := d.call(ctx, "s3:DeleteObjectVersion", func(ctx context.Context) error {
		var failure error
		err := d.objects.ListObjectVersionsPagesWithContext(ctx, &s3.ListObjectVersionsInput{Bucket: &bucket, ExpectedBucketOwner: owner},
			func(page *s3.ListObjectVersionsOutput, _ bool) bool {
				var objects []*s3.ObjectIdentifier
				for _, version := range page.Versions {
					objects = append(objects, &s3.ObjectIdentifier{Key: version.Key, VersionId: version.VersionId})
				}
				for _, marker := range page.DeleteMarkers {
					objects = append(objects, &s3.ObjectIdentifier{Key: marker.Key, VersionId: marker.VersionId})
				}
				if len(objects) == 0 {
					return true
				}
				failure = d.remove(ctx, bucket, owner, objects)
				deleted += len(objects)
				return failure == nil
			})
		return cmp.Or(failure, err)
	})
	if hasCode(err, s3.ErrCodeNoSuchBucket) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("empty bucket %s: %w", bucket, err)
	}
	if deleted > 0 {
		d.log.Infof("bucket %s is emptied of %d object versions", bucket, deleted)
	}
	return nil
}

func (d deletion) remove(ctx context.Context, bucket string, owner *string, objects []*s3.ObjectIdentifier) error {
	answer, err := d.objects.DeleteObjectsWithContext(ctx, &s3.DeleteObjectsInput{
		Bucket: &bucket, ExpectedBucketOwner: owner, Delete: &s3.Delete{Objects: objects, Quiet: aws.Bool(true)},
	})
	if err != nil {
		return err
	}
	if len(answer.Errors) > 0 {
		first := answer.Errors[0]
		return fmt.Errorf("%s: %s", aws.StringValue(first.Key), aws.StringValue(first.Message))
	}
	return nil
}

// deleteStack deletes the stack, shows how it goes and tells what stays behind.
func (d deletion) deleteStack(ctx context.Context, live *cfn.Stack) error {
	name, id := aws.StringValue(live.StackName), aws.StringValue(live.StackId)
	after, err := d.newest(ctx, id)
	if err != nil {
		return err
	}
	token := newToken("delete")
	err = d.call(ctx, "cloudformation:DeleteStack", func(ctx context.Context) error {
		_, err := d.api.DeleteStackWithContext(ctx, &cfn.DeleteStackInput{StackName: &id, ClientRequestToken: &token})
		return err
	})
	if err != nil {
		return fmt.Errorf("delete stack %s: %w", name, err)
	}
	status, events, err := d.follow(ctx, &operation{
		stackID: id, token: token, after: after, starts: []string{cfn.StackStatusDeleteInProgress},
	}, nil)
	if err != nil {
		return err
	}
	if status == cfn.StackStatusDeleteComplete {
		d.log.Infof("stack %s is deleted", name)
		return nil
	}
	return d.stuck(ctx, name, status, events)
}

// stuck names what could not be deleted.
func (d deletion) stuck(ctx context.Context, name, status string, events []*cfn.StackEvent) error {
	var lines []string
	for _, event := range events {
		if !ofStack(event) && aws.StringValue(event.ResourceStatus) == cfn.ResourceStatusDeleteFailed {
			lines = append(lines, fmt.Sprintf("%s (%s): %s", aws.StringValue(event.LogicalResourceId), aws.StringValue(event.ResourceType), orNoReason(event.ResourceStatusReason)))
		}
	}
	if len(lines) == 0 {
		return errors.New("stack " + name + " is " + status + ": see its events with `aws cloudformation describe-stack-events --stack-name " + name + "`")
	}
	return fmt.Errorf("stack %s is %s: put this right and delete it again:\n%s", name, status, strings.Join(lines, "\n"))
}
