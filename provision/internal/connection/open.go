package connection

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"regexp"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go/logging"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/provision/internal/terminal"
)

// ErrNoRegion says that no region is set. A run that does not need AWS, such as one with NoOp, can continue after it.
var ErrNoRegion = errors.New("no AWS region: set AWS_REGION, or a region in the profile")

// Options say which account and region a run uses, and how it gets there.
type Options struct {
	Profile   string
	Region    string
	RoleARN   string            // a role to assume with the other credentials
	MFASerial string            // its MFA device; the code is asked for on a terminal only
	Endpoints map[string]string // by service id, "" for all
	Dial      Dial              // how to connect; nil means over the network
}

// Dial connects to a host, as net.Dialer.DialContext does.
type Dial = func(ctx context.Context, network, address string) (net.Conn, error)

// A region becomes part of host names.
var regionPattern = regexp.MustCompile(`^[a-z]{2,}(-[a-z0-9]+)+$`)

// roleDuration is how long an assumed role's credentials last: longer than most deployments, so that the MFA code
// is asked for once. Every role allows it.
const roleDuration = time.Hour

// Open loads the configuration that all requests of a run share, and sends none. Without a region the error is
// ErrNoRegion. A question for an MFA code ends with the context.
func Open(ctx context.Context, options Options, log *logrus.Logger) (aws.Config, error) {
	if options.RoleARN == "" && options.MFASerial != "" {
		return aws.Config{}, errors.New("an MFA device is set without a role to assume with it: set the role, too")
	}
	mfa := mfaPrompt{terminal.Prompt{In: os.Stdin, Out: os.Stderr, Terminal: progress.IsTerminal(os.Stdin)}}
	stsEndpoint := cmp.Or(options.Endpoints["sts"], options.Endpoints[""])
	loading := []func(*config.LoadOptions) error{
		config.WithHTTPClient(newHTTPClient(options.Dial)),
		config.WithLogger(logging.LoggerFunc(func(_ logging.Classification, format string, args ...any) {
			log.Debugf(format, args...)
		})),
		config.WithAPIOptions(requestMiddleware(log)),
		config.WithServiceOptions(endpointsOf(options.Endpoints)),
		config.WithAssumeRoleCredentialOptions(profileRole(ctx, stsEndpoint, mfa)),
	}
	if options.Region != "" {
		loading = append(loading, config.WithRegion(options.Region))
	}
	if options.Profile != "" {
		loading = append(loading, config.WithSharedConfigProfile(options.Profile))
	}
	for service, address := range options.Endpoints {
		parsed, err := url.Parse(address)
		if err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" {
			const next = "write it as http://localhost:4566"
			return aws.Config{}, fmt.Errorf("endpoint %q of service %q is invalid: %s", address, service, next)
		}
	}
	cfg, err := config.LoadDefaultConfig(ctx, loading...)
	if missing := (config.SharedConfigProfileNotExistError{}); errors.As(err, &missing) {
		return cfg, fmt.Errorf("AWS profile %q is not in any configuration file: "+
			"aws configure list-profiles shows those that are", missing.Profile)
	} else if err != nil {
		return cfg, fmt.Errorf("load the AWS configuration: %s", oneLine(err))
	}
	switch {
	case cfg.Region == "":
		return cfg, ErrNoRegion
	case !regionPattern.MatchString(cfg.Region):
		return cfg, fmt.Errorf("AWS region %q is invalid: write it as eu-west-1", cfg.Region)
	}
	cfg.HTTPClient = idleTimeoutClient{cfg.HTTPClient}
	cfg.Retryer = newRetryers(cfg.RetryMode)
	cfg.Credentials = adviser{provider: cfg.Credentials, profile: profileOf(options)}
	if options.RoleARN != "" {
		cfg.Credentials = assumeRole(ctx, cfg, options, mfa)
	}
	return cfg, nil
}
