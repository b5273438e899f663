package packages

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// Store is the bucket that packages and large templates are kept in. It deletes
// nothing: what is there may be what a stack rolls back to.
type Store struct {
	api    *s3.Client
	bucket string
	region string
	who    connection.Identity
	log    *logrus.Logger

	own   bool // the account's own bucket for packages: made and kept up here
	found bool // it exists
	ready bool // its settings were looked at, or are not ours to set
}

// Buckets made long ago may have capitals and underscores.
var bucketPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$`)

// OwnBucket names the account's own bucket for packages of a region. That
// somebody else may take the name first is why every request names the owner.
func OwnBucket(account, region string) string {
	return "sparta-packages-" + account + "-" + region
}

// Open finds the bucket of this name in the caller's account and the
// session's region (one request), and changes nothing. No name means the
// account's own bucket for packages, which the first upload makes if need be.
func Open(ctx context.Context, cfg aws.Config, bucket string, who connection.Identity, log *logrus.Logger) (*Store, error) {
	s := newStore(cfg, bucket, who, log)
	if !bucketPattern.MatchString(s.bucket) {
		return nil, fmt.Errorf("bucket %q is invalid: give its name alone", bucket)
	}
	exists, err := s.exists(ctx)
	if err != nil {
		return nil, err
	}
	if !exists && !s.own {
		return nil, fmt.Errorf("bucket %s does not exist: create it in %s, or leave it out to use the account's own bucket for packages", s.bucket, s.region)
	}
	s.found, s.ready = exists, !s.own
	return s, nil
}

func newStore(cfg aws.Config, bucket string, who connection.Identity, log *logrus.Logger) *Store {
	return &Store{
		api: newClient(cfg, who.Account), bucket: cmp.Or(bucket, OwnBucket(who.Account, cfg.Region)), region: cfg.Region,
		who: who, log: log, own: bucket == "",
	}
}

// newClient is S3, of which each request names the bucket's owner.
func newClient(cfg aws.Config, owner string) *s3.Client {
	expect := middleware.BuildMiddlewareFunc("Sparta.ExpectedBucketOwner", func(
		ctx context.Context, in middleware.BuildInput, next middleware.BuildHandler,
	) (middleware.BuildOutput, middleware.Metadata, error) {
		// One that is being created has no owner yet.
		if request, ok := in.Request.(*smithyhttp.Request); ok && awsmiddleware.GetOperationName(ctx) != "CreateBucket" {
			request.Header.Set("X-Amz-Expected-Bucket-Owner", owner)
		}
		return next.HandleBuild(ctx, in)
	})
	return s3.NewFromConfig(cfg, func(options *s3.Options) {
		// Bodies are signed, and packages have a SHA-256 of their own.
		options.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
		options.APIOptions = append(options.APIOptions, func(stack *middleware.Stack) error {
			return stack.Build.Add(expect, middleware.After)
		})
	})
}

// exists looks for the bucket, in the right hands and the right region.
func (s *Store) exists(ctx context.Context) (bool, error) {
	out, err := s.api.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &s.bucket})
	region := ""
	if answered := (*smithyhttp.ResponseError)(nil); errors.As(err, &answered) && answered.Response != nil {
		region = answered.Response.Header.Get("X-Amz-Bucket-Region")
	} else if err == nil {
		region = aws.ToString(out.BucketRegion)
	}
	switch status := connection.ErrorStatus(err); {
	case region != "" && region != s.region:
		return false, fmt.Errorf("bucket %s is in region %s, the functions are in %s: Lambda needs both in the same one", s.bucket, region, s.region)
	case status == http.StatusNotFound:
		return false, nil
	case status == http.StatusMovedPermanently:
		return false, fmt.Errorf("bucket %s is in another region than %s: Lambda needs both in the same one", s.bucket, s.region)
	case status == http.StatusForbidden && connection.ErrorCode(err) == "Forbidden":
		return false, fmt.Errorf("open bucket %s: it is not account %s's, or s3:ListBucket is denied to %s: %w", s.bucket, s.who.Account, s.who.ARN, s.explain(err, "s3:ListBucket"))
	case err != nil:
		return false, fmt.Errorf("open bucket %s: %w", s.bucket, s.explain(err, "s3:ListBucket"))
	}
	return true, nil
}

// ensure makes the account's own bucket if it is not there, and sets what its
// settings lack.
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
	if err := s.keepUp(ctx); err != nil {
		return fmt.Errorf("set up bucket %s: %w", s.bucket, err)
	}
	s.ready = true
	return nil
}

// create makes the bucket, unless somebody else in the account does meanwhile.
func (s *Store) create(ctx context.Context) error {
	s.log.WithFields(logrus.Fields{"bucket": s.bucket, "region": s.region}).Info("Creating a bucket for packages")
	return s.settle(ctx, func() error {
		_, err := s.api.CreateBucket(ctx, s.creation())
		switch connection.ErrorCode(err) {
		case "BucketAlreadyOwnedByYou":
		case "BucketAlreadyExists":
			return fmt.Errorf("its name is taken by another account: give a bucket of yours: %w", s.explain(err, "s3:CreateBucket"))
		default:
			if err != nil {
				return s.explain(err, "s3:CreateBucket")
			}
		}
		exists, err := s.exists(ctx)
		if err == nil && !exists {
			return errUnsettled
		}
		return err
	})
}

// creation asks for a bucket in the store's region, which is not named if it is S3's first.
func (s *Store) creation() *s3.CreateBucketInput {
	input := &s3.CreateBucketInput{Bucket: &s.bucket}
	if s.region != "us-east-1" {
		input.CreateBucketConfiguration = &s3types.CreateBucketConfiguration{LocationConstraint: s3types.BucketLocationConstraint(s.region)}
	}
	return input
}

// errUnsettled is that of a bucket whose making has not come to all servers yet.
var errUnsettled = errors.New("it is being changed by somebody else: try again")

// settle repeats what collides with a change of the same bucket.
func (s *Store) settle(ctx context.Context, change func() error) error {
	const (
		attempts = 20
		pause    = time.Second
	)
	for attempt := 1; ; attempt++ {
		err := change()
		code := connection.ErrorCode(err)
		collides := errors.Is(err, errUnsettled) || code == "OperationAborted" || s.found && code == "NoSuchBucket"
		if !collides || attempt == attempts {
			return err
		}
		if connection.Sleep(ctx, pause); ctx.Err() != nil {
			return fmt.Errorf("%w: %w", ctx.Err(), err)
		}
	}
}

func (s *Store) explain(err error, action string) error {
	return connection.Explain(err, action, s.who.ARN)
}
