package provision

import (
	"context"

	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/sirupsen/logrus"
)

// store is the bucket that packages and large templates are kept in.
type store struct {
	bucket string
}

// bootstrapBucket names the account's own bucket for packages of a region.
func bootstrapBucket(account, region string) string {
	return "sparta-packages-" + account + "-" + region
}

// openStore finds the bucket of this name in the caller's account and the
// session's region (one request). No name means the account's own bucket for
// packages, which is made if need be.
func openStore(ctx context.Context, sess *session.Session, bucket string, who identity, log *logrus.Logger) (*store, error) {
	panic("coming")
}
