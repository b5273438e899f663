//go:build !lambdabinary

//lint:file-ignore SA1019 NewSession returns a session of the SDK v1, as it always has

package cgo_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/service/sqs"
	"github.com/aws/aws-sdk-go/service/sts"
	"github.com/go-sparta/sparta/cgo"
)

// profile makes a configuration file the only one that the SDK sees.
func profile(t *testing.T, text string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
		"AWS_REGION", "AWS_DEFAULT_REGION", "AWS_DEFAULT_PROFILE",
	} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_CONFIG_FILE", path)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", path)
}

func TestNewSessionReadsTheSharedConfiguration(t *testing.T) {
	profile(t, "[profile hello]\nregion = eu-west-1\naws_access_key_id = id\naws_secret_access_key = secret\n")
	t.Setenv("AWS_PROFILE", "hello")
	awsSession := cgo.NewSession()
	if got := aws.StringValue(awsSession.Config.Region); got != "eu-west-1" {
		t.Errorf("region is %q, want the profile's", got)
	}
	value, err := awsSession.Config.Credentials.Get()
	if err != nil || value.AccessKeyID != "id" {
		t.Errorf("access key is %q (error: %v), want the profile's", value.AccessKeyID, err)
	}
}

func TestNewSessionWithBadSettingsFailsEachRequestWithTheReason(t *testing.T) {
	profile(t, "[profile hello\n")
	_, err := sts.New(cgo.NewSession()).GetCallerIdentity(nil)
	if err == nil || !strings.Contains(err.Error(), "make AWS session") ||
		!strings.Contains(err.Error(), os.Getenv("AWS_CONFIG_FILE")) {
		t.Errorf("error is %v, want one that names the broken file", err)
	}
}

func TestFailedSessionSendsNothing(t *testing.T) {
	t.Setenv("AWS_REGION", "")
	requests := 0
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests++ }))
	defer server.Close()
	cause := errors.New("bad settings")
	client := sts.New(cgo.FailedSession(cause), &aws.Config{Endpoint: &server.URL, Region: aws.String("eu-west-1")})
	for range 2 {
		if _, err := client.GetCallerIdentity(nil); !errors.Is(err, cause) {
			t.Errorf("error is %v, want the session's", err)
		}
	}
	if _, err := sqs.New(cgo.FailedSession(cause)).ListQueues(nil); !errors.Is(err, cause) {
		t.Errorf("error is %v, want the session's rather than one about the region", err)
	}
	if requests > 0 {
		t.Errorf("%d requests were sent", requests)
	}
}
