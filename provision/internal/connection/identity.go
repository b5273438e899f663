//lint:file-ignore SA1019 hooks get a session of the SDK v1, as they always have

package connection

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/arn"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/sts"
)

// Identity is who AWS takes the caller for.
type Identity struct {
	Account   string // 12 digits
	ARN       string // names the principal in errors
	Partition string // aws, aws-cn, aws-us-gov …
}

// CallerIdentity asks AWS who the caller is (one request). Without credentials
// the error is errNoCredentials.
func CallerIdentity(ctx context.Context, sess *session.Session) (Identity, error) {
	out, err := sts.New(sess).GetCallerIdentityWithContext(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return Identity{}, fmt.Errorf("find out the AWS account: %w", Explain(err, "sts:GetCallerIdentity", ""))
	}
	who := Identity{Account: aws.StringValue(out.Account), ARN: aws.StringValue(out.Arn)}
	parsed, err := arn.Parse(who.ARN)
	if err != nil || who.Account == "" {
		return Identity{}, errors.New("find out the AWS account: the answer names none: check the endpoint of sts")
	}
	who.Partition = parsed.Partition
	return who, nil
}
