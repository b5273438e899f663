package provision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/show"
)

const bucketType = "AWS::S3::Bucket"

// objectAPI is the part of S3 that empties buckets.
type objectAPI interface {
	s3.ListObjectVersionsAPIClient
	DeleteObjects(context.Context, *s3.DeleteObjectsInput, ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error)
}

// bucketsToEmpty lists the buckets that CloudFormation will delete with the stack. It keeps those whose deletion policy
// says so.
func (d deletion) bucketsToEmpty(
	ctx context.Context, live *cfntypes.Stack, resources []cfntypes.StackResourceSummary,
) ([]string, error) {
	buckets := map[string]string{} // by logical ID
	var order []string
	for _, resource := range resources {
		if aws.ToString(resource.ResourceType) == bucketType && aws.ToString(resource.PhysicalResourceId) != "" {
			id := aws.ToString(resource.LogicalResourceId)
			buckets[id] = *resource.PhysicalResourceId
			order = append(order, id)
		}
	}
	if len(order) == 0 {
		return nil, nil
	}
	policies, err := d.deletionPolicies(ctx, live)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, id := range order {
		if policy := policies[id]; policy != "" && policy != "Delete" {
			d.Log.Infof("bucket %s stays as it is: its deletion policy is %s", buckets[id], policy)
			continue
		}
		found = append(found, buckets[id])
	}
	return found, nil
}

// deletionPolicies are the deletion policies of a stack's resources, by logical ID.
func (d deletion) deletionPolicies(ctx context.Context, live *cfntypes.Stack) (map[string]string, error) {
	var answer *cfn.GetTemplateOutput
	err := d.Call(ctx, "cloudformation:GetTemplate", func(ctx context.Context) (err error) {
		answer, err = d.resources.GetTemplate(ctx, &cfn.GetTemplateInput{
			StackName:     live.StackId,
			TemplateStage: cfntypes.TemplateStageProcessed,
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the template: %w", err)
	}
	var template struct {
		Resources map[string]struct{ DeletionPolicy string }
	}
	if err := json.Unmarshal([]byte(aws.ToString(answer.TemplateBody)), &template); err != nil {
		return nil, errors.New("its template is not JSON, so Sparta did not make it, and cannot tell which buckets " +
			"to empty: empty them yourself")
	}
	policies := map[string]string{}
	for id, resource := range template.Resources {
		if resource.DeletionPolicy != "" {
			policies[id] = resource.DeletionPolicy
		}
	}
	return policies, nil
}

// empty deletes all versions of all objects in a bucket of the stack's account.
func (d deletion) empty(ctx context.Context, bucket string, live *cfntypes.Stack) error {
	owner := accountOf(live)
	deleted := 0
	var err error
	input := &s3.ListObjectVersionsInput{Bucket: &bucket, ExpectedBucketOwner: owner}
	pages := s3.NewListObjectVersionsPaginator(d.objects, input)
	for err == nil && pages.HasMorePages() {
		var page *s3.ListObjectVersionsOutput
		err = d.Call(ctx, "s3:ListBucketVersions", func(ctx context.Context) (err error) {
			page, err = pages.NextPage(ctx)
			return err
		})
		if err != nil {
			break
		}
		var objects []s3types.ObjectIdentifier // a page has no more than a request may delete
		for _, version := range page.Versions {
			objects = append(objects, s3types.ObjectIdentifier{Key: version.Key, VersionId: version.VersionId})
		}
		for _, marker := range page.DeleteMarkers {
			objects = append(objects, s3types.ObjectIdentifier{Key: marker.Key, VersionId: marker.VersionId})
		}
		if len(objects) > 0 {
			err = d.remove(ctx, bucket, owner, objects)
			deleted += len(objects)
		}
	}
	if connection.HasCode(err, "NoSuchBucket") {
		return nil
	}
	if err != nil {
		return fmt.Errorf("empty bucket %s: %w", bucket, err)
	}
	if deleted > 0 {
		d.Log.Infof("deleted %s from bucket %s", show.Count(deleted, "object version"), bucket)
	}
	return nil
}

func (d deletion) remove(ctx context.Context, bucket string, owner *string, objects []s3types.ObjectIdentifier) error {
	var answer *s3.DeleteObjectsOutput
	err := d.Call(ctx, "s3:DeleteObjectVersion", func(ctx context.Context) (err error) {
		answer, err = d.objects.DeleteObjects(ctx, &s3.DeleteObjectsInput{
			Bucket:              &bucket,
			ExpectedBucketOwner: owner,
			Delete:              &s3types.Delete{Objects: objects, Quiet: aws.Bool(true)},
		})
		return err
	})
	if err != nil {
		return err
	}
	if len(answer.Errors) > 0 {
		first := answer.Errors[0]
		return fmt.Errorf("delete %s: %s (%s)", aws.ToString(first.Key), aws.ToString(first.Message),
			aws.ToString(first.Code))
	}
	return nil
}
