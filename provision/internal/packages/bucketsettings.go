package packages

import (
	"context"
	"net/http"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// isUnset reports whether an error says that a bucket does not have a setting.
func isUnset(err error) bool {
	return connection.ErrorStatus(err) == http.StatusNotFound && connection.ErrorCode(err) != "NoSuchBucket"
}

func (s *Store) isPublic(ctx context.Context) (bool, error) {
	out, err := s.api.GetPublicAccessBlock(ctx, &s3.GetPublicAccessBlockInput{Bucket: &s.bucket})
	if err != nil {
		return isUnset(err), unlessUnset(err)
	}
	block := out.PublicAccessBlockConfiguration
	return block == nil || !aws.ToBool(block.BlockPublicAcls) || !aws.ToBool(block.BlockPublicPolicy) ||
		!aws.ToBool(block.IgnorePublicAcls) || !aws.ToBool(block.RestrictPublicBuckets), nil
}

func (s *Store) blockPublicAccess(ctx context.Context) error {
	yes := aws.Bool(true)
	_, err := s.api.PutPublicAccessBlock(ctx, &s3.PutPublicAccessBlockInput{
		Bucket: &s.bucket,
		PublicAccessBlockConfiguration: &s3types.PublicAccessBlockConfiguration{
			BlockPublicAcls:       yes,
			BlockPublicPolicy:     yes,
			IgnorePublicAcls:      yes,
			RestrictPublicBuckets: yes,
		},
	})
	return err
}

func (s *Store) isUnencrypted(ctx context.Context) (bool, error) {
	out, err := s.api.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: &s.bucket})
	if err != nil {
		return isUnset(err), unlessUnset(err)
	}
	return out.ServerSideEncryptionConfiguration == nil || len(out.ServerSideEncryptionConfiguration.Rules) == 0, nil
}

func (s *Store) encrypt(ctx context.Context) error {
	byDefault := &s3types.ServerSideEncryptionByDefault{SSEAlgorithm: s3types.ServerSideEncryptionAes256}
	_, err := s.api.PutBucketEncryption(ctx, &s3.PutBucketEncryptionInput{
		Bucket: &s.bucket,
		ServerSideEncryptionConfiguration: &s3types.ServerSideEncryptionConfiguration{
			Rules: []s3types.ServerSideEncryptionRule{{ApplyServerSideEncryptionByDefault: byDefault}},
		},
	})
	return err
}

func (s *Store) isUnversioned(ctx context.Context) (bool, error) {
	out, err := s.api.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &s.bucket})
	if err != nil {
		return false, err
	}
	return out.Status != s3types.BucketVersioningStatusEnabled, nil
}

func (s *Store) enableVersioning(ctx context.Context) error {
	_, err := s.api.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{
		Bucket:                  &s.bucket,
		VersioningConfiguration: &s3types.VersioningConfiguration{Status: s3types.BucketVersioningStatusEnabled},
	})
	return err
}

// unlessUnset returns the error of reading a setting, or nil if it says that the bucket does not have it.
func unlessUnset(err error) error {
	if isUnset(err) {
		return nil
	}
	return err
}

const bucketTag = "io:gosparta:bucket"

func (s *Store) isUntagged(ctx context.Context) (bool, error) {
	tags, err := s.tags(ctx)
	return err == nil && !slices.ContainsFunc(tags, isBucketTag), err
}

func isBucketTag(tag s3types.Tag) bool { return aws.ToString(tag.Key) == bucketTag }

// tag adds a tag to those that the bucket has.
func (s *Store) tag(ctx context.Context) error {
	tags, err := s.tags(ctx)
	if err != nil || slices.ContainsFunc(tags, isBucketTag) {
		return err
	}
	tags = append(tags, s3types.Tag{Key: aws.String(bucketTag), Value: aws.String("packages")})
	_, err = s.api.PutBucketTagging(ctx, &s3.PutBucketTaggingInput{
		Bucket:  &s.bucket,
		Tagging: &s3types.Tagging{TagSet: tags},
	})
	return err
}

func (s *Store) tags(ctx context.Context) ([]s3types.Tag, error) {
	out, err := s.api.GetBucketTagging(ctx, &s3.GetBucketTaggingInput{Bucket: &s.bucket})
	if err != nil {
		return nil, unlessUnset(err)
	}
	return out.TagSet, nil
}
