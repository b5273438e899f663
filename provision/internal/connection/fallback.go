//lint:file-ignore SA1019 hooks get a session of the SDK v1, as they always have

package connection

import (
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/credentials"
)

// fallbackCredentials are the SDK's own, and the AWS CLI's where the SDK has no
// way to get any.
type fallbackCredentials struct {
	sdk *credentials.Credentials
	cli *cliCredentials

	fromCLI bool
}

// Retrieve implements credentials.Provider.
func (f *fallbackCredentials) Retrieve() (credentials.Value, error) {
	f.fromCLI = false
	f.sdk.Expire() // those of last time are of no use any more
	value, err := f.sdk.Get()
	var failure awserr.Error
	switch none := errors.As(err, &failure) && failure.Code() == "NoCredentialProviders"; {
	case err == nil:
		return value, nil
	case f.cli.signIn != "": // and the CLI is not there
		return credentials.Value{}, fmt.Errorf("get AWS credentials of profile %s: %s: install the AWS CLI v2 and %s", f.cli.profile, oneLine(err), f.cli.advice())
	case none && f.cli.installed():
		if value, cliErr := f.cli.Retrieve(); cliErr == nil {
			f.fromCLI = true
			return value, nil
		}
	}
	return credentials.Value{}, err
}

// IsExpired implements credentials.Provider.
func (f *fallbackCredentials) IsExpired() bool {
	if f.fromCLI {
		return f.cli.IsExpired()
	}
	return f.sdk.IsExpired()
}
