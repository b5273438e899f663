//go:build lambdabinary && !sparta_noconfig

package cgo

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/cgo/bridge"
)

func TestConfigAsksPythonOnceAnEpoch(t *testing.T) {
	now := time.Now()
	for name, test := range map[string]struct {
		expires time.Time
		epochs  uint64 // how many pass between two uses
		want    int    // fetches for these two uses
	}{
		"within an invocation they are kept":         {time.Time{}, 0, 1},
		"the next invocation fetches them again":     {time.Time{}, 1, 2},
		"those that live on are kept":                {now.Add(time.Hour), 0, 1},
		"those that live on belong to an epoch, too": {now.Add(time.Hour), 1, 2},
		"those about to expire are fetched again":    {now.Add(renewalWindow - time.Second), 0, 2},
		"those just outside the window are kept":     {now.Add(renewalWindow + time.Minute), 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			epoch, fetches := uint64(7), 0
			provider := &pythonProvider{
				epoch: func() uint64 { return epoch },
				fetch: func() (bridge.Credentials, error) {
					fetches++
					return bridge.Credentials{AccessKeyID: "id", SecretAccessKey: "secret", SessionToken: "token", Expires: test.expires}, nil
				},
			}
			for range 2 {
				value, err := provider.Retrieve(t.Context())
				if err != nil || value.AccessKeyID != "id" || value.SecretAccessKey != "secret" || value.SessionToken != "token" {
					t.Errorf("credentials are not Python's (error: %v)", err)
				}
				epoch += test.epochs
			}
			if fetches != test.want {
				t.Errorf("%d fetches, want %d", fetches, test.want)
			}
		})
	}
}

func TestConfigOvertakenByAnInvocationFetchesAgain(t *testing.T) {
	epoch, fetches := uint64(1), 0
	provider := &pythonProvider{
		epoch: func() uint64 { return epoch },
		fetch: func() (bridge.Credentials, error) {
			fetches++
			if fetches == 1 {
				epoch++
			}
			return bridge.Credentials{AccessKeyID: "id", SecretAccessKey: "secret"}, nil
		},
	}
	for range 3 {
		if _, err := provider.Retrieve(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if fetches != 2 {
		t.Errorf("%d fetches, want one for the invocation that came in between, and no more", fetches)
	}
}

func TestConfigWithoutCredentials(t *testing.T) {
	cause := errors.New("no provider")
	provider := &pythonProvider{
		epoch: func() uint64 { return 0 },
		fetch: func() (bridge.Credentials, error) { return bridge.Credentials{}, cause },
	}
	if _, err := provider.Retrieve(t.Context()); !errors.Is(err, cause) {
		t.Errorf("error is %v, want the fetch's", err)
	}
	provider.fetch = func() (bridge.Credentials, error) { return bridge.Credentials{}, nil }
	if _, err := provider.Retrieve(t.Context()); err == nil || !strings.Contains(err.Error(), "no AWS credentials") {
		t.Errorf("error is %v, want one that says there are none", err)
	}
}

func TestConfigIsOfPythonAndTheFunctionsRegion(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "of the environment")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "of the environment")
	t.Setenv("AWS_DEFAULT_REGION", "eu-central-1")
	for region, want := range map[string]string{"": "eu-central-1", "eu-west-1": "eu-west-1"} {
		t.Setenv("AWS_REGION", region)
		loaded, err := Config(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if loaded.Region != want {
			t.Errorf("region is %s, want %s", loaded.Region, want)
		}
		if _, err := loaded.Credentials.Retrieve(t.Context()); err == nil {
			t.Error("credentials come from the environment; Python was not asked")
		}
	}
}
