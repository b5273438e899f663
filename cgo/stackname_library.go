//go:build lambdabinary && !sparta_nosession

//lint:file-ignore SA1019 the session is one of the SDK v1, as it always has been

package cgo

import "github.com/aws/aws-sdk-go/aws/session"

// UserAccountScopedStackName returns only basename: when a function runs, its stack already has a name.
func UserAccountScopedStackName(basename string, _ *session.Session) (string, error) {
	return basename, nil
}
