package packages

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/connection"
)

// Store is the bucket that holds packages and large templates. It deletes nothing: a stack may roll back to any
// object in it.
type Store struct {
	api    *s3.Client
	bucket string
	region string
	who    connection.Identity
	log    *logrus.Logger

	own   bool // it is the account's own bucket for packages, which is created and set up here
	found bool // it exists
	ready bool // its settings were checked, or are not ours to set
}

// OwnBucket names the account's own bucket for packages in a region. Another account may take the name first,
// so every request names the owner.
func OwnBucket(account, region string) string {
	return "sparta-packages-" + account + "-" + region
}

// Open looks up the bucket of this name in the caller's account and region, with one request, and changes
// nothing. No name means the account's own bucket for packages, which the first upload creates if it is missing.
func Open(
	ctx context.Context, cfg aws.Config, bucket string, who connection.Identity, log *logrus.Logger,
) (*Store, error) {
	s := newStore(cfg, bucket, who, log)
	if err := commandline.CheckBucketName(s.bucket); err != nil {
		return nil, err
	}
	exists, err := s.exists(ctx)
	if err != nil {
		return nil, err
	}
	if !exists && !s.own {
		return nil, fmt.Errorf("bucket %s does not exist: create it in %s, "+
			"or name none to use the account's own bucket for packages", s.bucket, s.region)
	}
	s.found, s.ready = exists, !s.own
	return s, nil
}

func newStore(cfg aws.Config, bucket string, who connection.Identity, log *logrus.Logger) *Store {
	return &Store{
		api:    newClient(cfg, who.Account),
		bucket: cmp.Or(bucket, OwnBucket(who.Account, cfg.Region)),
		region: cfg.Region,
		who:    who,
		log:    log,
		own:    bucket == "",
	}
}

// newClient makes a client of S3 whose requests name the bucket's owner.
func newClient(cfg aws.Config, owner string) *s3.Client {
	expect := middleware.BuildMiddlewareFunc("Sparta.ExpectedBucketOwner", func(
		ctx context.Context, in middleware.BuildInput, next middleware.BuildHandler,
	) (middleware.BuildOutput, middleware.Metadata, error) {
		// A bucket that is being created has no owner yet.
		if request, ok := in.Request.(*smithyhttp.Request); ok &&
			awsmiddleware.GetOperationName(ctx) != "CreateBucket" {
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

// exists reports whether there is the bucket. It returns an error if the bucket is in another account or region.
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
		return false, fmt.Errorf("bucket %s is in region %s, the functions are in %s: "+
			"Lambda needs both in the same region",
			s.bucket, region, s.region)
	case status == http.StatusNotFound:
		return false, nil
	case status == http.StatusMovedPermanently:
		return false, fmt.Errorf("bucket %s is not in region %s, where the functions are: "+
			"Lambda needs both in the same region",
			s.bucket, s.region)
	case status == http.StatusForbidden && connection.ErrorCode(err) == "Forbidden":
		return false, fmt.Errorf("open bucket %s: it does not belong to account %s, "+
			"or s3:ListBucket is denied to %s: %w",
			s.bucket, s.who.Account, s.who.ARN, s.explain(err, "s3:ListBucket"))
	case err != nil:
		return false, fmt.Errorf("open bucket %s: %w", s.bucket, s.explain(err, "s3:ListBucket"))
	}
	return true, nil
}

func (s *Store) explain(err error, action string) error {
	return connection.Explain(err, action, s.who.ARN)
}
