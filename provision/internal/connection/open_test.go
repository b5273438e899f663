//go:build go1.25

package connection

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials/ec2rolecreds"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	"github.com/aws/smithy-go/logging"

	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/internal/testnet"
)

func TestOpenErrors(t *testing.T) {
	tests := map[string]struct {
		env     map[string]string
		config  string
		options Options
		want    string
	}{
		"there is no region": {want: ErrNoRegion.Error()},
		"the region is nonsense": {
			options: Options{Region: "evil.example.com/"},
			want:    `AWS region "evil.example.com/" is invalid: write it as eu-west-1`,
		},
		"the profile is misspelt": {
			config:  "[profile dev]\n[profile prod]\n",
			options: Options{Profile: "dve", Region: "eu-west-1"},
			want: `AWS profile "dve" is not in any configuration file: ` +
				`aws configure list-profiles shows those that are`,
		},
		"AWS_PROFILE is misspelt": {
			env:     map[string]string{"AWS_PROFILE": "dve"},
			options: Options{Region: "eu-west-1"},
			want:    `AWS profile "dve" is not in any configuration file: aws`,
		},
		"an endpoint is bad": {
			options: Options{Region: "eu-west-1", Endpoints: map[string]string{"s3": "localhost:1"}},
			want:    `endpoint "localhost:1" of service "s3" is invalid`,
		},
		"there is a device but no role": {
			options: Options{Region: "eu-west-1", MFASerial: "device"},
			want:    "set the role, too",
		},
		"the certificates are not there": {
			env:     map[string]string{"AWS_CA_BUNDLE": "/no/such/file"},
			options: Options{Region: "eu-west-1"},
			want:    "/no/such/file",
		},
		"an SSO session is not described": {
			config:  "[default]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\n",
			options: Options{Region: "eu-west-1"},
			want:    "corp",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			home := testaws.ClearEnvironment(t)
			t.Setenv("PATH", t.TempDir())
			for key, value := range test.env {
				t.Setenv(key, value)
			}
			awsFile(t, home, "config", test.config)
			_, err := Open(t.Context(), test.options, testaws.Log(t))
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error is %v, want %q", err, test.want)
			}
			if errors.Is(err, ErrNoRegion) != (test.want == ErrNoRegion.Error()) {
				t.Errorf("error %v is ErrNoRegion, or is not", err)
			}
		})
	}
}

func TestRegion(t *testing.T) {
	for name, test := range map[string]struct {
		env     map[string]string
		options Options
		want    string
	}{
		"the profile's region": {want: "eu-west-1"},
		"AWS_DEFAULT_REGION overrides the profile": {
			env:  map[string]string{"AWS_DEFAULT_REGION": "eu-west-2"},
			want: "eu-west-2",
		},
		"AWS_REGION overrides both": {
			env:  map[string]string{"AWS_DEFAULT_REGION": "eu-west-2", "AWS_REGION": "eu-west-3"},
			want: "eu-west-3",
		},
		"an option overrides all": {
			env:     map[string]string{"AWS_REGION": "eu-west-3"},
			options: Options{Region: "us-gov-west-1"},
			want:    "us-gov-west-1",
		},
		"the region of another profile": {options: Options{Profile: "other"}, want: "ap-southeast-2"},
	} {
		t.Run(name, func(t *testing.T) {
			home := testaws.ClearEnvironment(t)
			awsFile(t, home, "config", "[default]\nregion = eu-west-1\n[profile other]\nregion = ap-southeast-2\n")
			for key, value := range test.env {
				t.Setenv(key, value)
			}
			cfg, err := Open(t.Context(), test.options, testaws.Log(t))
			if err != nil || cfg.Region != test.want {
				t.Errorf("region is %s, error %v; want %s", cfg.Region, err, test.want)
			}
		})
	}
}

func TestRequestsGoWhereTheProfileSays(t *testing.T) {
	home := testaws.ClearEnvironment(t)
	sts := startSTS(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "env")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "s")
	awsFile(t, home, "config", `[default]
region = eu-west-1
services = here
[services here]
sts =
  endpoint_url = `+sts.URL+"\n")
	cfg, err := Open(t.Context(), Options{}, testaws.Log(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := CallerIdentity(t.Context(), cfg); err != nil || len(sts.forms) != 1 {
		t.Errorf("%d requests, error %v", len(sts.forms), err)
	}
}

// silentMetadata is the metadata service where the machine is not EC2's.
type silentMetadata struct{}

func (silentMetadata) GetMetadata(
	ctx context.Context, _ *imds.GetMetadataInput, _ ...func(*imds.Options),
) (*imds.GetMetadataOutput, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestTheMetadataServiceIsNotWaitedForLong(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		provider := adviser{
			provider: ec2rolecreds.New(func(options *ec2rolecreds.Options) { options.Client = silentMetadata{} }),
		}
		began := time.Now()
		if _, err := provider.Retrieve(t.Context()); !errors.Is(err, ErrNoCredentials) {
			t.Errorf("error is %v, want %v", err, ErrNoCredentials)
		}
		if took := time.Since(began); took != metadataTimeout {
			t.Errorf("it took %v, want %v", took, metadataTimeout)
		}
	})
}

