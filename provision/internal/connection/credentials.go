package connection

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/ec2rolecreds"
	"github.com/aws/aws-sdk-go-v2/credentials/logincreds"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// ErrNoCredentials says that there are no credentials. A run that does not need AWS, such as one with NoOp, can
// continue after it.
var ErrNoCredentials = errors.New("no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and " +
	"AWS_SECRET_ACCESS_KEY, or sign in with aws sso login")

// expiryWindow makes up for the time that a signed request may take to arrive.
const expiryWindow = time.Minute

// metadataTimeout bounds a request to the metadata service, which an EC2 machine answers itself.
const metadataTimeout = 2 * time.Second

// adviser adds what to do to the errors of a credentials provider.
type adviser struct {
	provider aws.CredentialsProvider
	profile  string
}

// Retrieve implements aws.CredentialsProvider.
func (a adviser) Retrieve(ctx context.Context) (aws.Credentials, error) {
	if a.provider == nil {
		return aws.Credentials{}, ErrNoCredentials
	}
	if aws.IsCredentialsProvider(a.provider, (*ec2rolecreds.Provider)(nil)) { // the last of the chain
		bounded, cancel := context.WithTimeout(ctx, metadataTimeout)
		defer cancel()
		found, err := a.provider.Retrieve(bounded)
		if err != nil && ctx.Err() == nil {
			return found, fmt.Errorf("%w (%w)", ErrNoCredentials, err)
		}
		return found, err
	}
	found, err := a.provider.Retrieve(ctx)
	switch {
	case err == nil || ctx.Err() != nil:
		return found, err
	case aws.IsCredentialsProvider(a.provider, (*ssocreds.Provider)(nil)):
		return found, fmt.Errorf("%w: sign in with aws sso login --profile %s", err, a.profile)
	case aws.IsCredentialsProvider(a.provider, (*logincreds.Provider)(nil)):
		return found, fmt.Errorf("%w: sign in with aws login --profile %s", err, a.profile)
	}
	return found, err
}

// profileOf is the profile that is used if the environment has no credentials.
func profileOf(options Options) string {
	return cmp.Or(options.Profile, os.Getenv("AWS_PROFILE"), os.Getenv("AWS_DEFAULT_PROFILE"), "default")
}

// profileRole says how the role of a profile is assumed.
func profileRole(ctx context.Context, endpoint string, mfa mfaPrompt) func(*stscreds.AssumeRoleOptions) {
	return func(role *stscreds.AssumeRoleOptions) {
		role.Duration = cmp.Or(role.Duration, roleDuration)
		if endpoint != "" {
			role.Client = stsAt{client: role.Client, endpoint: endpoint}
		}
		role.TokenProvider = func() (string, error) {
			return mfa.ask(ctx, cmp.Or(aws.ToString(role.SerialNumber), "the profile's role"))
		}
	}
}

// stsAt is STS at an explicit endpoint: the SDK makes the client of a profile's role before it applies the
// options of services.
type stsAt struct {
	client   stscreds.AssumeRoleAPIClient
	endpoint string
}

// AssumeRole implements stscreds.AssumeRoleAPIClient.
func (s stsAt) AssumeRole(
	ctx context.Context, in *sts.AssumeRoleInput, options ...func(*sts.Options),
) (*sts.AssumeRoleOutput, error) {
	options = append(options, func(sts *sts.Options) { sts.BaseEndpoint = &s.endpoint })
	return s.client.AssumeRole(ctx, in, options...)
}

// assumeRole assumes the options' role with the configuration's credentials.
func assumeRole(ctx context.Context, cfg aws.Config, options Options, mfa mfaPrompt) aws.CredentialsProvider {
	client := sts.NewFromConfig(cfg)
	provider := stscreds.NewAssumeRoleProvider(client, options.RoleARN, func(role *stscreds.AssumeRoleOptions) {
		role.RoleSessionName, role.Duration = "sparta", roleDuration
		if options.MFASerial != "" {
			role.SerialNumber = aws.String(options.MFASerial)
			role.TokenProvider = func() (string, error) { return mfa.ask(ctx, options.MFASerial) }
		}
	})
	return aws.NewCredentialsCache(provider, func(cache *aws.CredentialsCacheOptions) {
		cache.ExpiryWindow = expiryWindow
	})
}
