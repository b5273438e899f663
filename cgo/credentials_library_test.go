//go:build lambdabinary && !sparta_nosession && !sparta_noconfig

//lint:file-ignore SA1019 NewSession returns a session of the SDK v1, as it always has

package cgo

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go/aws/credentials"

	"github.com/go-sparta/sparta/cgo/bridge"
)

// source is what both SDKs ask for credentials, as the bridge has it.
type source struct {
	fetch func() (bridge.Credentials, error)
	epoch func() uint64
}

// clients use a source as the sessions of NewSession and the configurations of Config do.
var clients = map[string]func(source) func() (bridge.Credentials, error){
	"NewSession": func(s source) func() (bridge.Credentials, error) {
		shared := credentials.NewCredentials(&pythonCredentials{fetch: s.fetch, epoch: s.epoch})
		return func() (bridge.Credentials, error) {
			value, err := shared.Get()
			return bridge.Credentials{
				AccessKeyID: value.AccessKeyID, SecretAccessKey: value.SecretAccessKey,
				SessionToken: value.SessionToken,
			}, err
		}
	},
	"Config": func(s source) func() (bridge.Credentials, error) {
		provider := &pythonProvider{fetch: s.fetch, epoch: s.epoch}
		return func() (bridge.Credentials, error) {
			value, err := provider.Retrieve(context.Background())
			return bridge.Credentials{
				AccessKeyID: value.AccessKeyID, SecretAccessKey: value.SecretAccessKey,
				SessionToken: value.SessionToken,
			}, err
		}
	},
}

func TestCredentialsAreFetchedOnceAnEpoch(t *testing.T) {
	now := time.Now()
	tests := map[string]struct {
		expires time.Time
		epochs  uint64 // how many pass between two uses
		want    int    // fetches for these two uses
	}{
		"within an invocation they are kept":               {time.Time{}, 0, 1},
		"the next invocation fetches them again":           {time.Time{}, 1, 2},
		"those that do not expire soon are kept":           {now.Add(time.Hour), 0, 1},
		"those that do not expire soon belong to an epoch": {now.Add(time.Hour), 1, 2},
		"those about to expire are fetched again":          {now.Add(expiryWindow - time.Second), 0, 2},
		"those that have expired are fetched again":        {now.Add(-time.Hour), 0, 2},
		"those just outside the window are kept":           {now.Add(expiryWindow + time.Minute), 0, 1},
		"an epoch that is far away is another one":         {time.Time{}, 1 << 40, 2},
	}
	for client, use := range clients {
		for name, test := range tests {
			t.Run(client+": "+name, func(t *testing.T) {
				epoch, fetches := uint64(7), 0
				want := bridge.Credentials{AccessKeyID: "id", SecretAccessKey: "secret", SessionToken: "token"}
				get := use(source{
					epoch: func() uint64 { return epoch },
					fetch: func() (bridge.Credentials, error) {
						fetches++
						fetched := want
						fetched.Expires = test.expires
						return fetched, nil
					},
				})
				for range 2 {
					if got, err := get(); err != nil || got != want {
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
}

func TestCredentialsOvertakenByAnInvocationAreFetchedAgain(t *testing.T) {
	for client, use := range clients {
		t.Run(client, func(t *testing.T) {
			epoch, fetches := uint64(1), 0
			get := use(source{
				epoch: func() uint64 { return epoch },
				fetch: func() (bridge.Credentials, error) {
					fetches++
					if fetches == 1 {
						epoch++
					}
					return bridge.Credentials{AccessKeyID: "id", SecretAccessKey: "secret"}, nil
				},
			})
			for range 3 {
				if _, err := get(); err != nil {
					t.Fatal(err)
				}
			}
			if fetches != 2 {
				t.Errorf("%d fetches, want one for the invocation that came in between, and no more", fetches)
			}
		})
	}
}

func TestPythonHasNoCredentials(t *testing.T) {
	for client, use := range clients {
		t.Run(client, func(t *testing.T) {
			epoch := func() uint64 { return 0 }
			cause := errors.New("no provider")
			failing := use(source{
				fetch: func() (bridge.Credentials, error) { return bridge.Credentials{}, cause }, epoch: epoch,
			})
			if _, err := failing(); !errors.Is(err, cause) {
				t.Errorf("error is %v, want the fetch's", err)
			}
			empty := use(source{
				fetch: func() (bridge.Credentials, error) { return bridge.Credentials{}, nil }, epoch: epoch,
			})
			if _, err := empty(); err == nil || !strings.Contains(err.Error(), "no AWS credentials") {
				t.Errorf("error is %v, want one that says that there are no credentials", err)
			}
		})
	}
}

func TestSessionAndConfigUsePythonAndTheFunctionsRegion(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "of the environment")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "of the environment")
	t.Setenv("AWS_DEFAULT_REGION", "eu-central-1")
	for variable, want := range map[string]string{"": "eu-central-1", "eu-west-1": "eu-west-1"} {
		t.Setenv("AWS_REGION", variable)
		session := NewSession()
		loaded, err := Config(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if *session.Config.Region != want || loaded.Region != want {
			t.Errorf("regions are %s and %s, want %s", *session.Config.Region, loaded.Region, want)
		}
		if _, err := session.Config.Credentials.Get(); err == nil {
			t.Error("the session's credentials come from the environment; Python was not asked")
		}
		if _, err := loaded.Credentials.Retrieve(t.Context()); err == nil {
			t.Error("the configuration's credentials come from the environment; Python was not asked")
		}
	}
}
