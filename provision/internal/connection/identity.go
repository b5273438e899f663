package connection

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// Identity is who the caller is for AWS.
type Identity struct {
	Account   string // 12 digits
	ARN       string // names the principal in errors
	Partition string // aws, aws-cn, aws-us-gov …
}

// CallerIdentity asks AWS who the caller is, with one request. Without credentials the error is ErrNoCredentials.
func CallerIdentity(ctx context.Context, cfg aws.Config) (Identity, error) {
	out, err := sts.NewFromConfig(cfg).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return Identity{}, fmt.Errorf("look up the AWS account: %w", Explain(err, "sts:GetCallerIdentity", ""))
	}
	who := Identity{Account: aws.ToString(out.Account), ARN: aws.ToString(out.Arn)}
	parsed, err := arn.Parse(who.ARN)
	if err != nil || who.Account == "" {
		return Identity{}, errors.New(
			"look up the AWS account: the answer of STS names none: check the endpoint of sts")
	}
	who.Partition = parsed.Partition
	return who, nil
}
