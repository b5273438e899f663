package packages

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
)

const (
	tidyRule = "sparta-tidy"
	// A version that another one of the same content replaced is of no use.
	noncurrentDays = 90
	// No upload takes this long.
	abandonedDays = 7

	bucketTag = "io:gosparta:bucket"
)

// bucketPolicy keeps what it does not know.
type bucketPolicy struct {
	Version   string `json:",omitempty"`
	ID        string `json:"Id,omitempty"`
	Statement statements
}

type statements []map[string]any

// UnmarshalJSON implements json.Unmarshaler: a statement may stand without an
// array around it.
func (s *statements) UnmarshalJSON(text []byte) error {
	var one map[string]any
	if json.Unmarshal(text, &one) == nil {
		*s = statements{one}
		return nil
	}
	return json.Unmarshal(text, (*[]map[string]any)(s))
}

func (s *Store) isWithoutTLS(ctx context.Context) (bool, error) {
	policy, err := s.policy(ctx)
	return err == nil && !policy.requiresTLS(), err
}

// requireTLS adds to a policy that is there. Somebody else may have done so
// meanwhile, and S3 refuses a statement that is there twice.
func (s *Store) requireTLS(ctx context.Context) error {
	policy, err := s.policy(ctx)
	if err != nil || policy.requiresTLS() {
		return err
	}
	if policy.Version == "" {
		policy.Version = "2012-10-17"
	}
	policy.Statement = append(policy.Statement, s.tlsOnly())
	text, err := json.Marshal(policy)
	if err != nil {
		return err
	}
	_, err = s.api.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: &s.bucket, Policy: aws.String(string(text))})
	return err
}

func (s *Store) policy(ctx context.Context) (bucketPolicy, error) {
	var policy bucketPolicy
	out, err := s.api.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &s.bucket})
	if err != nil {
		return policy, ifPresent(err)
	}
	if err := json.Unmarshal([]byte(aws.ToString(out.Policy)), &policy); err != nil {
		return policy, fmt.Errorf("read the bucket's policy: %w", err)
	}
	return policy, nil
}

// tlsOnly denies requests whose contents others on the way can read.
func (s *Store) tlsOnly() map[string]any {
	arn := "arn:" + s.who.Partition + ":s3:::" + s.bucket
	return map[string]any{
		"Sid": "SpartaTLSOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
		"Resource":  []string{arn, arn + "/*"},
		"Condition": map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}},
	}
}

func (p bucketPolicy) requiresTLS() bool { return slices.ContainsFunc(p.Statement, deniesPlainHTTP) }

func deniesPlainHTTP(statement map[string]any) bool {
	condition, _ := statement["Condition"].(map[string]any)
	test, _ := condition["Bool"].(map[string]any)
	value := test["aws:SecureTransport"]
	return statement["Effect"] == "Deny" && (value == "false" || value == false)
}

func (s *Store) isHoarding(ctx context.Context) (bool, error) {
	rules, err := s.rules(ctx)
	return err == nil && !slices.ContainsFunc(rules, isTidyRule), err
}

func isTidyRule(rule s3types.LifecycleRule) bool { return aws.ToString(rule.ID) == tidyRule }

// tidy adds to the rules that are there.
func (s *Store) tidy(ctx context.Context) error {
	rules, err := s.rules(ctx)
	if err != nil || slices.ContainsFunc(rules, isTidyRule) {
		return err
	}
	rules = append(rules, s3types.LifecycleRule{
		ID:                             aws.String(tidyRule),
		Status:                         s3types.ExpirationStatusEnabled,
		Filter:                         &s3types.LifecycleRuleFilter{Prefix: aws.String("")},
		NoncurrentVersionExpiration:    &s3types.NoncurrentVersionExpiration{NoncurrentDays: aws.Int32(noncurrentDays)},
		AbortIncompleteMultipartUpload: &s3types.AbortIncompleteMultipartUpload{DaysAfterInitiation: aws.Int32(abandonedDays)},
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
		return nil, ifPresent(err)
	}
	return out.Rules, nil
}

func (s *Store) isUntagged(ctx context.Context) (bool, error) {
	tags, err := s.tags(ctx)
	return err == nil && !slices.ContainsFunc(tags, isBucketTag), err
}

func isBucketTag(tag s3types.Tag) bool { return aws.ToString(tag.Key) == bucketTag }

// tag adds to the tags that are there.
func (s *Store) tag(ctx context.Context) error {
	tags, err := s.tags(ctx)
	if err != nil || slices.ContainsFunc(tags, isBucketTag) {
		return err
	}
	tags = append(tags, s3types.Tag{Key: aws.String(bucketTag), Value: aws.String("packages")})
	_, err = s.api.PutBucketTagging(ctx, &s3.PutBucketTaggingInput{Bucket: &s.bucket, Tagging: &s3types.Tagging{TagSet: tags}})
	return err
}

func (s *Store) tags(ctx context.Context) ([]s3types.Tag, error) {
	out, err := s.api.GetBucketTagging(ctx, &s3.GetBucketTaggingInput{Bucket: &s.bucket})
	if err != nil {
		return nil, ifPresent(err)
	}
	return out.TagSet, nil
}
