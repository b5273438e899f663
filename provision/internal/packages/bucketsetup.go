package packages

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// ensure creates the account's own bucket if it is missing, and sets the settings that it lacks.
func (s *Store) ensure(ctx context.Context) error {
	if s.ready {
		return nil
	}
	if !s.found {
		if err := s.create(ctx); err != nil {
			return fmt.Errorf("create bucket %s: %w", s.bucket, err)
		}
		s.found = true
	}
	if err := s.addSettings(ctx); err != nil {
		return fmt.Errorf("set up bucket %s: %w", s.bucket, err)
	}
	s.ready = true
	return nil
}

// create creates the bucket, unless another run in the account does so meanwhile.
func (s *Store) create(ctx context.Context) error {
	s.log.WithFields(logrus.Fields{"bucket": s.bucket, "region": s.region}).Info("Creating a bucket for packages")
	return s.retryConflicts(ctx, func() error {
		_, err := s.api.CreateBucket(ctx, s.createInput())
		switch connection.ErrorCode(err) {
		case "BucketAlreadyOwnedByYou":
		case "BucketAlreadyExists":
			return fmt.Errorf("another account has a bucket of this name: name a bucket of your own: %w",
				s.explain(err, "s3:CreateBucket"))
		default:
			if err != nil {
				return s.explain(err, "s3:CreateBucket")
			}
		}
		exists, err := s.exists(ctx)
		if err == nil && !exists {
			return errConflict
		}
		return err
	})
}

// createInput describes a bucket in the store's region. S3 rejects us-east-1 as a location.
func (s *Store) createInput() *s3.CreateBucketInput {
	input := &s3.CreateBucketInput{Bucket: &s.bucket}
	if s.region != "us-east-1" {
		location := s3types.BucketLocationConstraint(s.region)
		input.CreateBucketConfiguration = &s3types.CreateBucketConfiguration{LocationConstraint: location}
	}
	return input
}

// errConflict is the error about a bucket whose creation has not reached all of S3's servers yet.
var errConflict = errors.New("another run is changing it: try again")

// retryConflicts repeats what collides with another change of the bucket.
func (s *Store) retryConflicts(ctx context.Context, change func() error) error {
	const (
		attempts = 20
		pause    = time.Second
	)
	for attempt := 1; ; attempt++ {
		err := change()
		code := connection.ErrorCode(err)
		conflict := errors.Is(err, errConflict) || code == "OperationAborted" || s.found && code == "NoSuchBucket"
		if !conflict || attempt == attempts {
			return err
		}
		if connection.Sleep(ctx, pause); ctx.Err() != nil {
			return fmt.Errorf("%w: %w", ctx.Err(), err)
		}
	}
}

// bucketSetting is a setting that the account's own bucket must have. One that somebody has set otherwise stays.
type bucketSetting struct {
	name     string
	get, put string // the actions, as in a policy
	missing  func(context.Context) (bool, error)
	set      func(context.Context) error
}

// addSettings sets the settings that are missing.
func (s *Store) addSettings(ctx context.Context) error {
	for _, setting := range s.settings() {
		if err := s.addSetting(ctx, setting); err != nil {
			return err
		}
	}
	return nil
}

// addSetting sets one setting if it is missing. Where the caller is not allowed to read it, the bucket is assumed
// to have it.
func (s *Store) addSetting(ctx context.Context, setting bucketSetting) error {
	log := s.log.WithFields(logrus.Fields{"bucket": s.bucket, "setting": setting.name})
	missing := false
	err := s.retryConflicts(ctx, func() (err error) {
		missing, err = setting.missing(ctx)
		return err
	})
	switch {
	case connection.IsDenied(err):
		log.Warnf("%s is denied: this setting of the bucket is not checked", setting.get)
		return nil
	case err != nil:
		return s.explain(err, setting.get)
	case !missing:
		return nil
	}
	log.Debug("Setting up the bucket")
	return s.explain(s.retryConflicts(ctx, func() error { return setting.set(ctx) }), setting.put)
}

func (s *Store) settings() []bucketSetting {
	return []bucketSetting{
		{
			"public access", "s3:GetBucketPublicAccessBlock", "s3:PutBucketPublicAccessBlock",
			s.isPublic, s.blockPublicAccess,
		},
		{"encryption", "s3:GetEncryptionConfiguration", "s3:PutEncryptionConfiguration", s.isUnencrypted, s.encrypt},
		{"versions", "s3:GetBucketVersioning", "s3:PutBucketVersioning", s.isUnversioned, s.enableVersioning},
		{"policy", "s3:GetBucketPolicy", "s3:PutBucketPolicy", s.allowsPlainHTTP, s.requireTLS},
		{
			"lifecycle", "s3:GetLifecycleConfiguration", "s3:PutLifecycleConfiguration",
			s.isWithoutLifecycle, s.addLifecycle,
		},
		{"tags", "s3:GetBucketTagging", "s3:PutBucketTagging", s.isUntagged, s.tag},
	}
}
