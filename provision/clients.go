package provision

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/cloudfront"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/functions"
	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/roles"
	"github.com/go-sparta/sparta/provision/internal/rollback"
	"github.com/go-sparta/sparta/provision/internal/site/publish"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/versions"
)

// clients are the clients of AWS that a deployment uses.
type clients struct {
	stack.Client
	functions  functions.Client
	roles      roles.Client
	versions   versions.API
	cloudfront cloudfront.Client
	aliases    rollback.API
	region     string
	identify   func(context.Context) (connection.Identity, error) // asks AWS only the first time
	site       publish.Publisher
	open       func(ctx context.Context, bucket string, who connection.Identity) (artifacts, error)
}

// artifacts stores packages and large templates.
type artifacts interface {
	PackageLocation(service, sha256 string) packages.Location
	Upload(ctx context.Context, service, zip, sha256 string) (uploaded bool, err error)
	UploadTemplate(ctx context.Context, service string, template []byte) (url string, err error)
}

// connect makes the clients of a run. It sends nothing.
func connect(ctx context.Context, options SessionOptions, log *logrus.Logger) (*clients, error) {
	cfg, err := connection.Open(ctx, options.connection(), log)
	if err != nil {
		return nil, err
	}
	return newClients(cfg, log), nil
}

func newClients(cfg aws.Config, log *logrus.Logger) *clients {
	identify := connection.Once(func(ctx context.Context) (connection.Identity, error) {
		return connection.CallerIdentity(ctx, cfg)
	})
	caller := newCaller(log, identify)
	distributions := cloudfront.Client{Caller: caller, Config: cfg}
	return &clients{
		Client:     stack.Client{Caller: caller, API: cfn.NewFromConfig(cfg)},
		functions:  functions.Client{Caller: caller, API: lambda.NewFromConfig(cfg)},
		roles:      roles.Client{Caller: caller, API: iam.NewFromConfig(cfg)},
		versions:   lambda.NewFromConfig(cfg),
		aliases:    lambda.NewFromConfig(cfg),
		cloudfront: distributions,
		site:       publish.Publisher{Caller: caller, API: publish.NewAPI(cfg), Invalidate: distributions.Invalidate},
		region:     cfg.Region,
		identify:   identify,
		open: func(ctx context.Context, bucket string, who connection.Identity) (artifacts, error) {
			return packages.Open(ctx, cfg, bucket, who, log)
		},
	}
}

func newCaller(log *logrus.Logger, identify func(context.Context) (connection.Identity, error)) connection.Caller {
	return connection.Caller{Log: log, Principal: func(ctx context.Context) string {
		who, err := identify(ctx)
		if err != nil {
			return "" // what was denied matters more
		}
		return who.ARN
	}}
}

// owner returns the identity of the stack's account. That needs no request if there is a stack.
func (c *clients) owner(ctx context.Context, live *cfntypes.Stack) (connection.Identity, error) {
	if live != nil {
		if id, err := arn.Parse(aws.ToString(live.StackId)); err == nil && id.AccountID != "" {
			return connection.Identity{Account: id.AccountID, Partition: id.Partition}, nil
		}
	}
	return c.identify(ctx)
}
