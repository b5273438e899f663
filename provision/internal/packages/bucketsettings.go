package packages

import (
	"context"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// bucketSetting is one that the account's own bucket must have. Settings that
// people changed to their liking stay.
type bucketSetting struct {
	name string
	get  string // the actions, as in a policy
	put  string

	missing func(context.Context) (bool, error)
	set     func(context.Context) error
}

// keepUp sets what is missing.
func (s *Store) keepUp(ctx context.Context) error {
	for _, setting := range s.settings() {
		if err := s.repair(ctx, setting); err != nil {
			return err
		}
	}
	return nil
}

// repair makes one setting if it is missing. Where the caller may not look, the
// bucket is trusted to be in order.
func (s *Store) repair(ctx context.Context, setting bucketSetting) error {
	log := s.log.WithFields(logrus.Fields{"bucket": s.bucket, "setting": setting.name})
	missing := false
	err := s.settle(ctx, func() (err error) {
		missing, err = setting.missing(ctx)
		return err
	})
	switch {
	case connection.IsDenied(err):
		log.Warnf("%s is denied: the bucket's setting is not checked", setting.get)
		return nil
	case err != nil:
		return s.explain(err, setting.get)
	case !missing:
		return nil
	}
	log.Debug("Setting up the bucket")
	return s.explain(s.settle(ctx, func() error { return setting.set(ctx) }), setting.put)
}

func (s *Store) settings() []bucketSetting {
	return []bucketSetting{
		{"public access", "s3:GetBucketPublicAccessBlock", "s3:PutBucketPublicAccessBlock", s.isPublic, s.blockPublicAccess},
		{"encryption", "s3:GetEncryptionConfiguration", "s3:PutEncryptionConfiguration", s.isPlain, s.encrypt},
		{"versions", "s3:GetBucketVersioning", "s3:PutBucketVersioning", s.isUnversioned, s.version},
		{"policy", "s3:GetBucketPolicy", "s3:PutBucketPolicy", s.isWithoutTLS, s.requireTLS},
		{"lifecycle", "s3:GetLifecycleConfiguration", "s3:PutLifecycleConfiguration", s.isHoarding, s.tidy},
		{"tags", "s3:GetBucketTagging", "s3:PutBucketTagging", s.isUntagged, s.tag},
	}
}

// neverSet tells of a setting that was never made: S3 answers with an error.
func neverSet(err error) bool {
	return connection.ErrorStatus(err) == http.StatusNotFound && connection.ErrorCode(err) != "NoSuchBucket"
}

func (s *Store) isPublic(ctx context.Context) (bool, error) {
	out, err := s.api.GetPublicAccessBlock(ctx, &s3.GetPublicAccessBlockInput{Bucket: &s.bucket})
	if err != nil {
		return neverSet(err), ifPresent(err)
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
			BlockPublicAcls: yes, BlockPublicPolicy: yes, IgnorePublicAcls: yes, RestrictPublicBuckets: yes,
		},
	})
	return err
}

func (s *Store) isPlain(ctx context.Context) (bool, error) {
	out, err := s.api.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: &s.bucket})
	if err != nil {
		return neverSet(err), ifPresent(err)
	}
	return out.ServerSideEncryptionConfiguration == nil || len(out.ServerSideEncryptionConfiguration.Rules) == 0, nil
}

func (s *Store) encrypt(ctx context.Context) error {
	_, err := s.api.PutBucketEncryption(ctx, &s3.PutBucketEncryptionInput{
		Bucket: &s.bucket,
		ServerSideEncryptionConfiguration: &s3types.ServerSideEncryptionConfiguration{Rules: []s3types.ServerSideEncryptionRule{{
			ApplyServerSideEncryptionByDefault: &s3types.ServerSideEncryptionByDefault{SSEAlgorithm: s3types.ServerSideEncryptionAes256},
		}}},
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

func (s *Store) version(ctx context.Context) error {
	_, err := s.api.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{
		Bucket:                  &s.bucket,
		VersioningConfiguration: &s3types.VersioningConfiguration{Status: s3types.BucketVersioningStatusEnabled},
	})
	return err
}

// ifPresent is the error of a look at a setting, unless it says that there is none.
func ifPresent(err error) error {
	if neverSet(err) {
		return nil
	}
	return err
}
