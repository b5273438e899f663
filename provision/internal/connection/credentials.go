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

// ErrNoCredentials says that there are none. A run without AWS, such as one with NoOp, can go on after it.
var ErrNoCredentials = errors.New("no AWS credentials: set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with aws sso login")

// expiryWindow makes up for the time a signed request may take to arrive.
const expiryWindow = time.Minute

// metadataPatience is for the metadata service, which is on the machine itself, or the machine is not EC2's.
const metadataPatience = 2 * time.Second

// guarded are credentials whose errors say what to do.
type guarded struct {
	provider aws.CredentialsProvider
	profile  string
}

// Retrieve implements aws.CredentialsProvider.
func (g guarded) Retrieve(ctx context.Context) (aws.Credentials, error) {
	if g.provider == nil {
		return aws.Credentials{}, ErrNoCredentials
	}
	if aws.IsCredentialsProvider(g.provider, (*ec2rolecreds.Provider)(nil)) { // the last of the chain
		asking, cancel := context.WithTimeout(ctx, metadataPatience)
		defer cancel()
		found, err := g.provider.Retrieve(asking)
		if err != nil && ctx.Err() == nil {
			return found, fmt.Errorf("%w (%w)", ErrNoCredentials, err)
		}
		return found, err
	}
	found, err := g.provider.Retrieve(ctx)
	switch {
	case err == nil || ctx.Err() != nil:
		return found, err
	case aws.IsCredentialsProvider(g.provider, (*ssocreds.Provider)(nil)):
		return found, fmt.Errorf("%w: sign in with aws sso login --profile %s", err, g.profile)
	case aws.IsCredentialsProvider(g.provider, (*logincreds.Provider)(nil)):
		return found, fmt.Errorf("%w: sign in with aws login --profile %s", err, g.profile)
	}
	return found, err
}

// profileOf is the profile that is used if the environment has no credentials.
func profileOf(options Options) string {
	return cmp.Or(options.Profile, os.Getenv("AWS_PROFILE"), os.Getenv("AWS_DEFAULT_PROFILE"), "default")
}

// profileRole is how the role of a profile is assumed.
func profileRole(ctx context.Context, endpoint string, ask mfaPrompt) func(*stscreds.AssumeRoleOptions) {
	return func(role *stscreds.AssumeRoleOptions) {
		role.Duration = cmp.Or(role.Duration, roleDuration)
		if endpoint != "" {
			role.Client = endpointed{client: role.Client, endpoint: endpoint}
		}
		role.TokenProvider = func() (string, error) {
			return ask.ask(ctx, cmp.Or(aws.ToString(role.SerialNumber), "the profile's role"))
		}
	}
}

// endpointed is STS at an explicit endpoint: the SDK makes the client of a profile's role before it heeds options of
// services.
type endpointed struct {
	client   stscreds.AssumeRoleAPIClient
	endpoint string
}

// AssumeRole implements stscreds.AssumeRoleAPIClient.
func (e endpointed) AssumeRole(ctx context.Context, in *sts.AssumeRoleInput, options ...func(*sts.Options)) (*sts.AssumeRoleOutput, error) {
	return e.client.AssumeRole(ctx, in, append(options, func(sts *sts.Options) { sts.BaseEndpoint = &e.endpoint })...)
}

// assumeRole puts the role on top of the configuration's credentials.
func assumeRole(ctx context.Context, cfg aws.Config, options Options, ask mfaPrompt) aws.CredentialsProvider {
	provider := stscreds.NewAssumeRoleProvider(sts.NewFromConfig(cfg), options.RoleARN, func(role *stscreds.AssumeRoleOptions) {
		role.RoleSessionName, role.Duration = "sparta", roleDuration
		if options.MFASerial != "" {
			role.SerialNumber = aws.String(options.MFASerial)
			role.TokenProvider = func() (string, error) { return ask.ask(ctx, options.MFASerial) }
		}
	})
	return aws.NewCredentialsCache(provider, func(cache *aws.CredentialsCacheOptions) { cache.ExpiryWindow = expiryWindow })
}
