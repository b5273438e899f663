// The AWS SDK adds 7 MB and milliseconds of start-up time to a library. The build
// sets sparta_nosession for applications that do not call NewSession.

//go:build lambdabinary && !sparta_nosession

//lint:file-ignore SA1019 NewSession returns a session of the SDK v1, as it always has

package cgo

import (
	"cmp"
	"fmt"
	"os"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/credentials"
	"github.com/aws/aws-sdk-go/aws/session"

	"github.com/go-sparta/sparta/cgo/bridge"
	"github.com/go-sparta/sparta/internal/awsendpoint"
)

// NewSession makes an AWS session with the credentials that Python hands over,
// renewed as they change, in the function's own region.
func NewSession() *session.Session {
	provider := &pythonCredentials{fetch: bridge.FetchCredentials, epoch: bridge.Epoch}
	config := aws.Config{
		Credentials: credentials.NewCredentials(provider),
		Region:      aws.String(cmp.Or(os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"))),
	}
	if err := awsendpoint.Configure(&config); err != nil {
		return failedSession(fmt.Errorf("make AWS session: %w", err))
	}
	awsSession, err := session.NewSessionWithOptions(session.Options{
		SharedConfigState: session.SharedConfigDisable,
		Config:            config,
	})
	if err != nil {
		return failedSession(fmt.Errorf("make AWS session: %w", err))
	}
	return awsSession
}

// pythonCredentials is a credentials.Provider. It needs no lock of its own:
// credentials.Credentials retrieves under one.
type pythonCredentials struct {
	fetch func() (bridge.Credentials, error)
	epoch func() uint64

	fetched uint64    // the epoch of the last Retrieve
	expires time.Time // zero means that it is not known
}

// Retrieve implements credentials.Provider.
func (p *pythonCredentials) Retrieve() (credentials.Value, error) {
	epoch := p.epoch() // before the fetch, because credentials that an invocation overtakes are stale
	fetched, err := fetchCredentials(p.fetch)
	if err != nil {
		return credentials.Value{}, err
	}
	p.fetched, p.expires = epoch, fetched.Expires
	return credentials.Value{
		AccessKeyID:     fetched.AccessKeyID,
		SecretAccessKey: fetched.SecretAccessKey,
		SessionToken:    fetched.SessionToken,
		ProviderName:    "SpartaPython",
	}, nil
}

// IsExpired implements credentials.Provider.
func (p *pythonCredentials) IsExpired() bool {
	return p.epoch() != p.fetched || aboutToExpire(p.expires)
}
