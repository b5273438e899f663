//go:build !lambdabinary || !sparta_nosession

//lint:file-ignore SA1019 NewSession returns a session of the SDK v1, as it always has

package cgo

import (
	"github.com/aws/aws-sdk-go/aws/defaults"
	"github.com/aws/aws-sdk-go/aws/request"
	"github.com/aws/aws-sdk-go/aws/session"
)

// failedSession is what NewSession returns in place of an error: a session whose
// every request fails with it.
func failedSession(err error) *session.Session {
	failed := &session.Session{Config: defaults.Config(), Handlers: defaults.Handlers()}
	// First of all checks: the SDK's own would complain of a missing region.
	failed.Handlers.Validate.PushFront(func(r *request.Request) { r.Error = err })
	return failed
}
