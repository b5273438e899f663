//lint:file-ignore SA1019 hooks get a session of the SDK v1, as they always have

package connection

import (
	"testing"

	"github.com/aws/aws-sdk-go/aws/credentials"
)

// countingProvider gives other credentials each time, which last for ever.
type countingProvider struct{ count int }

func (p *countingProvider) Retrieve() (credentials.Value, error) {
	p.count++
	return credentials.Value{AccessKeyID: "id", SecretAccessKey: "secret"}, nil
}

func (p *countingProvider) IsExpired() bool { return false }

func TestCredentialsThatAWSCallsExpiredAreFetchedAgain(t *testing.T) {
	provider := &countingProvider{}
	either := credentials.NewCredentials(&fallbackCredentials{sdk: credentials.NewCredentials(provider), cli: &cliCredentials{}})
	for _, want := range []int{1, 1, 2} {
		if want == 2 {
			either.Expire() // as the SDK does at an ExpiredToken
		}
		if _, err := either.Get(); err != nil || provider.count != want {
			t.Errorf("they were fetched %d times, want %d (error: %v)", provider.count, want, err)
		}
	}
}
