package packages

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
)

const (
	lifecycleRule = "sparta-tidy"
	// A version is noncurrent if another one of the same content has replaced it.
	noncurrentDays = 90
	// No upload takes this long.
	abandonedDays = 7
)

func (s *Store) isWithoutLifecycle(ctx context.Context) (bool, error) {
	rules, err := s.rules(ctx)
	return err == nil && !slices.ContainsFunc(rules, isLifecycleRule), err
}

func isLifecycleRule(rule s3types.LifecycleRule) bool { return aws.ToString(rule.ID) == lifecycleRule }

// addLifecycle adds a rule to those that the bucket has.
func (s *Store) addLifecycle(ctx context.Context) error {
	rules, err := s.rules(ctx)
	if err != nil || slices.ContainsFunc(rules, isLifecycleRule) {
		return err
	}
	rules = append(rules, s3types.LifecycleRule{
		ID:                          aws.String(lifecycleRule),
		Status:                      s3types.ExpirationStatusEnabled,
		Filter:                      &s3types.LifecycleRuleFilter{Prefix: aws.String("")},
		NoncurrentVersionExpiration: &s3types.NoncurrentVersionExpiration{NoncurrentDays: aws.Int32(noncurrentDays)},
		AbortIncompleteMultipartUpload: &s3types.AbortIncompleteMultipartUpload{
			DaysAfterInitiation: aws.Int32(abandonedDays),
		},
	})
	_, err = s.api.PutBucketLifecycleConfiguration(ctx, &s3.PutBucketLifecycleConfigurationInput{
		Bucket:                 &s.bucket,
		LifecycleConfiguration: &s3types.BucketLifecycleConfiguration{Rules: rules},
	})
	return err
}

func (s *Store) rules(ctx context.Context) ([]s3types.LifecycleRule, error) {
	out, err := s.api.GetBucketLifecycleConfiguration(ctx, &s3.GetBucketLifecycleConfigurationInput{Bucket: &s.bucket})
	if err != nil {
		return nil, unlessUnset(err)
	}
	return out.Rules, nil
}
