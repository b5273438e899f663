//go:build !lambdabinary || !sparta_nosession

//lint:file-ignore SA1019 NewSession returns a session of the SDK v1, as it always has

package cgo

import (
	"github.com/aws/aws-sdk-go/aws/defaults"
	"github.com/aws/aws-sdk-go/aws/request"
	"github.com/aws/aws-sdk-go/aws/session"
)

// failedSession returns a session whose every request fails with the error, since
// NewSession cannot return one.
func failedSession(err error) *session.Session {
	failed := &session.Session{Config: defaults.Config(), Handlers: defaults.Handlers()}
	// Before the SDK's own checks, which would report a missing region.
	failed.Handlers.Validate.PushFront(func(r *request.Request) { r.Error = err })
	return failed
}
