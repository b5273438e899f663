//go:build !lambdabinary

//lint:file-ignore SA1019 NewSession returns a session of the SDK v1, as it always has

package cgo

import (
	"fmt"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/session"

	"github.com/go-sparta/sparta/internal/awsendpoint"
)

// NewSession makes an AWS session: in Lambda with the credentials that Python
// hands over, which are renewed as they change; elsewhere with the SDK's default
// chain (environment, ~/.aws, AWS_PROFILE). Requests go where AWS_ENDPOINT_URL or
// AWS_ENDPOINT_URL_<SERVICE> says, which the SDK v1 itself ignores. If those settings are invalid,
// every request of the session fails with the reason.
func NewSession() *session.Session {
	var config aws.Config
	if err := awsendpoint.Configure(&config); err != nil {
		return failedSession(fmt.Errorf("make AWS session: %w", err))
	}
	awsSession, err := session.NewSessionWithOptions(session.Options{
		SharedConfigState: session.SharedConfigEnable,
		Config:            config,
	})
	if err != nil {
		return failedSession(fmt.Errorf("make AWS session: %w", err))
	}
	return awsSession
}
