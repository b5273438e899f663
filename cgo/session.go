//go:build !lambdabinary

//lint:file-ignore SA1019 NewSession returns a session of the SDK v1, as it always has

package cgo

import (
	"fmt"

	"github.com/aws/aws-sdk-go/aws/session"
)

// NewSession makes an AWS session: in Lambda with the credentials that Python
// hands over, which are renewed as they change; elsewhere with the SDK's default
// chain (environment, ~/.aws, AWS_PROFILE). If there is something wrong with
// those settings, every request of the session fails with the reason.
func NewSession() *session.Session {
	awsSession, err := session.NewSessionWithOptions(session.Options{SharedConfigState: session.SharedConfigEnable})
	if err != nil {
		return failedSession(fmt.Errorf("make AWS session: %w", err))
	}
	return awsSession
}
