package provision

import (
	"context"

	"github.com/aws/aws-sdk-go/aws/session"
)

// identity is who AWS takes the caller for.
type identity struct {
	Account   string // 12 digits
	ARN       string // names the principal in errors
	Partition string // aws, aws-cn, aws-us-gov …
}

// callerIdentity asks AWS who the caller is (one request). Without credentials
// the error is errNoCredentials.
func callerIdentity(ctx context.Context, sess *session.Session) (identity, error) {
	panic("coming")
}

// explain makes one line of an AWS error: what was refused to whom and what to
// do about it. The action is as in a policy: s3:PutObject. Nil stays nil, and
// errors.As finds awserr.Error still.
func explain(err error, action, principal string) error {
	return err
}
