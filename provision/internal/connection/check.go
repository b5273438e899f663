package connection

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/sirupsen/logrus"
)

// Check returns an error if there is no region, or if no credentials can be found. It asks the user nothing and starts
// no program of the user's, which may ask: it assumes no role, and does not try a credential_process. Without
// single sign-on or roles of machines, it sends nothing.
func Check(ctx context.Context, options Options, log *logrus.Logger) error {
	cfg, err := Open(ctx, options, log)
	if err == nil && options.RoleARN != "" { // which is assumed with the other credentials
		options.RoleARN, options.MFASerial = "", ""
		cfg, err = Open(ctx, options, log)
	}
	if err != nil {
		return err
	}
	provider := cfg.Credentials.(adviser).provider
	if aws.IsCredentialsProvider(provider, (*processcreds.Provider)(nil)) ||
		aws.IsCredentialsProvider(provider, (*stscreds.AssumeRoleProvider)(nil)) {
		return nil
	}
	_, err = cfg.Credentials.Retrieve(ctx)
	return Explain(err, "look for credentials", "")
}
