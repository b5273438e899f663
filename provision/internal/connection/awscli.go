//lint:file-ignore SA1019 hooks get a session of the SDK v1, as they always have

package connection

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws/credentials"
)

const (
	// expiryWindow makes up for the time a signed request may take to arrive.
	expiryWindow = time.Minute
	// cliTimeout bounds the AWS CLI, which may have to renew a token.
	cliTimeout = 60 * time.Second
)

// cliCredentials come from the AWS CLI, which knows every way to sign in.
type cliCredentials struct {
	ctx     context.Context // the run's: the SDK's own is detached
	profile string
	signIn  string // the setting that wants it; empty means that the CLI is the last resort
	path    string
	lookErr error

	expires time.Time // zero: never
}

func newCLICredentials(ctx context.Context, profile, signIn string) *cliCredentials {
	path, err := exec.LookPath("aws")
	return &cliCredentials{ctx: ctx, profile: profile, signIn: signIn, path: path, lookErr: err}
}

func (c *cliCredentials) installed() bool { return c.lookErr == nil }

// command prints credentials as a credential_process does.
func (c *cliCredentials) command(ctx context.Context) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.path, "configure", "export-credentials", "--profile", c.profile, "--format", "process")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 4 * time.Second
	return cmd
}

// Retrieve implements credentials.Provider.
func (c *cliCredentials) Retrieve() (credentials.Value, error) {
	ctx, cancel := context.WithTimeout(c.ctx, cliTimeout)
	defer cancel()
	var out, diagnosis bytes.Buffer
	cmd := c.command(ctx)
	cmd.Stdout, cmd.Stderr = &out, &diagnosis
	if err := cmd.Run(); err != nil {
		return credentials.Value{}, c.failure(ctx, err, diagnosis.String())
	}
	var printed struct {
		AccessKeyID     string `json:"AccessKeyId"`
		SecretAccessKey string
		SessionToken    string
		Expiration      time.Time
	}
	// The error of a JSON text may quote it.
	if json.Unmarshal(out.Bytes(), &printed) != nil || printed.AccessKeyID == "" || printed.SecretAccessKey == "" {
		return credentials.Value{}, fmt.Errorf("get AWS credentials of profile %s: aws configure export-credentials printed none", c.profile)
	}
	c.expires = printed.Expiration
	return credentials.Value{
		AccessKeyID:     printed.AccessKeyID,
		SecretAccessKey: printed.SecretAccessKey,
		SessionToken:    printed.SessionToken,
		ProviderName:    "AWSCLI",
	}, nil
}

// IsExpired implements credentials.Provider.
func (c *cliCredentials) IsExpired() bool {
	return !c.expires.IsZero() && time.Now().After(c.expires.Add(-expiryWindow))
}

// failure says what the CLI said last, and what to do.
func (c *cliCredentials) failure(ctx context.Context, err error, diagnosis string) error {
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	lines := strings.Split(strings.TrimSpace(diagnosis), "\n")
	said, advice := strings.TrimSpace(lines[len(lines)-1]), c.advice()
	if strings.Contains(diagnosis, "Invalid choice") || strings.Contains(diagnosis, "invalid choice") {
		said, advice = "this AWS CLI does not know export-credentials", "install the AWS CLI v2"
	}
	if said != "" {
		said = ": " + said
	}
	return fmt.Errorf("get AWS credentials of profile %s from the AWS CLI: %w%s: %s", c.profile, err, said, advice)
}

// advice is how to sign in.
func (c *cliCredentials) advice() string {
	switch c.signIn {
	case "":
		return "try aws sts get-caller-identity --profile " + c.profile
	case "login_session":
		return "sign in with aws login --profile " + c.profile
	}
	return "sign in with aws sso login --profile " + c.profile
}
