//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"context"
	"sync"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/arn"
	"github.com/aws/aws-sdk-go/aws/session"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
	"github.com/aws/aws-sdk-go/service/iam"
	"github.com/aws/aws-sdk-go/service/lambda"
	"github.com/sirupsen/logrus"
)

// account is AWS as a deployment uses it.
type account struct {
	stacks
	functions functionAPI
	roles     roleAPI
	region    string
	identify  func(context.Context) (identity, error) // asks AWS the first time only
	open      func(ctx context.Context, bucket string, who identity) (artefacts, error)
}

// artefacts is where packages and large templates are kept.
type artefacts interface {
	upload(ctx context.Context, service string, pkg Package) (location codeLocation, uploaded bool, err error)
	uploadTemplate(ctx context.Context, service string, template []byte) (url string, err error)
}

// connect makes the clients of a run. It sends nothing.
func connect(ctx context.Context, options SessionOptions, log *logrus.Logger) (*account, error) {
	sess, err := newSession(ctx, options, log)
	if err != nil {
		return nil, err
	}
	return newAccount(sess, log), nil
}

func newAccount(sess *session.Session, log *logrus.Logger) *account {
	identify := once(func(ctx context.Context) (identity, error) { return callerIdentity(ctx, sess) })
	return &account{
		stacks:    stacks{caller: newCaller(log, identify), api: cfn.New(sess)},
		functions: lambda.New(sess),
		roles:     iam.New(sess),
		region:    aws.StringValue(sess.Config.Region),
		identify:  identify,
		open: func(ctx context.Context, bucket string, who identity) (artefacts, error) {
			return openStore(ctx, sess, bucket, who, log)
		},
	}
}

func newCaller(log *logrus.Logger, identify func(context.Context) (identity, error)) caller {
	return caller{log: log, principal: func(ctx context.Context) string {
		who, err := identify(ctx)
		if err != nil {
			return "" // what was denied matters more
		}
		return who.ARN
	}}
}

// once remembers what the function returns when it succeeds.
func once(identify func(context.Context) (identity, error)) func(context.Context) (identity, error) {
	var mutex sync.Mutex
	var known *identity
	return func(ctx context.Context) (identity, error) {
		mutex.Lock()
		defer mutex.Unlock()
		if known != nil {
			return *known, nil
		}
		who, err := identify(ctx)
		if err == nil {
			known = &who
		}
		return who, err
	}
}

// owner is whose account this is. A stack's ID tells without a request.
func (a *account) owner(ctx context.Context, live *cfn.Stack) (identity, error) {
	if live != nil {
		if id, err := arn.Parse(aws.StringValue(live.StackId)); err == nil && id.AccountID != "" {
			return identity{Account: id.AccountID, Partition: id.Partition}, nil
		}
	}
	return a.identify(ctx)
}

// accountOf is the id of the account that a stack is in; nil if its ID has none.
func accountOf(live *cfn.Stack) *string {
	id, err := arn.Parse(aws.StringValue(live.StackId))
	if err != nil || id.AccountID == "" {
		return nil
	}
	return &id.AccountID
}