func TestTheMetadataServiceIsAskedLast(t *testing.T) {
	testaws.ClearEnvironment(t)
	t.Setenv("PATH", t.TempDir())
	var asked atomic.Int32
	metadata := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		http.Error(w, "not here", http.StatusNotFound)
	}))
	defer metadata.Close()
	t.Setenv("AWS_EC2_METADATA_DISABLED", "false")
	t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.URL)
	cfg, err := Open(t.Context(), Options{Region: "eu-west-1", Endpoints: map[string]string{"": testEndpoint}},
		testaws.Log(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := CallerIdentity(t.Context(), cfg); !errors.Is(err, ErrNoCredentials) || asked.Load() == 0 {
		t.Errorf("error is %v after %d requests, want %v", err, asked.Load(), ErrNoCredentials)
	}
}

func TestTheUserAgentNamesSparta(t *testing.T) {
	var agent string
	serve := func(_ http.ResponseWriter, r *http.Request) { agent = r.UserAgent() }
	_, _ = CallerIdentity(t.Context(), testConfig(t, serve, "eu-west-1", testaws.Log(t)))
	if !strings.Contains(agent, " sparta/devel") {
		t.Errorf("user agent is %q", agent)
	}
}

// Requests stay in their region, the newest partitions' included.
func TestWhereRequestsGo(t *testing.T) {
	for region, want := range map[string]string{
		"us-east-1":       "sts.us-east-1.amazonaws.com",
		"eu-west-1":       "sts.eu-west-1.amazonaws.com",
		"cn-north-1":      "sts.cn-north-1.amazonaws.com.cn",
		"eusc-de-east-1":  "sts.eusc-de-east-1.amazonaws.eu",
		"us-isof-south-1": "sts.us-isof-south-1.csp.hci.ic.gov",
	} {
		testaws.ClearEnvironment(t)
		t.Setenv("AWS_ACCESS_KEY_ID", "id")
		t.Setenv("AWS_SECRET_ACCESS_KEY", "s")
		cfg, err := Open(t.Context(), Options{Region: region}, testaws.Log(t))
		if err != nil {
			t.Fatal(err)
		}
		asked := ""
		cfg.HTTPClient = clientFunc(func(r *http.Request) (*http.Response, error) {
			asked = r.URL.Host
			return nil, context.Canceled
		})
		_, _ = CallerIdentity(t.Context(), cfg)
		if asked != want {
			t.Errorf("in %s it is %s, want %s", region, asked, want)
		}
	}
}

type clientFunc func(*http.Request) (*http.Response, error)

func (f clientFunc) Do(r *http.Request) (*http.Response, error) { return f(r) }

func TestTheSDKLogsNowhereElse(t *testing.T) {
	var written bytes.Buffer
	log := testaws.Log(t)
	log.Out = &written
	testConfig(t, nil, "eu-west-1", log).Logger.Logf(logging.Warn, "a warning")
	if !strings.Contains(written.String(), "a warning") {
		t.Errorf("log is %q", written.String())
	}
}

func TestIgnoredEndpointsAreIgnored(t *testing.T) {
	home := testaws.ClearEnvironment(t)
	sts := startSTS(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "env")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "s")
	t.Setenv("AWS_ENDPOINT_URL_STS", sts.URL)
	for ignore, want := range map[string]int{"false": 1, "true": 0} {
		sts.forms = nil
		awsFile(t, home, "config", "[default]\nregion = eu-west-1\nignore_configured_endpoint_urls = "+ignore+"\n")
		cfg, err := Open(t.Context(), Options{}, testaws.Log(t))
		if err != nil {
			t.Fatal(err)
		}
		if ignore == "true" {
			cfg.HTTPClient = clientFunc(func(*http.Request) (*http.Response, error) { return nil, context.Canceled })
		}
		_, _ = CallerIdentity(t.Context(), cfg)
		if len(sts.forms) != want {
			t.Errorf("ignore_configured_endpoint_urls = %s: %d requests, want %d", ignore, len(sts.forms), want)
		}
	}
}
