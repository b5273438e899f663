// The AWS SDK adds megabytes and milliseconds of start-up time to a library. The build sets sparta_noconfig for
// applications that do not call Config.

//go:build lambdabinary && !sparta_noconfig

package cgo

import (
	"context"
	"fmt"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"

	"github.com/go-sparta/sparta/cgo/bridge"
)

// Config loads a configuration of the AWS SDK for Go v2 from the environment, with the credentials that Python hands
// over, which are renewed as they change. Clients made from it may be kept; they survive a snapshot.
func Config(ctx context.Context) (aws.Config, error) {
	provider := &pythonProvider{fetch: bridge.FetchCredentials, epoch: bridge.Epoch}
	loaded, err := config.LoadDefaultConfig(ctx,
		config.WithCredentialsProvider(provider),
		config.WithSharedConfigFiles([]string{}), config.WithSharedCredentialsFiles([]string{}),
	)
	if err != nil {
		return aws.Config{}, fmt.Errorf("load AWS configuration: %w", err)
	}
	// LoadDefaultConfig wraps the provider in a cache, which would return the credentials of an earlier epoch.
	loaded.Credentials = provider
	return loaded, nil
}

// pythonProvider is an aws.CredentialsProvider that asks Python once in each epoch.
type pythonProvider struct {
	fetch func() (bridge.Credentials, error)
	epoch func() uint64

	mutex   sync.Mutex // guards what follows
	known   bool
	fetched uint64 // the epoch of value
	value   aws.Credentials
}

// Retrieve implements aws.CredentialsProvider.
func (p *pythonProvider) Retrieve(context.Context) (aws.Credentials, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	epoch := p.epoch() // before the fetch, because credentials that an invocation overtakes are stale
	if p.known && p.fetched == epoch && !aboutToExpire(p.value.Expires) {
		return p.value, nil
	}
	p.known = false
	fetched, err := fetchCredentials(p.fetch)
	if err != nil {
		return aws.Credentials{}, err
	}
	p.known, p.fetched = true, epoch
	p.value = aws.Credentials{
		AccessKeyID:     fetched.AccessKeyID,
		SecretAccessKey: fetched.SecretAccessKey,
		SessionToken:    fetched.SessionToken,
		Source:          "SpartaPython",
		CanExpire:       !fetched.Expires.IsZero(),
		Expires:         fetched.Expires,
	}
	return p.value, nil
}
