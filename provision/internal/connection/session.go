//lint:file-ignore SA1019 hooks get a session of the SDK v1, as they always have

package connection

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/credentials"
	"github.com/aws/aws-sdk-go/aws/credentials/stscreds"
	"github.com/aws/aws-sdk-go/aws/defaults"
	"github.com/aws/aws-sdk-go/aws/endpoints"
	"github.com/aws/aws-sdk-go/aws/request"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/awsendpoint"
	"github.com/go-sparta/sparta/internal/moduleversion"
	"github.com/go-sparta/sparta/provision/internal/terminal"
)

// Errors that a run without AWS, such as one with NoOp, can go on after.
var (
	ErrNoRegion      = errors.New("no AWS region: set AWS_REGION, or a region in the profile")
	ErrNoCredentials = errors.New("no AWS credentials: set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with aws sso login")
)

// Options are those of a run: which account and region, and how to get there.
type Options struct {
	Profile   string
	Region    string
	RoleARN   string            // a role to assume on top
	MFASerial string            // its MFA device; the code is asked for on a terminal only
	Endpoints map[string]string // by service id, "" for all
}

// A region becomes part of host names.
var regionPattern = regexp.MustCompile(`^[a-z]{2,}(-[a-z0-9]+)+$`)

// roleDuration is how long an assumed role's credentials last: longer than most
// deployments, so that the MFA code is asked for once. Every role allows it.
const roleDuration = time.Hour

// NewSession makes the session that all requests of a run share. It sends none.
// Without a region the error is errNoRegion. The context is the run's: its end
// ends what the credentials wait for.
func NewSession(ctx context.Context, options Options, log *logrus.Logger) (*session.Session, error) {
	settings, err := readAWSSettings()
	if err != nil {
		return nil, err
	}
	profile, given := settings.profile(options)
	// The SDK prefers the environment's credentials to those of AWS_PROFILE.
	useProfile := options.Profile != "" || !environmentHasCredentials()
	if given && useProfile && profile != "default" && settings["profile "+profile] == nil {
		return nil, fmt.Errorf("AWS profile %q is in no configuration file: %s", profile, choice(settings.profiles()))
	}
	client := newHTTPClient()
	config, err := newConfig(options, awsendpoint.Settings{
		Explicit: options.Endpoints, Profile: settings.endpoints(profile), Ignore: settings.ignoresEndpoints(profile),
	})
	if err != nil {
		return nil, err
	}
	config.HTTPClient = client
	config.Logger = aws.LoggerFunc(func(args ...any) { log.Debug(args...) }) // the SDK's own is stdout
	cli := newCLICredentials(ctx, profile, settings.signIn(profile))
	cliSignsIn := useProfile && cli.signIn != "" && cli.installed()
	if cliSignsIn {
		config.Credentials = credentials.NewCredentials(cli)
	}
	prompt := mfaPrompt{terminal.Prompt{In: os.Stdin, Out: os.Stderr, Terminal: terminal.IsTerminal(os.Stdin)}}
	sess, err := session.NewSessionWithOptions(session.Options{
		Config:                  config,
		Profile:                 options.Profile,
		SharedConfigState:       session.SharedConfigEnable,
		AssumeRoleTokenProvider: func() (string, error) { return prompt.ask(ctx, settings.mfaSerial(profile)) },
		AssumeRoleDuration:      settings.roleDuration(profile),
		Handlers:                newHandlers(log),
	})
	if err != nil {
		return nil, fmt.Errorf("make AWS session: %s", oneLine(err))
	}
	client.Transport = watchful{client.Transport} // not before: the SDK gives the transport AWS_CA_BUNDLE
	region := aws.StringValue(sess.Config.Region)
	switch {
	case region == "":
		return nil, ErrNoRegion
	case !regionPattern.MatchString(region):
		return nil, fmt.Errorf("AWS region %q is invalid: write it as eu-west-1", region)
	case options.RoleARN == "" && options.MFASerial != "":
		return nil, errors.New("an MFA device is given without a role to assume with it: give the role, too")
	}
	if useProfile && !cliSignsIn && settings["profile "+profile] != nil {
		sess.Config.Credentials = credentials.NewCredentials(&fallbackCredentials{sdk: sess.Config.Credentials, cli: cli})
	}
	if options.RoleARN != "" {
		assumeRole(ctx, sess, options, prompt)
	}
	return sess, nil
}

// newConfig is what of a session's configuration does not depend on the run.
func newConfig(options Options, urls awsendpoint.Settings) (aws.Config, error) {
	config := aws.Config{
		Retryer:                   NewRetryer(),
		STSRegionalEndpoint:       endpoints.RegionalSTSEndpoint,
		S3UsEast1RegionalEndpoint: endpoints.RegionalS3UsEast1Endpoint,
	}
	if options.Region != "" {
		config.Region = aws.String(options.Region)
	}
	return config, urls.Configure(&config)
}

// assumeRole puts the role on top of the session's credentials.
func assumeRole(ctx context.Context, sess *session.Session, options Options, prompt mfaPrompt) {
	sess.Config.Credentials = stscreds.NewCredentials(sess.Copy(), options.RoleARN, func(provider *stscreds.AssumeRoleProvider) {
		provider.RoleSessionName = "sparta"
		provider.Duration, provider.ExpiryWindow = roleDuration, expiryWindow
		if options.MFASerial != "" {
			provider.SerialNumber = aws.String(options.MFASerial)
			provider.TokenProvider = func() (string, error) { return prompt.ask(ctx, options.MFASerial) }
		}
	})
}

// newHandlers are the SDK's own and what a run adds to each request.
func newHandlers(log *logrus.Logger) request.Handlers {
	handlers := defaults.Handlers()
	handlers.Build.PushBackNamed(request.NamedHandler{Name: "sparta.UserAgent", Fn: request.MakeAddToUserAgentHandler("sparta", strings.Trim(moduleversion.Current(), "()"))})
	handlers.Send.PushFrontNamed(patienceHandler())
	handlers.CompleteAttempt.PushBackNamed(logHandler(log))
	handlers.AfterRetry.PushFrontNamed(retryHandler(log))
	return handlers
}

// environmentHasCredentials tells whether the SDK takes the environment's before
// those of AWS_PROFILE.
func environmentHasCredentials() bool {
	id := cmp.Or(os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_ACCESS_KEY"))
	secret := cmp.Or(os.Getenv("AWS_SECRET_ACCESS_KEY"), os.Getenv("AWS_SECRET_KEY"))
	return id != "" && secret != "" || os.Getenv("AWS_WEB_IDENTITY_TOKEN_FILE") != ""
}

func choice(profiles []string) string {
	if len(profiles) == 0 {
		return "there are no profiles; make one with aws configure"
	}
	return "there are " + strings.Join(profiles, ", ")
}
