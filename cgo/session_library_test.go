//go:build lambdabinary && !sparta_nosession

//lint:file-ignore SA1019 NewSession returns a session of the SDK v1, as it always has

package cgo

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go/aws/credentials"
	"github.com/go-sparta/sparta/cgo/bridge"
)

func TestPythonCredentials(t *testing.T) {
	now := time.Now()
	tests := map[string]struct {
		expires time.Time
		epochs  uint64 // how many pass between two uses
		want    int    // fetches for these two uses
	}{
		"within an invocation they are kept":          {time.Time{}, 0, 1},
		"the next invocation fetches them again":      {time.Time{}, 1, 2},
		"those that live on are kept":                 {now.Add(time.Hour), 0, 1},
		"those that live on belong to an epoch, too":  {now.Add(time.Hour), 1, 2},
		"those about to expire are fetched again":     {now.Add(expiryWindow - time.Second), 0, 2},
		"those that have expired are fetched again":   {now.Add(-time.Hour), 0, 2},
		"those just outside the window are kept":      {now.Add(expiryWindow + time.Minute), 0, 1},
		"an epoch that is far away is another, still": {time.Time{}, 1 << 40, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			epoch, fetches := uint64(7), 0
			shared := credentials.NewCredentials(&pythonCredentials{
				epoch: func() uint64 { return epoch },
				fetch: func() (bridge.Credentials, error) {
					fetches++
					return bridge.Credentials{AccessKeyID: "id", SecretAccessKey: "secret", SessionToken: "token", Expires: test.expires}, nil
				},
			})
			for range 2 {
				value, err := shared.Get()
				if err != nil {
					t.Fatal(err)
				}
				if value.AccessKeyID != "id" || value.SecretAccessKey != "secret" || value.SessionToken != "token" {
					t.Errorf("credentials are not Python's")
				}
				epoch += test.epochs
			}
			if fetches != test.want {
				t.Errorf("%d fetches, want %d", fetches, test.want)
			}
		})
	}
}

func TestPythonCredentialsOvertakenByAnInvocation(t *testing.T) {
	epoch := uint64(1)
	provider := &pythonCredentials{
		epoch: func() uint64 { return epoch },
		fetch: func() (bridge.Credentials, error) {
			epoch++
			return bridge.Credentials{AccessKeyID: "id", SecretAccessKey: "secret"}, nil
		},
	}
	if _, err := provider.Retrieve(); err != nil {
		t.Fatal(err)
	}
	if !provider.IsExpired() {
		t.Error("credentials of the invocation before count as this one's")
	}
}

func TestPythonCredentialsFailures(t *testing.T) {
	cause := errors.New("no provider")
	provider := &pythonCredentials{
		epoch: func() uint64 { return 0 },
		fetch: func() (bridge.Credentials, error) { return bridge.Credentials{}, cause },
	}
	if _, err := credentials.NewCredentials(provider).Get(); !errors.Is(err, cause) {
		t.Errorf("error is %v, want the fetch's", err)
	}
	provider.fetch = func() (bridge.Credentials, error) { return bridge.Credentials{}, nil }
	if _, err := credentials.NewCredentials(provider).Get(); err == nil || !strings.Contains(err.Error(), "no AWS credentials") {
		t.Errorf("error is %v, want one that says there are none", err)
	}
}

func TestNewSessionUsesPythonAndTheFunctionsRegion(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "of the environment")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "of the environment")
	t.Setenv("AWS_DEFAULT_REGION", "eu-central-1")
	for region, want := range map[string]string{"": "eu-central-1", "eu-west-1": "eu-west-1"} {
		t.Setenv("AWS_REGION", region)
		awsSession := NewSession()
		if got := *awsSession.Config.Region; got != want {
			t.Errorf("region is %s, want %s", got, want)
		}
		if _, err := awsSession.Config.Credentials.Get(); err == nil {
			t.Error("credentials come from the environment; Python was not asked")
		}
	}
}
