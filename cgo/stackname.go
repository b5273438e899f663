//go:build !lambdabinary

//lint:file-ignore SA1019 the session is one of the SDK v1, as it always has been

package cgo

import (
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/sts"

	"github.com/go-sparta/sparta/cloudformation"
)

// UserAccountScopedStackName returns a stack name for the AWS user who deploys it: basename, a hyphen and the name of
// the user, or of the session of an assumed role. Characters that stack names cannot have become hyphens. It makes one
// request to STS. In the library, it returns only basename, without a request.
func UserAccountScopedStackName(basename string, awsSession *session.Session) (string, error) {
	identity, err := sts.New(awsSession).GetCallerIdentity(&sts.GetCallerIdentityInput{})
	if err != nil {
		return "", fmt.Errorf("name the stack %s for the AWS user: %w", basename, err)
	}
	arn := aws.StringValue(identity.Arn)
	return cloudformation.ScopedStackName(basename, arn[strings.LastIndexAny(arn, ":/")+1:]), nil
}
