package provision

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/sirupsen/logrus"
)

// Errors that a run without AWS, such as one with NoOp, can go on after.
var (
	errNoRegion      = errors.New("no AWS region")
	errNoCredentials = errors.New("no AWS credentials")
)

// newSession makes the session that all requests of a run share. It sends none.
// Without a region the error is errNoRegion.
func newSession(ctx context.Context, options SessionOptions, log *logrus.Logger) (*session.Session, error) {
	panic("coming")
}
