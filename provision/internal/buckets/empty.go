// Package buckets empties the buckets that are deleted with a stack.
package buckets

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// API is the part of S3 that empties buckets.
type API interface {
	s3.ListObjectVersionsAPIClient
	DeleteObjects(context.Context, *s3.DeleteObjectsInput, ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error)
}

// Client is S3 as this package uses it.
type Client struct {
	connection.Caller
	API API
}

// Empty deletes all versions of all objects in a bucket of an account. The owner is the account's ID, or nil if it is
// not known.
func (c Client) Empty(ctx context.Context, bucket string, owner *string) error {
	deleted := 0
	var err error
	input := &s3.ListObjectVersionsInput{Bucket: &bucket, ExpectedBucketOwner: owner}
	pages := s3.NewListObjectVersionsPaginator(c.API, input)
	for err == nil && pages.HasMorePages() {
		var page *s3.ListObjectVersionsOutput
		err = c.Call(ctx, "s3:ListBucketVersions", func(ctx context.Context) (err error) {
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
			err = c.remove(ctx, bucket, owner, objects)
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
		c.Log.Infof("deleted %s from bucket %s", show.Count(deleted, "object version"), bucket)
	}
	return nil
}

func (c Client) remove(ctx context.Context, bucket string, owner *string, objects []s3types.ObjectIdentifier) error {
	var answer *s3.DeleteObjectsOutput
	err := c.Call(ctx, "s3:DeleteObjectVersion", func(ctx context.Context) (err error) {
		answer, err = c.API.DeleteObjects(ctx, &s3.DeleteObjectsInput{
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
